"""A record as the WebSocket messages and control frames that it was on the wire.

The record of a Socket.IO packet has the packet alone; over a WebSocket it travelled behind an Engine.IO digit, and its
attachments as binary messages of their own.
"""

from __future__ import annotations

import base64
import binascii
from typing import NamedTuple

from wsgui.core import engine_packets, engine_packets_v3
from wsgui.core.engine_packets import SEPARATOR, EnginePacket, PacketType
from wsgui.core.records import Kind, Record
from wsgui.core.ws_frames import Opcode

_CONTROL = {Kind.WS_PING: Opcode.PING, Kind.WS_PONG: Opcode.PONG}
_NO_FRAME = (1005, 1006, 1015)
"""Close codes that stand for a close frame without a code, or for none."""


class Payload(NamedTuple):
    """One message or control frame; text is ``str`` and has the opcode 1."""

    opcode: int
    data: str | bytes


def payloads(record: Record, *, engine3: bool = False) -> list[Payload]:
    """What a record was on a WebSocket; ``engine3``: of Engine.IO 3, which Socket.IO 2 speaks. Never fails."""
    data = record.data
    if record.kind is Kind.WS_MESSAGE:
        return [_message(data or "")]
    if record.kind in _CONTROL:
        return [Payload(_CONTROL[record.kind], _as_bytes(data))]
    if record.kind is Kind.WS_CLOSE:
        return _close(record)
    if record.kind is Kind.ENGINE and record.fact("packet") != "message":
        return _engine(record)
    if data is None or record.kind in (Kind.HTTP, Kind.WS_OPEN):
        return []
    if isinstance(data, bytes):
        return [_message(_encode(data, engine3=engine3))]
    text, *attachments = data.split(SEPARATOR)
    return [
        _message(_encode(text, engine3=engine3)),
        *(_message(_encode(_from_base64(part), engine3=engine3)) for part in attachments),
    ]


def _message(data: str | bytes) -> Payload:
    return Payload(Opcode.TEXT if isinstance(data, str) else Opcode.BINARY, data)


def _encode(data: str | bytes, *, engine3: bool) -> str | bytes:
    packet = EnginePacket(PacketType.MESSAGE, data)
    return engine_packets_v3.encode_packet(packet) if engine3 else engine_packets.encode_packet(packet)


def _engine(record: Record) -> list[Payload]:
    name = record.fact("packet")
    data = record.data or ""
    if name not in set(PacketType) or name == PacketType.ERROR or isinstance(data, bytes):
        return [_message(data)]
    return [_message(engine_packets.encode_packet(EnginePacket(PacketType(str(name)), data)))]


def _close(record: Record) -> list[Payload]:
    code = record.fact("code")
    if record.data is not None:
        return [Payload(Opcode.CLOSE, _as_bytes(record.data))]
    if not isinstance(code, int) or (code in _NO_FRAME and record.fact("valid")):
        return [Payload(Opcode.CLOSE, b"")] if code == 1005 else []
    return [Payload(Opcode.CLOSE, (code & 0xFFFF).to_bytes(2, "big") + str(record.fact("reason") or "").encode())]


def _as_bytes(data: str | bytes | None) -> bytes:
    return data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data or b""


def _from_base64(part: str) -> bytes:
    try:
        return base64.b64decode(part[1:] + "=" * (-len(part[1:]) % 4))
    except binascii.Error:
        return part.encode("utf-8", "replace")
