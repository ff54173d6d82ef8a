"""Engine.IO protocol 3, which Socket.IO 2 speaks: the packets of protocol 4 in other envelopes.

A packet of a text payload is preceded by its length in UTF-16 units, as JavaScript counts them (``6:4hello2:4€``).
Bytes travel as ``b4`` and base64, or with the type as a byte of its own: alone in a WebSocket message, or in a binary
payload, where each packet is preceded by 0 (text) or 1, the digits of its length in bytes, and 255.

https://github.com/socketio/engine.io-protocol/tree/v3
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from wsgui.core import engine_packets as protocol4
from wsgui.core.engine_packets import EnginePacket, PacketType

_TYPE = tuple(kind for kind in PacketType if kind is not PacketType.ERROR)
_MESSAGE = _TYPE.index(PacketType.MESSAGE)

_TEXT_HEAD = re.compile(rb"((?:[0-9]\0){1,15}):\0")
_BINARY_HEAD = re.compile(rb"([\0\1])([\0-\x09]{1,15})\xff")


def encode_packet(packet: EnginePacket, *, binary: bool = True) -> str | bytes:
    """The packet as one WebSocket message. Bytes travel behind their type, or in base64 where ``binary`` is false."""
    if not isinstance(packet.data, bytes):
        return protocol4.encode_packet(packet)
    if binary:
        return bytes([_MESSAGE]) + packet.data
    in_base64 = str(protocol4.encode_packet(packet, binary=False))
    return f"b{_MESSAGE}{in_base64[1:]}"


def decode_packet(data: str | bytes) -> EnginePacket:
    """The packet in one WebSocket message, or in one part of a payload."""
    if isinstance(data, bytes):
        known = bool(data) and data[0] < len(_TYPE)
        return EnginePacket(_TYPE[data[0]], data[1:]) if known else EnginePacket(PacketType.ERROR, data)
    if data[:1] != "b":
        return protocol4.decode_packet(data)
    packet = protocol4.decode_packet("b" + data[2:])
    broken = packet.type is PacketType.ERROR or data[1:2] != str(_MESSAGE)
    return EnginePacket(PacketType.ERROR, data) if broken else packet


def encode_payload(packets: Iterable[EnginePacket]) -> str:
    """Several packets as the text of one polling request; bytes are in base64."""
    texts = [str(encode_packet(packet, binary=False)) for packet in packets]
    return "".join(f"{len(_utf16(text)) // 2}:{text}" for text in texts) or "0:"


def encode_binary_payload(packets: Iterable[EnginePacket]) -> bytes:
    """Several packets as the bytes of one polling request or answer."""
    payload = b""
    for packet in packets:
        data = encode_packet(packet)
        content = data if isinstance(data, bytes) else data.encode("utf-8", "replace")
        payload += bytes([isinstance(data, bytes), *map(int, str(len(content))), 0xFF]) + content
    return payload


def decode_payload(body: str | bytes) -> list[EnginePacket]:
    """The packets in a polling body; ``bytes`` are a binary payload.

    Decoding stops at the first that is broken: it is the last of the list.
    """
    return list(read_payload(body))


def read_payload(body: str | bytes) -> Iterator[EnginePacket]:
    """The same, one by one: there may be millions."""
    for packet in _read_binary(body) if isinstance(body, bytes) else _read_text(body):
        yield packet
        if packet.type is PacketType.ERROR:
            return


def _read_text(body: str) -> Iterator[EnginePacket]:
    units, place = _utf16(body), 0
    while place < len(units) or not units:
        head = _TEXT_HEAD.match(units, place)
        end = head.end() + 2 * int(_text(head[1])) if head else 0
        if head is None or end > len(units):
            yield EnginePacket(PacketType.ERROR, _text(units[place:]))
            return
        if end > head.end():
            yield decode_packet(_text(units[head.end() : end]))
        place = end


def _read_binary(body: bytes) -> Iterator[EnginePacket]:
    place = 0
    while place < len(body):
        head = _BINARY_HEAD.match(body, place)
        end = head.end() + int("".join(map(str, head[2]))) if head else 0
        if head is None or end > len(body):
            yield EnginePacket(PacketType.ERROR, body[place:])
            return
        content = body[head.end() : end]
        yield decode_packet(content if head[1] == b"\1" else content.decode("utf-8", "replace"))
        place = end


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def _text(units: bytes) -> str:
    return units.decode("utf-16-le", "surrogatepass")
