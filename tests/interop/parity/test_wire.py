"""The reader of the two byte streams, without which nothing would be compared."""

from __future__ import annotations

import zlib

from tests.interop.parity.wire import BINARY, CLOSE, TEXT, Exchange, Stream, read_connection

ACCEPTED = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"
HANDSHAKE = b"GET /ws HTTP/1.1\r\nHost: h\r\nSec-WebSocket-Key: k\r\n\r\n"


def read(out: bytes, back: bytes, step: int = 7) -> list[Exchange]:
    """Both streams in pieces of ``step`` bytes, first all of what the client says."""
    streams = []
    when = 0
    for data in (out, back):
        stream = Stream()
        for place in range(0, len(data), step):
            stream.feed(data[place : place + step], when)
            when += 1
        streams.append(stream)
    return read_connection(*streams)


def frame(payload: bytes, first: int, mask: bytes = b"") -> bytes:
    size = len(payload)
    length = bytes([size]) if size < 126 else bytes([126, *size.to_bytes(2, "big")])
    length = bytes([length[0] | (0x80 if mask else 0)]) + length[1:]
    if mask:
        payload = bytes(byte ^ mask[place % 4] for place, byte in enumerate(payload))
    return bytes([first]) + length + mask + payload


def test_two_requests_on_one_connection() -> None:
    first, second = read(
        b"POST /a?x=1 HTTP/1.1\r\nX-Test: Yes\r\nContent-Length: 4\r\n\r\nbodyGET /b HTTP/1.1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
        b"HTTP/1.1 404 Not Found\r\n\r\nrest",
    )
    assert (first.method, first.target, first.body) == ("POST", "/a?x=1", b"body")
    assert ("x-test", "Yes") in first.headers
    assert first.answer is not None
    assert (first.answer.status, first.answer.body) == (200, b"abcde")
    assert second.answer is not None
    assert (second.target, second.answer.status, second.answer.body) == ("/b", 404, b"rest")
    assert first.when < second.when < first.answer.when < second.answer.when


def test_a_request_without_an_answer() -> None:
    (only,) = read(b"GET / HTTP/1.1\r\n\r\nGET / HT", b"HTTP/1.1 200")
    assert only.answer is None


def test_frames_masked_and_plain_long_and_short() -> None:
    text = "äöü" * 40
    (only,) = read(
        HANDSHAKE + frame(text.encode(), 0x81, b"\x01\x02\x03\x04") + frame(b"\x03\xe8bye", 0x88, b"abcd"),
        ACCEPTED + frame(b"\x00\xff", 0x82) + frame(b"", 0x88) + b"\x81",
    )
    assert only.is_websocket
    assert [(each.opcode, each.data, each.masked) for each in only.sent] == [
        (TEXT, text.encode(), True),
        (CLOSE, b"\x03\xe8bye", True),
    ]
    assert [(each.opcode, each.data, each.masked) for each in only.received] == [
        (BINARY, b"\x00\xff", False),
        (CLOSE, b"", False),
    ]


def test_compressed_messages_share_a_context_and_fragments_are_one_message() -> None:
    deflate = zlib.compressobj(wbits=-15)
    packed = [deflate.compress(text) + deflate.flush(zlib.Z_SYNC_FLUSH) for text in (b"hello" * 9, b"hello" * 9)]
    one, two = (each.removesuffix(b"\x00\x00\xff\xff") for each in packed)
    assert len(two) < len(one)
    back = frame(one, 0xC1) + frame(two[:2], 0x41) + frame(b"ping", 0x89) + frame(two[2:], 0x80) + frame(b"raw", 0x81)
    (only,) = read(HANDSHAKE, ACCEPTED + back)
    assert [(each.opcode, each.compressed, each.data) for each in only.received] == [
        (TEXT, True, b"hello" * 9),
        (9, False, b"ping"),
        (TEXT, True, b"hello" * 9),
        (TEXT, False, b"raw"),
    ]
