"""The frames of a record, put together again from what it keeps: ``raw``, or ``data`` with its facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from wsgui.core.describe import frames_of
from wsgui.core.engine_packets import SEPARATOR, EnginePacket, PacketType, decode_packet, encode_packet
from wsgui.core.records import Kind, Record
from wsgui.core.wire.facts import text, whole
from wsgui.core.ws_close import close_body
from wsgui.core.ws_frames import Head, Opcode, apply_mask, read_head, utf8

EXCHANGES = frozenset({Kind.HTTP, Kind.WS_OPEN})
"""What is on the wire as HTTP; whatever else is there was a frame."""
_MESSAGE_DIGIT = "4"
_MESSAGE_BYTE = b"\x04"
_PACKET_TYPES = frozenset(kind.value for kind in PacketType if kind is not PacketType.ERROR)


class WireFrame(NamedTuple):
    """One frame as it went over the wire."""

    head: bytes
    """With the masking key, if there is one. Empty for bytes in which no frame could be read."""
    size: int
    """Bytes of the payload, as the head announces them."""
    wire: bytes | None
    """The payload on the wire, masked if it was; ``None`` where the record does not give it back."""
    clear: bytes | None
    """The payload without the mask; still compressed, if it was."""

    @property
    def parsed(self) -> Head | None:
        """What the head says."""
        found = read_head(self.head)
        return found[0] if found else None


def frames_on_wire(record: Record, version: int = 4) -> list[WireFrame]:
    """The frames of a record that was none of the exchanges, in the order of the wire.

    ``version`` of Engine.IO: with 3, a binary packet begins with its type as a byte.
    """
    if record.kind in EXCHANGES:
        return []
    stream = record.raw
    return list(_cut(stream)) if stream is not None else _rebuilt(record, version)


def stream_of(record: Record) -> bytes | None:
    """What came when the rules of frames were broken: it need not be a frame. ``None`` of all other records."""
    return record.raw if record.kind is Kind.ERROR else None


def wire_size(record: Record, version: int = 4) -> int:
    """The bytes of all its frames."""
    if record.raw is not None:
        return len(record.raw)
    return sum(len(frame.head) + frame.size for frame in frames_on_wire(record, version))


def messages_of(record: Record, version: int = 4) -> list[tuple[int, bytes]]:
    """The WebSocket messages of a record: opcode and payload, neither compressed nor masked."""
    data = record.data
    match record.kind:
        case Kind.WS_PING:
            return [(Opcode.PING, _bytes(data))]
        case Kind.WS_PONG:
            return [(Opcode.PONG, _bytes(data))]
        case Kind.WS_CLOSE:
            return [(Opcode.CLOSE, _close_payload(record))]
        case Kind.WS_MESSAGE:
            return [_message("" if data is None else data)]
        case Kind.ENGINE if (name := text(record, "packet")) != PacketType.MESSAGE:
            known = name in _PACKET_TYPES and not isinstance(data, bytes)
            return [_message(encode_packet(EnginePacket(PacketType(name), data or "")) if known else data or "")]
        case Kind.ENGINE if data is None:
            return [_message(_MESSAGE_DIGIT)]
        case _ if data is None:
            return []
    if isinstance(data, bytes):
        return [(Opcode.BINARY, _MESSAGE_BYTE + data if version == 3 else data)]
    packet_text, *parts = data.split(SEPARATOR)
    heads = frames_of(record)
    messages = [(int(Opcode.TEXT), utf8(_MESSAGE_DIGIT + packet_text))]
    for number, part in enumerate(parts, 1):
        messages.append(_attachment(part, heads[number] if number < len(heads) else None, version))
    return messages


def payload_of(record: Record, version: int = 4) -> bytes:
    """What the record carried, whole: the body of an answer, or the messages one behind the other."""
    if record.kind in EXCHANGES:
        return _bytes(record.data)
    if (stream := stream_of(record)) is not None:
        return stream
    return b"".join(payload for _opcode, payload in messages_of(record, version))


def masks_of(record: Record) -> list[bytes]:
    """The masking keys in the fact ``mask``: hex, eight digits each."""
    value = record.fact("mask")
    keys = value if isinstance(value, list | tuple) else [value]
    try:
        joined = bytes.fromhex("".join(str(key) for key in keys if key is not None))
    except ValueError:
        return []
    return [joined[place : place + 4] for place in range(0, len(joined) - 3, 4)]


def _message(data: str | bytes) -> tuple[int, bytes]:
    return (Opcode.TEXT, utf8(data)) if isinstance(data, str) else (Opcode.BINARY, data)


def _attachment(part: str, head: Head | None, version: int) -> tuple[int, bytes]:
    """A binary attachment, which a record keeps in base64. ``head`` tells how it really went, if it is there."""
    packet = decode_packet(part)
    if head is not None and head.opcode == Opcode.TEXT:
        return Opcode.TEXT, utf8(part if head.size == len(part) else "b4" + part[1:])
    data = _bytes(packet.data)
    has_type = head.size == len(data) + 1 if head is not None else version == 3
    return Opcode.BINARY, _MESSAGE_BYTE + data if has_type else data


def _close_payload(record: Record) -> bytes:
    if record.data is not None:
        return _bytes(record.data)
    code = whole(record.fact("code"))
    return b"" if code is None or code in (1005, 1006) or code > 0xFFFF else close_body(code, text(record, "reason"))


def _bytes(data: str | bytes | None) -> bytes:
    return utf8(data) if isinstance(data, str) else data or b""


def _cut(stream: bytes) -> Iterator[WireFrame]:
    """The frames in these bytes. What is no whole frame any more is the last."""
    at = 0
    while at < len(stream):
        found = read_head(stream, at)
        if found is None or len(stream) < at + found[1]:
            yield WireFrame(b"", len(stream) - at, stream[at:], stream[at:])
            return
        head, length = found
        begin = at + length
        wire = stream[begin : begin + head.size]
        mask = stream[begin - 4 : begin] if head.masked else None
        yield WireFrame(stream[at:begin], head.size, wire, apply_mask(wire, mask) if mask else wire)
        at = begin + head.size


def _rebuilt(record: Record, version: int) -> list[WireFrame]:
    messages = messages_of(record, version)
    heads = frames_of(record) or [Head(opcode, len(payload)) for opcode, payload in messages]
    masks = masks_of(record)
    payloads = _split(b"".join(payload for _opcode, payload in messages), heads)
    frames = []
    for number, (head, clear) in enumerate(zip(heads, payloads, strict=True)):
        mask = masks[number] if number < len(masks) else None
        wire = apply_mask(clear, mask) if mask and clear is not None else clear
        frames.append(WireFrame(head_bytes(head, mask), _possible(head.size), wire, clear))
    return frames


def _split(whole_payload: bytes, heads: Sequence[Head]) -> list[bytes | None]:
    """The part of each frame; ``None`` for all if they do not fit, as when it was compressed."""
    if any(head.rsv or head.size < 0 for head in heads) or sum(head.size for head in heads) != len(whole_payload):
        return [None] * len(heads)
    parts: list[bytes | None] = []
    at = 0
    for head in heads:
        parts.append(whole_payload[at : at + head.size])
        at += head.size
    return parts


def _possible(size: int) -> int:
    return min(max(size, 0), (1 << 63) - 1)


def head_bytes(head: Head, mask: bytes | None = None) -> bytes:
    """The head of a frame, its length in the shortest form, and the masking key behind it."""
    first = head.fin << 7 | (head.rsv & 7) << 4 | head.opcode & 0xF
    masked = (mask is not None) << 7
    size = _possible(head.size)
    if size < 126:
        start = bytes((first, masked | size))
    elif size < 1 << 16:
        start = bytes((first, masked | 126)) + size.to_bytes(2, "big")
    else:
        start = bytes((first, masked | 127)) + size.to_bytes(8, "big")
    return start + (mask or b"")
