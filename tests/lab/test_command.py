"""``wsgui lab``: what it announces, what ends it, and what it says when it cannot serve."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

import aiohttp
import pytest

from wsgui.core.option_types import Protocol
from wsgui.lab.catalogue import offers
from wsgui.lab.command import healthy_id, listing, listing_json, run


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


async def announced(server: str, lines: int) -> list[str]:
    """The first lines of the command with that server."""
    said: asyncio.Queue[str] = asyncio.Queue()
    lab = asyncio.create_task(run(0, server, said.put_nowait))
    found = [await said.get() for _line in range(lines)]
    lab.cancel()
    with pytest.raises(asyncio.CancelledError):
        await lab
    assert said.empty()
    return found


async def test_a_fault_is_served_and_tells_how_to_come_to_it() -> None:
    options, origin, listening = await announced("cors-no-credentials", 3)
    assert listening.startswith("listening on http://127.0.0.1:")
    assert options == 'options {"withCredentials": true}'
    assert origin == "origin http://localhost:5173"


async def test_the_port_and_the_authority_are_filled_in() -> None:
    options, listening = await announced("proxy-refused", 2)
    port = listening.rpartition(":")[2]
    assert options == f'options {{"proxy": "http://127.0.0.1:{port}"}}'
    options, _listening = await announced("certificate-expired", 2)
    file = json.loads(options.removeprefix("options "))["ca"]
    assert "BEGIN CERTIFICATE" in await asyncio.to_thread(Path(file).read_text)


@pytest.mark.parametrize("protocol", Protocol)
async def test_there_is_a_healthy_server_for_every_protocol(protocol: Protocol) -> None:
    hints = [] if protocol is Protocol.SOCKETIO else [f"protocol {protocol.value}"]
    assert (await announced(healthy_id(protocol), 1 + len(hints)))[:-1] == hints


def test_the_listing_names_the_cause_of_each_fault() -> None:
    assert any(line.split()[:2] == ["frame-lying-length", "frame-invalid"] for line in listing().splitlines())


def test_the_listing_as_json_tells_all_that_a_client_needs() -> None:
    rows = {row["id"]: row for row in json.loads(listing_json())}
    assert list(rows) == list(offers())
    assert rows["csp-blocks"] == {
        "id": "csp-blocks",
        "cause": "csp-blocks",
        "title": "The page's Content-Security-Policy allows connections to its own origin only.",
        "protocol": "socketio",
        "options": {},
        "origin": "http://localhost:{port}",
        "trusted": False,
        "slow": False,
    }
    assert rows["healthy-v2"]["cause"] is None
    assert rows["idle-timeout"]["slow"]


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
