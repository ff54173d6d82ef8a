"""Real captures, mutated: whatever becomes of them, a codec reads it or refuses it in the way that it documents."""

from __future__ import annotations

import base64
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exports.recorded_session import records
from wsgui.core import engine_packets, engine_packets_v3, msgpack_packets, socket_packets
from wsgui.core.address import AddressError, read_address
from wsgui.core.describe import describe
from wsgui.core.filters import FilterError, parse
from wsgui.core.http1 import AnswerReader, HttpError
from wsgui.core.javascript_json import JsonError, loads
from wsgui.core.json_line import as_json
from wsgui.core.record_details import details
from wsgui.core.records import Record
from wsgui.core.redact import Redaction
from wsgui.core.wire.hex_parts import wire_bytes
from wsgui.core.wire.rows import wire_row
from wsgui.core.ws_close import read_close
from wsgui.core.ws_deflate import Inflater
from wsgui.core.ws_frames import Frame, Opcode
from wsgui.core.ws_messages import MessageReader
from wsgui.core.ws_protocol_error import ProtocolError

pytestmark = pytest.mark.layer("mutations of captures")

HANDSHAKE = '0{"sid":"lv_VI97HAXpY6yYWAAAC","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000}'
EVENT = '42/admin,17["chat message",{"text":"привет \\ud83d\\ude00","n":[1,2.5,-0,null,true]},"x"]'
BINARY = '451-/admin,3["file",{"_placeholder":true,"num":0}]'
ANSWERS = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\nSet-Cookie: io=a; Path=/\r\n\r\nhello",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n0\r\nTrailer: x\r\n\r\n",
    b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n{}",
    b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: x=\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 25\r\n\r\n"
    + base64.b64decode("H4sIAAAAAAAAA8tIzcnJBwCGphA2BQAAAA=="),
)
STREAMS = (
    Frame(Opcode.TEXT, HANDSHAKE.encode()).encode() + Frame(Opcode.TEXT, EVENT.encode()).encode(),
    Frame(Opcode.TEXT, b"part ", fin=False).encode() + Frame(Opcode.PING, b"p").encode() + Frame(0, b"two").encode(),
    Frame(Opcode.TEXT, BINARY.encode()).encode() + Frame(Opcode.BINARY, bytes(range(200))).encode(),
    Frame(Opcode.TEXT, bytes.fromhex("f248cdc9c90700"), rsv=4).encode() + Frame(Opcode.CLOSE, b"\x03\xe8bye").encode(),
)
PAYLOADS = (f"{HANDSHAKE}\x1e40{{}}\x1e{EVENT}\x1ebAAECAw==\x1e2", "85:" + HANDSHAKE[:85] + "2:40", "6:4hello2:€x")
SETTINGS = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def mutated(draw: st.DrawFn, captures: tuple[bytes, ...]) -> bytes:
    """A capture with some bytes changed, put in, taken out, repeated or cut off."""
    data = bytearray(draw(st.sampled_from(captures)))
    for _time in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(data)))
        match draw(st.integers(0, 4)):
            case 0:
                data[at : at + 1] = draw(st.binary(min_size=1, max_size=1))
            case 1:
                data[at:at] = draw(st.binary(max_size=8))
            case 2:
                del data[at : at + draw(st.integers(1, 8))]
            case 3:
                data[at:at] = data[max(0, at - 8) : at] * draw(st.integers(1, 20))
            case _:
                del data[at:]
    return bytes(data)


def texts(*captures: str) -> st.SearchStrategy[str]:
    """The same for texts; broken UTF-8 becomes lone surrogates, which JavaScript knows."""
    given = tuple(capture.encode() for capture in captures)
    return mutated(given).map(lambda data: data.decode("utf-8", "surrogateescape"))


@SETTINGS
@given(mutated(ANSWERS), st.integers(1, 40), st.sampled_from(["GET", "HEAD", "CONNECT"]))
def test_http_answers(data: bytes, size: int, method: str) -> None:
    reader = AnswerReader(method)
    with suppress(HttpError):
        for place in range(0, len(data), size):
            reader.feed(data[place : place + size])
        reader.end()
        assert isinstance(reader.body, bytes)
    assert data.startswith(reader.raw)


@SETTINGS
@given(mutated(STREAMS), st.integers(1, 40), st.booleans())
def test_websocket_streams(data: bytes, size: int, compressed: bool) -> None:
    whole, cut = _messages(data, len(data) or 1, compressed), _messages(data, size, compressed)
    assert whole == cut, "how a stream is cut into pieces changes nothing"


def _messages(data: bytes, size: int, compressed: bool) -> list[object]:
    reader = MessageReader(1 << 20, Inflater() if compressed else None)
    found: list[object] = []
    try:
        for place in range(0, len(data), size):
            found += reader.feed(data[place : place + size])
    except ProtocolError as violation:
        found.append(str(violation))
    return found


READERS: dict[str, tuple[Callable[[str], object], tuple[type[Exception], ...]]] = {
    "engine packet": (engine_packets.decode_packet, ()),
    "engine packet of 3": (engine_packets_v3.decode_packet, ()),
    "engine payload": (engine_packets.decode_payload, ()),
    "engine payload of 3": (engine_packets_v3.decode_payload, ()),
    "socket packet": (lambda text: socket_packets.decode(text[1:]), (socket_packets.PacketError,)),
    "JSON": (loads, (JsonError,)),
    "URL": (read_address, (AddressError,)),
    "filter": (parse, (FilterError,)),
    "redaction": (Redaction({"secret": "auth"}).text, ()),
}


@pytest.mark.parametrize("name", READERS)
@SETTINGS
@given(
    text=texts(HANDSHAKE, EVENT, BINARY, *PAYLOADS, "http://me:pw@host:3000/admin?token=x", 'kind:event -"a b" size>1k')
)
def test_texts(name: str, text: str) -> None:
    read, errors = READERS[name]
    with suppress(*errors):
        read(text)


@SETTINGS
@given(mutated((b"\x84\xa4type\x02\xa4data\x92\xa1a\x01\xa3nsp\xa1/\xa2id\xc0", b"\x03\xe8bye", b"\x04hello")))
def test_bytes(data: bytes) -> None:
    with suppress(socket_packets.PacketError):
        msgpack_packets.decode(data)
    read_close(data[:125])
    for module in (engine_packets, engine_packets_v3):
        module.decode_packet(data)
        module.decode_payload(data)


@SETTINGS
@given(st.sampled_from(list(records())), st.data())
def test_a_recording_may_have_been_made_by_anybody(record: Record, data: st.DataObject) -> None:
    changed = record
    if isinstance(record.data, str):
        changed = changed._replace(data=data.draw(texts(record.data or " ")))
    if record.facts:
        name = data.draw(st.sampled_from(sorted(record.facts)))
        anything = st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
            lambda each: st.lists(each, max_size=3) | st.dictionaries(st.text(max_size=3), each, max_size=3),
            max_leaves=5,
        )
        changed = changed._replace(facts={**record.facts, name: data.draw(anything)})
    assert describe(changed).summary is not None
    assert as_json(changed)
    assert details(changed) is not None
    assert wire_row(changed)
    wire_bytes(changed)
    Redaction().record(changed)
