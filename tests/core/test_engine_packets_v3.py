"""Engine.IO 3: the examples of the protocol document and of engine.io-parser 2, the same back again, what is broken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsgui.core.engine_packets import EnginePacket, PacketType
from wsgui.core.engine_packets_v3 import (
    decode_packet,
    decode_payload,
    encode_binary_payload,
    encode_packet,
    encode_payload,
)

BYTES = EnginePacket(PacketType.MESSAGE, b"\x01\x02\x03\x04")

PACKETS: list[tuple[str | bytes, EnginePacket]] = [
    ('0{"sid":"lv_VI97HAXpY6yYWAAAC"}', EnginePacket(PacketType.OPEN, '{"sid":"lv_VI97HAXpY6yYWAAAC"}')),
    ("1", EnginePacket(PacketType.CLOSE)),
    ("2", EnginePacket(PacketType.PING)),
    ("2probe", EnginePacket(PacketType.PING, "probe")),
    ("3probe", EnginePacket(PacketType.PONG, "probe")),
    ("4HelloWorld", EnginePacket(PacketType.MESSAGE, "HelloWorld")),
    ("5", EnginePacket(PacketType.UPGRADE)),
    ("6", EnginePacket(PacketType.NOOP)),
    (b"\x04\x01\x02\x03\x04", BYTES),
]
PAYLOADS = [
    ("6:4hello2:4€", [EnginePacket(PacketType.MESSAGE, "hello"), EnginePacket(PacketType.MESSAGE, "€")]),
    ("2:4€10:b4AQIDBA==", [EnginePacket(PacketType.MESSAGE, "€"), BYTES]),
    ("6:2probe1:5", [EnginePacket(PacketType.PING, "probe"), EnginePacket(PacketType.UPGRADE)]),
    ("3:4😀", [EnginePacket(PacketType.MESSAGE, "😀")]),
    ("4:41:2", [EnginePacket(PacketType.MESSAGE, "1:2")]),
    ("0:", []),
]
BINARY_PAYLOADS = [
    (b"\x00\x04\xff4\xe2\x82\xac\x01\x05\xff\x04\x01\x02\x03\x04", [EnginePacket(PacketType.MESSAGE, "€"), BYTES]),
    (b"\x01\x01\x01\xff\x04" + b"a" * 10, [EnginePacket(PacketType.MESSAGE, b"a" * 10)]),
    (b"\x00\x06\xff2probe", [EnginePacket(PacketType.PING, "probe")]),
]

_TYPES = [kind for kind in PacketType if kind is not PacketType.ERROR]
_PACKETS = st.builds(
    EnginePacket, st.sampled_from(_TYPES), st.text(st.characters(exclude_categories=["Cs"]))
) | st.builds(EnginePacket, st.just(PacketType.MESSAGE), st.binary())


@pytest.mark.parametrize(("data", "packet"), PACKETS)
def test_packets_of_the_protocol(data: str | bytes, packet: EnginePacket) -> None:
    assert decode_packet(data) == packet
    assert encode_packet(packet) == data


def test_bytes_in_base64_have_their_type_behind_the_b() -> None:
    assert encode_packet(BYTES, binary=False) == "b4AQIDBA=="
    assert decode_packet("b4AQIDBA==") == decode_packet("b4AQIDBA") == BYTES


@pytest.mark.parametrize(("body", "packets"), PAYLOADS)
def test_text_payloads_count_utf_16_units(body: str, packets: list[EnginePacket]) -> None:
    assert decode_payload(body) == packets
    assert encode_payload(packets) == body


@pytest.mark.parametrize(("body", "packets"), BINARY_PAYLOADS)
def test_binary_payloads_count_bytes(body: bytes, packets: list[EnginePacket]) -> None:
    assert decode_payload(body) == packets
    assert encode_binary_payload(packets) == body


@pytest.mark.parametrize("broken", ["", "7", "x", "b", "b5AQID", "b4!!", b"", b"\x07a", b"4a"])
def test_what_is_no_packet_becomes_an_error_with_what_it_was(broken: str | bytes) -> None:
    assert decode_packet(broken) == EnginePacket(PacketType.ERROR, broken)


@pytest.mark.parametrize("rest", ["4hello", "x:4a", "9:4a", ":4a", "3", "-1:4", "2:7a", '96:0{"sid"'])
def test_a_text_payload_ends_with_what_is_broken(rest: str) -> None:
    first, last = decode_payload("2:4a" + rest)
    assert first == EnginePacket(PacketType.MESSAGE, "a")
    assert last.type is PacketType.ERROR
    assert last.data
    assert str(last.data) in rest


@pytest.mark.parametrize("rest", [b"\x02\x01\xff4", b"\x00\x09\xff4a", b"\x00\xff", b"\x01\x01", b"\x01\x01\xff\x07"])
def test_a_binary_payload_ends_with_what_is_broken(rest: bytes) -> None:
    first, last = decode_payload(b"\x00\x02\xff4a" + rest)
    assert first == EnginePacket(PacketType.MESSAGE, "a")
    assert last.type is PacketType.ERROR


def test_an_empty_answer_is_no_payload() -> None:
    assert decode_payload("") == [EnginePacket(PacketType.ERROR, "")]


def test_what_follows_a_broken_packet_is_not_read() -> None:
    assert [packet.type for packet in decode_payload("1:71:6")] == [PacketType.ERROR]


@given(_PACKETS)
def test_every_packet_comes_back(packet: EnginePacket) -> None:
    assert decode_packet(encode_packet(packet)) == packet
    assert decode_packet(encode_packet(packet, binary=False)) == packet


@given(st.lists(_PACKETS))
def test_every_payload_comes_back(packets: list[EnginePacket]) -> None:
    assert decode_payload(encode_payload(packets)) == packets
    assert decode_payload(encode_binary_payload(packets)) == packets


@given(st.text(st.characters()) | st.text("b0123456789=+/:") | st.binary() | st.text("\0\1\2\3\4\xff").map(str.encode))
def test_nothing_is_too_broken(body: str | bytes) -> None:
    assert decode_packet(body).type in PacketType
    assert all(packet.type in PacketType for packet in decode_payload(body))
