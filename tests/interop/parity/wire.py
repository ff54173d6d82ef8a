"""What two byte streams of one TCP connection say: HTTP/1.1 exchanges and, after an upgrade, WebSocket frames.

Written for the comparison alone, from RFC 9112, 6455 and 7692, so that neither client's own library is the judge.
"""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

TEXT, BINARY, CLOSE = 1, 2, 8

Headers = tuple[tuple[str, str], ...]
"""Names in lower case, in the order of the wire."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Headers
    body: bytes
    when: int
    """The place of its last byte among all that the recorder saw."""


@dataclass(frozen=True)
class Frame:
    opcode: int
    compressed: bool
    data: bytes
    """Unmasked and inflated; of a fragmented message, all of it."""
    masked: bool
    when: int


@dataclass(frozen=True)
class Exchange:
    """A request and what came of it. ``sent`` and ``received`` hold the frames of a WebSocket."""

    method: str
    target: str
    headers: Headers
    body: bytes
    when: int
    """The place of its first byte."""
    answer: Answer | None = None
    sent: tuple[Frame, ...] = ()
    received: tuple[Frame, ...] = ()

    @property
    def is_websocket(self) -> bool:
        return any(name == "sec-websocket-key" for name, _value in self.headers)


@dataclass
class Stream:
    """The bytes of one direction, and when each came."""

    data: bytearray = field(default_factory=bytearray)
    _ends: list[int] = field(default_factory=list)
    _times: list[int] = field(default_factory=list)

    def feed(self, chunk: bytes, when: int) -> None:
        self.data += chunk
        self._ends.append(len(self.data))
        self._times.append(when)

    def when(self, place: int) -> int:
        return self._times[min(bisect_right(self._ends, place), len(self._times) - 1)]


def read_connection(out: Stream, back: Stream) -> list[Exchange]:
    """The exchanges of a connection. What was cut off at the end is left out; a request without an answer is not."""
    exchanges = []
    here = there = 0
    while (request := _head(out, here)) is not None:
        first, headers, after = request
        method, target, _version = first.split(" ", 2)
        body, end = _sized_body(out, after, headers)
        exchange = Exchange(method, target, headers, body, out.when(here))
        answer, there = _answer(back, there)
        if answer is not None and answer.status == 101:
            sent, received = tuple(_frames(out, end)), tuple(_frames(back, there))
            exchanges.append(_with(exchange, answer, sent, received))
            return exchanges
        exchanges.append(_with(exchange, answer))
        here = end
    return exchanges


def _with(
    exchange: Exchange, answer: Answer | None, sent: tuple[Frame, ...] = (), received: tuple[Frame, ...] = ()
) -> Exchange:
    return Exchange(
        exchange.method, exchange.target, exchange.headers, exchange.body, exchange.when, answer, sent, received
    )


def _head(stream: Stream, place: int) -> tuple[str, Headers, int] | None:
    end = stream.data.find(b"\r\n\r\n", place)
    if end < 0:
        return None
    first, *lines = stream.data[place:end].decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return first, tuple((name.lower(), value.strip()) for name, _colon, value in pairs), end + 4


def _answer(stream: Stream, place: int) -> tuple[Answer | None, int]:
    head = _head(stream, place)
    if head is None:
        return None, place
    first, headers, after = head
    status = int(first.split(" ")[1])
    if status == 101:
        return Answer(status, headers, b"", stream.when(after - 1)), after
    body, end = _body(stream, after, headers)
    return Answer(status, headers, body, stream.when(end - 1)), end


def _body(stream: Stream, place: int, headers: Headers) -> tuple[bytes, int]:
    named = dict(headers)
    if "chunked" in named.get("transfer-encoding", ""):
        return _chunks(stream, place)
    if "content-length" in named:
        return _sized_body(stream, place, headers)
    return bytes(stream.data[place:]), len(stream.data)


def _sized_body(stream: Stream, place: int, headers: Headers) -> tuple[bytes, int]:
    end = min(place + int(dict(headers).get("content-length", 0)), len(stream.data))
    return bytes(stream.data[place:end]), end


def _chunks(stream: Stream, place: int) -> tuple[bytes, int]:
    body = b""
    while (line := stream.data.find(b"\r\n", place)) >= 0:
        size = int(bytes(stream.data[place:line]).split(b";")[0], 16)
        body += stream.data[line + 2 : line + 2 + size]
        place = min(line + 2 + size + 2, len(stream.data))
        if not size:
            break
    return body, place


def _frames(stream: Stream, place: int) -> Iterator[Frame]:
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)  # the context goes on from message to message
    message, opcode, compressed = b"", 0, False
    while (raw := _raw_frame(stream.data, place)) is not None:
        first, mask, payload, place = raw
        kind = first & 0x0F or opcode
        if kind < CLOSE:
            if first & 0x0F:
                opcode, compressed, message = kind, bool(first & 0x40), b""
            message += payload
            if not first & 0x80:
                continue
            payload = inflate.decompress(message + b"\x00\x00\xff\xff") if compressed else message
        yield Frame(kind, compressed and kind < CLOSE, payload, bool(mask), stream.when(place - 1))


def _raw_frame(data: bytearray, place: int) -> tuple[int, bytes, bytes, int] | None:
    """First byte, mask, unmasked payload and the place after the frame that begins at ``place``."""
    if len(data) < place + 2:
        return None
    first, second = data[place], data[place + 1]
    place += 2
    size, more = second & 0x7F, {126: 2, 127: 8}.get(second & 0x7F, 0)
    if more:
        size = int.from_bytes(data[place : place + more], "big")
        place += more
    mask = bytes(data[place : place + 4]) if second & 0x80 else b""
    place += len(mask)
    if len(data) < place + size:
        return None
    payload = bytes(data[place : place + size])
    if mask:
        pattern = (mask * (size // 4 + 1))[:size]
        payload = (int.from_bytes(payload, "big") ^ int.from_bytes(pattern, "big")).to_bytes(size, "big")
    return first, mask, payload, place + size
