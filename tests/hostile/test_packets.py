"""Whatever packets come, over both transports: the session lives or ends with a JavaScript reason, and all is told."""

from __future__ import annotations

import base64
from collections import Counter

import pytest

from tests.hostile.holding import arrived, holding
from tests.hostile.packet_cases import CASES, Case
from tests.net.raw_server import CLOSE, EngineServer, RawWebSocket, raw_server
from tests.net.session_log import SessionLog, session
from wsgui.core.describe import describe
from wsgui.core.json_line import as_json
from wsgui.core.record_details import details
from wsgui.core.records import Direction, Kind, Record
from wsgui.core.wire.rows import is_wire_row, wire_row
from wsgui.core.ws_frames import Frame, Opcode

REASONS = {"parse error", "transport error", "transport close", "io server disconnect", "forced close", "ping timeout"}
JOINED = b'40{"sid":"N"}'
AFTER = '42["after"]'


@pytest.mark.parametrize("transport", ["websocket", "polling"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_case(case: Case, transport: str) -> None:
    sent: list[bytes] = []

    def frame(packet: str | bytes) -> bytes:
        opcode = Opcode.TEXT if isinstance(packet, str) else Opcode.BINARY
        return Frame(opcode, packet.encode() if isinstance(packet, str) else packet).encode()

    async def play(socket: RawWebSocket) -> None:
        for packet in (*case.packets, AFTER):
            sent.append(frame(packet))
            socket.writer.write(sent[-1])
        await socket.writer.drain()
        while (await socket.receive())[0] != CLOSE:
            pass

    server = EngineServer(websocket=play if transport == "websocket" else None)
    options = {"transports": [transport], "reconnection": False}
    async with holding(), raw_server(server) as url, session(url, **options) as (_running, log):
        await log.until(Kind.CONNECT)
        if transport == "polling":
            body = "\x1e".join(_polled(packet) for packet in (*case.packets, AFTER))
            server.say(body)
        await log.until_true(lambda: bool(_after(log) or _ends(log)))
        assert {ended.fact("reason") for ended in log.all(Kind.DISCONNECT)} <= REASONS
    if transport == "polling":
        assert any(record.data == body for record in log.all(Kind.HTTP)), "the answer is in the log as it came"
    else:
        told = arrived(log.records).partition(JOINED)[2]
        assert told
        whole = b"".join(sent)
        assert whole.startswith(told) or Counter(told) == Counter(whole), "the parts of a packet stand together"
    for record in log.records:
        assert describe(record).summary is not None
        assert as_json(record)
        assert details(record) is not None
        if is_wire_row(record):
            assert wire_row(record)


def _after(log: SessionLog) -> bool:
    return any(record.data == AFTER[1:] for record in log.all(Kind.EVENT, Direction.IN))


def _ends(log: SessionLog) -> list[Record]:
    return log.all(Kind.DISCONNECT) + log.all(Kind.CONNECT_ERROR)


def _polled(packet: str | bytes) -> str:
    return packet if isinstance(packet, str) else "b" + base64.b64encode(packet).decode()
