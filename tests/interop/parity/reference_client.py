"""Runs a case with the real ``socket.io-client``, each in a process of its own: it keeps facts for all its process."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from tests.interop.parity.case import ENVIRONMENT, Case, Event, Tell, event, to_json
from wsgui.core.option_types import Protocol

SCRIPT = {Protocol.SOCKETIO: "client.js", Protocol.SOCKETIO_V2: "client2.js"}


async def run_reference(case: Case, url: str, tell: Tell) -> list[Event]:
    """Do the steps of ``case`` and return what the client said. The process ends when its connections have."""
    job = {"url": url + case.suffix, "options": case.options, "namespaces": case.namespaces, "steps": case.steps}
    process = await asyncio.create_subprocess_exec(
        "node",
        str(Path(__file__).parent / "node" / SCRIPT[case.protocol]),
        json.dumps(to_json(job)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=1 << 24,
        env=ENVIRONMENT,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    said: list[Event] = []
    done = False
    try:
        while line := await process.stdout.readline():
            facts: dict[str, object] = json.loads(line)
            if "tell" in facts:
                await tell(str(facts["tell"]))
                process.stdin.write(b"done\n")
            elif "done" in facts:
                done = True
                break
            else:
                said.append(_event(facts))
        assert done, f"the reference client ended early; it said {said}"
        # What it does at its end takes as long as the server lets it.
        rest = await _rest(process.stdout)
        return said + rest
    finally:
        if not process.stdout.at_eof():  # else it is ending by itself, and a signal would take that from asyncio
            process.kill()
        await process.wait()


LAST_WORDS_SECONDS = 0.7
"""How long a client that is done may go on, because a server does not let it go."""


async def _rest(stdout: asyncio.StreamReader) -> list[Event]:
    said: list[Event] = []
    try:
        async with asyncio.timeout(LAST_WORDS_SECONDS):
            while line := await stdout.readline():
                said.append(_event(json.loads(line)))
    except TimeoutError:
        return said
    return said


def _event(facts: dict[str, object]) -> Event:
    return event(str(facts.pop("lane")), str(facts.pop("e")), facts)
