"""What breaks the rules of frames, sent by a bare socket: every byte of it is kept, and shown with the rule's name."""

from __future__ import annotations

import pytest

from tests.net.raw_server import RawWebSocket, agrees, raw_server, until_closed
from tests.net.websocket_log import websocket
from wsgui.core.records import Direction, Kind, Record, Severity
from wsgui.core.wire.frame_parts import record_parts
from wsgui.core.wire.hex_parts import wire_bytes
from wsgui.core.wire.rows import is_wire_row, wire_row

ILLEGAL = {
    "code 0": ("88 02 00 00", "WS_ERR_INVALID_CLOSE_CODE"),
    "code 999": ("88 02 03 e7", "WS_ERR_INVALID_CLOSE_CODE"),
    "code 1004": ("88 02 03 ec", "WS_ERR_INVALID_CLOSE_CODE"),
    "code 1005": ("88 02 03 ed", "WS_ERR_INVALID_CLOSE_CODE"),
    "code 1006": ("88 02 03 ee", "WS_ERR_INVALID_CLOSE_CODE"),
    "code 1015": ("88 02 03 f7", "WS_ERR_INVALID_CLOSE_CODE"),
    "code 1016": ("88 02 03 f8", "WS_ERR_INVALID_CLOSE_CODE"),
    "code 2999": ("88 02 0b b7", "WS_ERR_INVALID_CLOSE_CODE"),
    "code 5000": ("88 02 13 88", "WS_ERR_INVALID_CLOSE_CODE"),
    "code 47746": ("88 02 ba 82", "WS_ERR_INVALID_CLOSE_CODE"),
    "close of one byte": ("88 01 03", "WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH"),
    "reason that is no UTF-8": ("88 03 03 e8 ff", "WS_ERR_INVALID_UTF8"),
    "masked": ("81 82 01 02 03 04 69 6b", "WS_ERR_UNEXPECTED_MASK"),
    "RSV1": ("c1 02 68 69", "WS_ERR_UNEXPECTED_RSV_1"),
    "RSV2": ("a1 02 68 69", "WS_ERR_UNEXPECTED_RSV_2_3"),
    "RSV3": ("91 02 68 69", "WS_ERR_UNEXPECTED_RSV_2_3"),
    "opcode 3": ("83 02 68 69", "WS_ERR_INVALID_OPCODE"),
    "opcode 11": ("8b 02 68 69", "WS_ERR_INVALID_OPCODE"),
    "ping in pieces": ("09 02 68 69", "WS_ERR_EXPECTED_FIN"),
    "ping of 126 bytes": ("89 7e 00 7e" + " 61" * 126, "WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH"),
    "another answer": (b"HTTP/1.1 400 Bad Request\r\n\r\nBad request".hex(" "), "WS_ERR_UNEXPECTED_RSV_1"),
}


def problems(record: Record) -> list[str]:
    return [part.problem for _frame, parts in record_parts(record) for part in parts if part.problem]


@pytest.mark.parametrize("name", ILLEGAL)
async def test_every_byte_is_kept_and_named(name: str) -> None:
    wire, rule = ILLEGAL[name]

    async def misbehave(socket: RawWebSocket) -> None:
        socket.send("before")
        socket.writer.write(bytes.fromhex(wire))
        await until_closed(socket)

    async with (
        raw_server(agrees(misbehave)) as url,
        # Without an offer to compress: RSV1 is illegal then.
        websocket(url.replace("http", "ws"), perMessageDeflate=False) as (_running, log),
    ):
        await log.until(Kind.WS_CLOSE, Direction.OUT)
    before, broken = [row for row in log.records if is_wire_row(row) and row.direction is Direction.IN][:2]
    assert before.data == "before"
    assert wire_bytes(broken).data == bytes.fromhex(wire)
    assert wire_row(broken).severity is Severity.BAD
    assert any(rule in problem for problem in problems(broken))
    assert [problems(record) for record in log.records if record is not broken and problems(record)] == []
