"""Whatever packets come, over both transports: the session lives or ends with a JavaScript reason, and all is told."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.hostile.holding import arrived, holding, readable, turns
from tests.hostile.packet_cases import CASES, Case, payload
from tests.net.raw_server import CLOSE, EngineServer, RawWebSocket, raw_server
from tests.net.session_log import SessionLog, session, v2_session
from tests.net.test_v2 import V2Server
from wsgui.core.records import Direction, Kind, Record
from wsgui.core.ws_frames import Frame, Opcode

pytestmark = pytest.mark.layer("Engine.IO and Socket.IO")

REASONS = {"parse error", "transport error", "transport close", "io server disconnect", "forced close", "ping timeout"}
JOINED = {4: b'40{"sid":"N"}', 3: b"\x81\x0240"}
SERVER = {4: EngineServer, 3: V2Server}
OPEN = {4: session, 3: v2_session}
AFTER = '42["after"]'


@pytest.mark.parametrize("version", [4, 3], ids=["version 4", "version 3"])
@pytest.mark.parametrize("transport", ["websocket", "polling"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_case(case: Case, transport: str, version: int) -> None:
    sent: list[bytes] = []

    def frame(packet: str | bytes) -> bytes:
        opcode = Opcode.TEXT if isinstance(packet, str) else Opcode.BINARY
        content = packet.encode() if isinstance(packet, str) else b"\x04" * (version == 3) + packet
        return Frame(opcode, content).encode()

    async def play(socket: RawWebSocket) -> None:
        for packet in (*case.packets, AFTER):
            sent.append(frame(packet))
            socket.writer.write(sent[-1])
        await socket.writer.drain()
        while (await socket.receive())[0] != CLOSE:
            pass

    server = SERVER[version](websocket=play if transport == "websocket" else None)
    options = {"transports": [transport], "reconnection": False}
    async with holding(), raw_server(server) as url, OPEN[version](url, **options) as (_running, log):
        await log.until(Kind.CONNECT)
        if transport == "polling":
            body = payload(version, *case.packets, AFTER)
            server.say(body)
        # Version 3 goes on after what cannot be read, but takes the next packet for an attachment that is missing.
        await log.until_true(lambda: bool(_after(log) or _ends(log) or (version == 3 and log.all(Kind.ERROR))))
        await turns()
        assert {ended.fact("reason") for ended in log.all(Kind.DISCONNECT)} <= REASONS
    if transport == "polling":
        assert any(record.data == body for record in log.all(Kind.HTTP)), "the answer is in the log as it came"
    else:
        told = arrived(log.records, version).partition(JOINED[version])[2]
        assert told
        whole = b"".join(sent)
        assert whole.startswith(told) or Counter(told) == Counter(whole), "the parts of a packet stand together"
    readable(log.records)


def _after(log: SessionLog) -> bool:
    return any(record.data == AFTER[1:] for record in log.all(Kind.EVENT, Direction.IN))


def _ends(log: SessionLog) -> list[Record]:
    return log.all(Kind.DISCONNECT) + log.all(Kind.CONNECT_ERROR)
