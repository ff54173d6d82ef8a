"""Runs a case with both clients, each against a recorder of its own."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from tests.interop.parity.case import ENVIRONMENT, Case, Event, Tell
from tests.interop.parity.our_client import OurClient
from tests.interop.parity.recorder import Recorder, recorder
from tests.interop.parity.reference_client import run_reference
from tests.interop.parity.trace import Run

CASE_SECONDS = 30.0
"""No case is meant to come near it; it only ends those that would wait for ever."""


class NodeServers:
    """Real Socket.IO servers in one Node process; each run has one of its own, because a server counts."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._one_at_a_time = asyncio.Lock()

    async def port(self, options: Mapping[str, object]) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        async with self._one_at_a_time:
            self._process.stdin.write(json.dumps(options).encode() + b"\n")
            said, _, port = (await self._process.stdout.readline()).decode().partition(" ")
            assert said == "listening"
            return int(port)


@asynccontextmanager
async def node_servers() -> AsyncIterator[NodeServers]:
    script = Path(__file__).parent / "node" / "servers.js"
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec("node", str(script), stdin=pipe, stdout=pipe, env=ENVIRONMENT)
    try:
        yield NodeServers(process)
    finally:
        process.kill()
        await process.wait()


async def run_case(case: Case, servers: NodeServers) -> tuple[Run, Run]:
    """What the reference and what this program did with ``case``."""

    async def reference(url: str, tell: Tell) -> list[Event]:
        return await run_reference(case, url, tell)

    async def ours(url: str, tell: Tell) -> list[Event]:
        return await OurClient(case, url, tell).run()

    runs = []
    for client in (reference, ours):
        async with _upstream(case, servers) as port, recorder(port) as wire:
            for word in case.begin:
                await wire.do(word)
            try:
                async with asyncio.timeout(CASE_SECONDS):
                    events = await client(wire.url, wire.do)
            except TimeoutError:
                raise AssertionError(_stuck(client.__name__, wire)) from None
            runs.append(Run(wire.exchanges(), events))
    return runs[0], runs[1]


def _stuck(who: str, wire: Recorder) -> str:
    said = "\n".join(str(exchange) for exchange in wire.exchanges())
    return f"{who} never came to the end of the steps; on the wire was\n{said}"


@asynccontextmanager
async def _upstream(case: Case, servers: NodeServers) -> AsyncIterator[int]:
    if isinstance(case.server, Mapping):
        yield await servers.port(case.server)
        return
    async with case.server() as url:
        yield int(url.rpartition(":")[2])
