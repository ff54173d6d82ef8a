"""Frames put together again from what a record keeps, and each explained bit by bit."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.record_strategies import record
from wsgui.core.records import Direction, Kind, Record
from wsgui.core.wire.frame_parts import Part, frame_parts
from wsgui.core.wire.frames import WireFrame, frames_on_wire, head_bytes, masks_of, messages_of, payload_of, wire_size
from wsgui.core.wire.hex_parts import wire_bytes
from wsgui.core.ws_frames import Frame, Head, read_head

OUT, IN = Direction.OUT, Direction.IN
BINARY_EVENT = '51-["file",{"_placeholder":true,"num":0}]\x1ebAQID'
TEXT_OF_IT = b'451-["file",{"_placeholder":true,"num":0}]'

MESSAGES = [  # a record, the version of Engine.IO, and the messages that were on the wire
    (record(Kind.EVENT, '2["tick",1]'), 4, [(1, b'42["tick",1]')]),
    (record(Kind.ACK, '3/admin,7["ж"]'), 4, [(1, '43/admin,7["ж"]'.encode())]),
    (record(Kind.CONNECT, '0{"sid":"x"}'), 4, [(1, b'40{"sid":"x"}')]),
    (record(Kind.EVENT, BINARY_EVENT), 4, [(1, TEXT_OF_IT), (2, b"\1\2\3")]),
    (record(Kind.EVENT, BINARY_EVENT), 3, [(1, TEXT_OF_IT), (2, b"\4\1\2\3")]),
    (record(Kind.EVENT, BINARY_EVENT, frames=[[1, 1, 0, 42], [2, 1, 0, 4]]), 4, [(1, TEXT_OF_IT), (2, b"\4\1\2\3")]),
    (record(Kind.EVENT, BINARY_EVENT, frames=[[1, 1, 0, 42], [1, 1, 0, 5]]), 4, [(1, TEXT_OF_IT), (1, b"bAQID")]),
    (record(Kind.EVENT, BINARY_EVENT, frames=[[1, 1, 0, 42], [1, 1, 0, 6]]), 3, [(1, TEXT_OF_IT), (1, b"b4AQID")]),
    (record(Kind.EVENT, b"\x83"), 4, [(2, b"\x83")]),
    (record(Kind.EVENT, b"\x83"), 3, [(2, b"\x04\x83")]),
    (record(Kind.ENGINE, "probe", packet="ping"), 4, [(1, b"2probe")]),
    (record(Kind.ENGINE, None, packet="pong"), 4, [(1, b"3")]),
    (record(Kind.ENGINE, None, packet="upgrade"), 4, [(1, b"5")]),
    (record(Kind.ENGINE, '{"sid":"x"}', packet="open"), 4, [(1, b'0{"sid":"x"}')]),
    (record(Kind.ENGINE, "0/admin,", packet="message"), 4, [(1, b"40/admin,")]),
    (record(Kind.ENGINE, "9x", packet="error"), 4, [(1, b"9x")]),
    (record(Kind.WS_MESSAGE, "ж"), 4, [(1, "ж".encode())]),
    (record(Kind.WS_MESSAGE, "\ud800"), 4, [(1, "\ufffd".encode())]),
    (record(Kind.WS_MESSAGE, b"\0"), 4, [(2, b"\0")]),
    (record(Kind.WS_MESSAGE), 4, [(1, b"")]),
    (record(Kind.WS_PING, b"a"), 4, [(9, b"a")]),
    (record(Kind.WS_PONG), 4, [(10, b"")]),
    (record(Kind.WS_CLOSE, b"\x03\xe8bye", code=1000), 4, [(8, b"\x03\xe8bye")]),
    (record(Kind.WS_CLOSE, code=4321, reason="why"), 4, [(8, b"\x10\xe1why")]),
    (record(Kind.WS_CLOSE, code=1005), 4, [(8, b"")]),
    (record(Kind.STATE), 4, []),
    (record(Kind.NOTE), 4, []),
]


@pytest.mark.parametrize(("one", "version", "messages"), MESSAGES)
def test_the_messages_of_a_record(one: Record, version: int, messages: list[tuple[int, bytes]]) -> None:
    assert messages_of(one, version) == messages
    assert payload_of(one, version) == b"".join(payload for _opcode, payload in messages)


def test_a_plain_frame_is_one_with_fin_and_no_mask() -> None:
    (frame,) = frames_on_wire(record(Kind.EVENT, '2["a"]'))
    assert frame == WireFrame(b"\x81\x07", 7, b'42["a"]', b'42["a"]')


def test_a_mask_is_put_on_again() -> None:
    one = record(Kind.WS_MESSAGE, "Hello", OUT, mask="37fa213d")
    (frame,) = frames_on_wire(one)
    assert (frame.head + (frame.wire or b"")).hex(" ") == "81 85 37 fa 21 3d 7f 9f 4d 51 58"  # RFC 6455, section 5.7
    assert wire_size(one) == 11


def test_each_frame_has_its_mask() -> None:
    one = record(Kind.EVENT, BINARY_EVENT, OUT, mask="0102030405060708")
    assert masks_of(one) == [b"\1\2\3\4", b"\5\6\7\x08"]
    data = wire_bytes(one).data
    assert data == Frame(1, TEXT_OF_IT, mask=b"\1\2\3\4").encode() + Frame(2, b"\1\2\3", mask=b"\5\6\7\x08").encode()


def test_a_message_is_cut_up_again() -> None:
    one = record(Kind.WS_MESSAGE, "onetwothree", frames=[[1, 0, 0, 3], [0, 0, 0, 3], [0, 1, 0, 5]])
    assert wire_bytes(one).data == b"\x01\x03one\x00\x03two\x80\x05three"


def test_what_was_compressed_is_not_made_up() -> None:
    one = record(Kind.WS_MESSAGE, "a" * 1000, frames=[[1, 1, 4, 9]])
    (frame,) = frames_on_wire(one)
    assert (frame.head, frame.size, frame.wire) == (b"\xc1\x09", 9, None)
    assert wire_bytes(one).missing
    assert wire_size(one) == 11


def test_what_was_compressed_to_the_same_size_is_not_made_up_either() -> None:
    (frame,) = frames_on_wire(record(Kind.WS_MESSAGE, "abc", frames=[[1, 1, 4, 3]]))
    assert frame.wire is None


def test_frames_that_do_not_fit_the_message_are_not_filled() -> None:
    (frame,) = frames_on_wire(record(Kind.WS_MESSAGE, "abc", frames=[[1, 1, 0, 99]]))
    assert frame.wire is None


def test_the_recorded_bytes_win() -> None:
    raw = Frame(1, b"Hel", fin=False).encode() + Frame(0, b"lo").encode() + b"\x81"
    one = record(Kind.WS_MESSAGE, "Hello")._replace(raw=raw)
    assert wire_bytes(one).data == raw
    assert [frame.head for frame in frames_on_wire(one)] == [b"\x01\x03", b"\x80\x02", b""]
    assert wire_size(one) == len(raw)


@given(st.integers(0, 15), st.integers(0, 1 << 40), st.booleans(), st.integers(0, 7), st.none() | st.just(b"\1\2\3\4"))
def test_a_head_comes_back(opcode: int, size: int, fin: bool, rsv: int, mask: bytes | None) -> None:
    head = Head(opcode, size, fin, rsv, mask is not None)
    assert read_head(head_bytes(head, mask)) == (head, len(head_bytes(head, mask)))


@given(st.integers(0, 15), st.binary(max_size=300), st.booleans(), st.integers(0, 7), st.booleans())
def test_the_parts_cover_every_bit(opcode: int, payload: bytes, fin: bool, rsv: int, masked: bool) -> None:
    encoded = Frame(opcode, payload, fin, rsv, b"\1\2\3\4" if masked else None).encode()
    (frame,) = frames_on_wire(record(Kind.WS_MESSAGE)._replace(raw=encoded))
    parts = frame_parts(frame)
    assert parts[0].begin == 0
    assert all(one.end == other.begin for one, other in itertools.pairwise(parts))
    assert parts[-1].end == 8 * len(encoded)


def parts(wire: str, direction: Direction = IN) -> dict[str, Part]:
    one = record(Kind.WS_MESSAGE, direction)._replace(raw=bytes.fromhex(wire))
    return {part.name: part for frame in frames_on_wire(one) for part in frame_parts(frame, direction)}


def test_a_frame_bit_by_bit() -> None:
    found = parts("c1 85 37 fa 21 3d 7f 9f 4d 51 58", OUT)
    assert [(name, part.begin, part.end, part.value) for name, part in found.items()] == [
        ("FIN", 0, 1, "1"),
        ("RSV1", 1, 2, "1"),
        ("RSV2", 2, 3, "0"),
        ("RSV3", 3, 4, "0"),
        ("opcode", 4, 8, "0x1"),
        ("MASK", 8, 9, "1"),
        ("length", 9, 16, "5"),
        ("masking key", 16, 48, "37 fa 21 3d"),
        ("payload", 48, 88, "5 bytes"),
    ]
    assert "compressed" in found["RSV1"].meaning
    assert not any(part.problem for part in found.values())


@pytest.mark.parametrize(
    ("size", "name", "bits"),
    [(126, "length, 16 bits", 16), (65535, "length, 16 bits", 16), (65536, "length, 64 bits", 64)],
)
def test_longer_lengths(size: int, name: str, bits: int) -> None:
    found = parts(Frame(2, bytes(size)).encode().hex())
    assert found["length"].value == ("126" if bits == 16 else "127")
    assert (found[name].value, found[name].end - found[name].begin) == (str(size), bits)


@pytest.mark.parametrize(
    ("wire", "direction", "name", "rule"),
    [
        ("81 80 00 00 00 00", IN, "MASK", "WS_ERR_UNEXPECTED_MASK"),
        ("81 00", OUT, "MASK", "WS_ERR_EXPECTED_MASK"),
        ("a1 00", IN, "RSV2", "WS_ERR_UNEXPECTED_RSV_2_3"),
        ("91 00", IN, "RSV3", "WS_ERR_UNEXPECTED_RSV_2_3"),
        ("c8 00", IN, "RSV1", "WS_ERR_UNEXPECTED_RSV_1"),
        ("c0 00", IN, "RSV1", "WS_ERR_UNEXPECTED_RSV_1"),
        ("83 00", IN, "opcode", "WS_ERR_INVALID_OPCODE"),
        ("09 00", IN, "FIN", "WS_ERR_EXPECTED_FIN"),
        ("89 7e 00 7e" + "00" * 126, IN, "length", "WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH"),
        ("81 7e 00 01 61", IN, "length, 16 bits", "shortest"),
        ("81 7f 00 20 00 00 00 00 00 00", IN, "length, 64 bits", "WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH"),
        ("81 7f 80 00 00 00 00 00 00 00", IN, "length, 64 bits", "first of the 64 bits"),
        ("81 05 61", IN, "payload", "Only 1"),
        ("88 02 03 ee", IN, "close code", "WS_ERR_INVALID_CLOSE_CODE"),
        ("88 02 ba 82", IN, "close code", "WS_ERR_INVALID_CLOSE_CODE"),
        ("88 01 03", IN, "close code", "WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH"),
        ("88 03 03 e8 ff", IN, "close code", "WS_ERR_INVALID_UTF8"),
    ],
)
def test_what_breaks_a_rule_has_the_name_that_ws_has(wire: str, direction: Direction, name: str, rule: str) -> None:
    assert rule in parts(wire, direction)[name].problem


def test_http_in_the_stream_is_a_frame_with_rsv1() -> None:
    # Two upgrade listeners: the second answer stands where a frame should be. "H" is RSV1 and opcode 8.
    found = parts(b"HTTP/1.1 400 Bad Request\r\n\r\n".hex())
    assert "WS_ERR_UNEXPECTED_RSV_1" in found["RSV1"].problem
    assert "WS_ERR_EXPECTED_FIN" in found["FIN"].problem


def test_a_close_frame_in_words() -> None:
    found = parts("88 05 03 e9 62 79 65")
    assert found["close code"].value == "1001"
    assert "Going away" in found["close code"].meaning
    assert "either side" in found["close code"].meaning
    assert found["reason"].value == "bye"
    assert parts("88 00")["close code"].value == "none"
    assert "Sent by nobody" in parts("88 02 ba 82")["close code"].meaning


def test_bytes_that_are_no_frame() -> None:
    assert parts("81")["No frame"].end == 8
