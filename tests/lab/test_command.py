"""``wsgui lab``: what it announces, what ends it, and what it says when it cannot serve."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import aiohttp
import pytest

from wsgui.lab.catalogue import offers
from wsgui.lab.command import listing, run


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_serves_until_a_signal(number: signal.Signals) -> None:
    announced: asyncio.Queue[str] = asyncio.Queue()
    before = asyncio.all_tasks()
    lab = asyncio.create_task(run(0, None, announced.put_nowait))
    url = (await announced.get()).removeprefix("listening on ")
    async with aiohttp.ClientSession() as http, http.get(f"{url}/health") as answer:
        assert answer.status == 200
    os.kill(os.getpid(), number)
    assert await lab == 0
    assert asyncio.all_tasks() == before


async def test_serves_until_cancelled() -> None:
    announced: asyncio.Queue[str] = asyncio.Queue()
    lab = asyncio.create_task(run(0, None, announced.put_nowait))
    url = (await announced.get()).removeprefix("listening on ")
    lab.cancel()
    with pytest.raises(asyncio.CancelledError):
        await lab
    async with aiohttp.ClientSession() as http:
        with pytest.raises(aiohttp.ClientConnectorError):
            await http.get(url)


async def test_a_port_in_use_is_one_sentence(lab: str, capsys: pytest.CaptureFixture[str]) -> None:
    port = int(lab.rpartition(":")[2])
    assert await run(port, None, pytest.fail) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == f"Port {port} is in use by another program: end that one, or choose another port.\n"


async def test_an_unknown_fault_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert await run(0, "no-such", pytest.fail) == 2
    assert capsys.readouterr().err == "There is no fault no-such: wsgui lab --list shows them all.\n"


def test_listing_begins_with_the_healthy_server() -> None:
    assert listing().splitlines()[0].split("  ")[0] == "healthy"
    assert listing().splitlines()[0].endswith("  A server that does everything right.")


def test_every_file_of_the_package_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "lab_faults"
    package.mkdir()
    (package / "__init__.py").touch()
    fault = "Fault(id='says-nothing', title='Says nothing', cause='http-timeout', serve=None)"
    (package / "says_nothing.py").write_text(f"from wsgui.lab.offer import Fault\nFAULT = {fault}\n")
    monkeypatch.syspath_prepend(tmp_path)
    found = offers("lab_faults")
    assert list(found) == ["healthy", "healthy-node", "healthy-v2", "healthy-websocket", "says-nothing"]
    assert found["says-nothing"].title == "Says nothing"


def test_an_empty_package_of_faults_is_not_taken_for_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "no_faults").mkdir()
    (tmp_path / "no_faults" / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(AssertionError, match="no_faults is empty"):
        offers("no_faults")
