"""The lab in a child process: it starts, ends with the context, and does not outlive a parent that was killed."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack

import aiohttp
import pytest

from tests.lab.visitor import LIMIT
from tests.lab.wire import CLOSE, fetch, last_words, websocket
from wsgui.core.option_types import Protocol
from wsgui.lab.process import LabDidNotStart, Place, fault_process, lab_process

PARENT = """
import asyncio
from wsgui.lab.process import lab_process

async def main():
    async with lab_process() as url:
        print(url, flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""


async def pid_of(url: str) -> int:
    return int(json.loads(await fetch(f"{url}/health"))["pid"])


async def test_serves_from_another_process_as_long_as_the_context() -> None:
    async with lab_process() as url:
        assert await pid_of(url) != os.getpid()
    with pytest.raises(aiohttp.ClientConnectorError):
        await pid_of(url)


async def test_tells_how_to_come_to_a_fault() -> None:
    async with fault_process("proxy-refused") as place:
        port = place.url.rpartition(":")[2]
        assert place == Place(place.url, options={"proxy": f"http://127.0.0.1:{port}"})
    async with fault_process("protocol-too-old") as place:
        assert place.protocol is Protocol.SOCKETIO_V2
    async with fault_process("csp-blocks") as place:
        assert place.origin == place.url.replace("127.0.0.1", "localhost")


async def test_a_fault_that_there_is_not_does_not_start(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(LabDidNotStart):
        async with fault_process("no-such"):
            pass
    assert "There is no fault no-such" in capfd.readouterr().err


async def test_takes_leave_of_its_clients() -> None:
    async with AsyncExitStack() as stack:
        async with lab_process() as url:
            socket = await stack.enter_async_context(websocket(url))
        # A process that had to be killed says nothing.
        assert await last_words(socket) == (CLOSE, 1000)


@pytest.fixture
def parent() -> Iterator[subprocess.Popen[str]]:
    """Another process that runs the lab as its child and prints its URL."""
    program = [sys.executable, "-c", PARENT]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as parent:
        yield parent
        parent.kill()


async def test_does_not_outlive_a_parent_that_was_killed(parent: subprocess.Popen[str]) -> None:
    assert parent.stdout is not None
    assert parent.stderr is not None
    url = (await asyncio.to_thread(parent.stdout.readline)).strip()
    pid = await pid_of(url)
    parent.kill()
    try:
        async with asyncio.timeout(LIMIT):
            # The lab has inherited this pipe: it comes to its end when both processes are gone.
            assert await asyncio.to_thread(parent.stderr.read) == ""
    except TimeoutError:
        os.kill(pid, signal.SIGTERM)
        raise


async def test_is_ended_when_its_start_is_cancelled() -> None:
    async def use() -> None:
        async with lab_process():
            pytest.fail("cancelled before it listened")

    using = asyncio.create_task(use())
    await asyncio.sleep(0)  # into the wait for the first line
    using.cancel()
    with pytest.raises(asyncio.CancelledError):
        await using  # a child still running is a ResourceWarning, and fails the test


async def test_a_program_that_says_nothing_did_not_start(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    # Taken for a built program, Python itself is asked for "lab", which it takes for a script that does not exist.
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(LabDidNotStart, match=r"^The built-in server did not start; it said: nothing\.$"):
        async with lab_process():
            pass
    assert "can't open file" in capfd.readouterr().err
