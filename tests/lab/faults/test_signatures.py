"""Every fault shows its signature on the wire, and the healthy server none of them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.lab.faults.probe import dial
from tests.lab.faults.signatures import SIGNATURES, Signature
from wsgui.lab.catalogue import faults
from wsgui.lab.raw.plain import serve_plain
from wsgui.lab.raw.serving import node, serve_engine


def name(row: Signature) -> str:
    return f"{row.fault} {row.request[:12].decode()}"


async def all_of_the_answer(url: str, row: Signature) -> bytes:
    """What comes up to the end, if the pattern asks for the end, or else up to the match."""
    async with dial(url) as line:
        await line.say(row.request)
        return await line.rest() if row.answer.endswith(b"$") else (await line.until(row.answer))[0]


@pytest.mark.parametrize("row", SIGNATURES, ids=name)
async def test_a_fault_shows_its_signature(row: Signature) -> None:
    async with faults()[row.fault].serve(0) as url:
        assert re.match(row.answer, await all_of_the_answer(url, row), re.DOTALL)


@pytest.mark.parametrize("row", [row for row in SIGNATURES if not row.by_client], ids=name)
async def test_a_healthy_server_does_not(row: Signature) -> None:
    serve: Callable[[], object] = serve_plain if row.fault.startswith("subprotocol") else lambda: serve_engine(node())
    async with serve() as url, dial(url) as line:  # type: ignore[attr-defined] # both are context managers
        await line.say(row.request + b"\x88\x80\x00\x00\x00\x00")  # a close frame: the end of what is no answer
        assert not re.match(row.answer, await line.rest(), re.DOTALL)
