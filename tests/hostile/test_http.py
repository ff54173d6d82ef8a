"""Whatever is answered to the first request: the attempt ends, the log says how, and it has the bytes that came."""

from __future__ import annotations

import asyncio
import socket
import struct

import pytest

from tests.hostile.holding import holding
from tests.hostile.http_cases import CASES, Case, Ending
from tests.net.raw_server import raw_server, read_request
from tests.net.session_log import session
from wsgui.core.describe import describe
from wsgui.core.json_line import as_json
from wsgui.core.record_details import details
from wsgui.core.records import Kind
from wsgui.core.wire.hex_parts import wire_bytes
from wsgui.net.state import State

pytestmark = pytest.mark.layer("HTTP")

MILLISECONDS = 400


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_case(case: Case) -> None:
    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        for piece in case.pieces:
            writer.write(piece)
            await writer.drain()
        while case.endless:
            writer.write(case.endless)
            await writer.drain()
        if case.ending is Ending.HOLD:
            await reader.read()
        if case.ending is Ending.RESET:
            plug = writer.get_extra_info("socket")
            plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    options = {"reconnection": False, "timeout": MILLISECONDS, "transports": ["polling"]} | case.options
    async with holding(), raw_server(handler) as url, session(url, **options) as (running, log):
        await asyncio.wait_for(running.wait(), 30)
        assert running.status.state is State.CLOSED
        assert running.status.failed
    (failed,) = log.all(Kind.CONNECT_ERROR)
    assert failed.fact("text") in ("xhr poll error", "timeout", "server error", "parse error")
    assert case.says in str(failed.fact("description"))
    exchange = log.all(Kind.HTTP)[0]
    sent = b"".join(case.pieces)
    if sent and not case.endless and exchange.raw is not None:
        assert sent.startswith(exchange.raw) or exchange.raw.startswith(sent)
    for record in log.records:
        assert describe(record).summary is not None
        assert as_json(record)
        assert details(record) is not None
        wire_bytes(record)
