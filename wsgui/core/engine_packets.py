"""Engine.IO protocol 4 as bytes: packets, and the payload that carries several of them over polling.

A codec without input or output: text and bytes in, packets out. What cannot be decoded becomes a packet of type
``ERROR``, as in ``engine.io-parser``, because the client reacts to it and the log must show it.

https://github.com/socketio/engine.io-protocol
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

SEPARATOR = "\x1e"
"""Stands between the packets of a payload. JSON escapes it, so it cannot occur inside a packet of Socket.IO."""


class PacketType(StrEnum):
    """The seven packet types, and ``ERROR`` for what is none of them."""

    OPEN = "open"
    CLOSE = "close"
    PING = "ping"
    PONG = "pong"
    MESSAGE = "message"
    UPGRADE = "upgrade"
    NOOP = "noop"
    ERROR = "error"


_DIGIT: dict[PacketType, str] = {kind: str(number) for number, kind in enumerate(PacketType)}
_TYPE = {digit: kind for kind, digit in _DIGIT.items() if kind is not PacketType.ERROR}


class EnginePacket(NamedTuple):
    """One packet; ``data`` is text, or the bytes of a binary message."""

    type: PacketType
    data: str | bytes = ""


def encode_packet(packet: EnginePacket, *, binary: bool = True) -> str | bytes:
    """The packet as one WebSocket message. Bytes travel as they are, or in base64 where ``binary`` is false."""
    if isinstance(packet.data, bytes):
        return packet.data if binary else "b" + base64.b64encode(packet.data).decode("ascii")
    return _DIGIT[packet.type] + packet.data


def decode_packet(data: str | bytes) -> EnginePacket:
    """The packet in one WebSocket message, or in one part of a payload."""
    if isinstance(data, bytes):
        return EnginePacket(PacketType.MESSAGE, data)
    if data[:1] == "b":
        try:
            padding = "=" * (-len(data[1:]) % 4)  # JavaScript does not ask for it
            return EnginePacket(PacketType.MESSAGE, base64.b64decode(data[1:] + padding, validate=True))
        except (binascii.Error, ValueError):
            return EnginePacket(PacketType.ERROR, data)
    kind = _TYPE.get(data[:1])
    return EnginePacket(PacketType.ERROR, data) if kind is None else EnginePacket(kind, data[1:])


def encode_payload(packets: Iterable[EnginePacket]) -> str:
    """Several packets as the body of one polling request; bytes are always in base64."""
    return SEPARATOR.join(str(encode_packet(packet, binary=False)) for packet in packets)


def decode_payload(body: str | bytes) -> list[EnginePacket]:
    """The packets in a polling body. Decoding stops at the first that is broken: it is the last of the list.

    Bytes, which no server of this protocol sends, are taken for text, as JavaScript takes them.
    """
    return list(read_payload(body))


def read_payload(body: str | bytes) -> Iterator[EnginePacket]:
    """The same, one by one: there may be millions."""
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else body
    start = 0
    while start >= 0:
        end = text.find(SEPARATOR, start)
        packet = decode_packet(text[start:] if end < 0 else text[start:end])
        yield packet
        start = -1 if end < 0 or packet.type is PacketType.ERROR else end + 1
