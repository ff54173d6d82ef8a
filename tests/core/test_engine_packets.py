"""Engine.IO packets: the examples of the protocol document, the same back again, and what is broken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsgui.core.engine_packets import (
    EnginePacket,
    PacketType,
    decode_packet,
    decode_payload,
    encode_packet,
    encode_payload,
)

EXAMPLES = [
    ('0{"sid":"lv_VI97HAXpY6yYWAAAC"}', EnginePacket(PacketType.OPEN, '{"sid":"lv_VI97HAXpY6yYWAAAC"}')),
    ("1", EnginePacket(PacketType.CLOSE)),
    ("2", EnginePacket(PacketType.PING)),
    ("2probe", EnginePacket(PacketType.PING, "probe")),
    ("3probe", EnginePacket(PacketType.PONG, "probe")),
    ("4hello", EnginePacket(PacketType.MESSAGE, "hello")),
    ("4€", EnginePacket(PacketType.MESSAGE, "€")),
    ("5", EnginePacket(PacketType.UPGRADE)),
    ("6", EnginePacket(PacketType.NOOP)),
]

_TEXTS = st.text(st.characters(exclude_characters="\x1e", exclude_categories=["Cs"]))
_PACKETS = st.builds(
    EnginePacket, st.sampled_from([kind for kind in PacketType if kind is not PacketType.ERROR]), _TEXTS
) | st.builds(EnginePacket, st.just(PacketType.MESSAGE), st.binary())


@pytest.mark.parametrize(("text", "packet"), EXAMPLES, ids=[text for text, _packet in EXAMPLES])
def test_examples_of_the_protocol(text: str, packet: EnginePacket) -> None:
    assert decode_packet(text) == packet
    assert encode_packet(packet) == text


def test_bytes_travel_as_they_are_over_a_websocket_and_in_base64_over_polling() -> None:
    packet = EnginePacket(PacketType.MESSAGE, b"\x01\x02\x03\x04")
    assert encode_packet(packet) == b"\x01\x02\x03\x04"
    assert encode_packet(packet, binary=False) == "bAQIDBA=="
    assert decode_packet(b"\x01\x02\x03\x04") == decode_packet("bAQIDBA==") == packet


def test_base64_without_its_padding_is_read_as_in_javascript() -> None:
    assert decode_packet("bAQI").data == b"\x01\x02"


def test_a_payload_of_the_protocol() -> None:
    packets = [
        EnginePacket(PacketType.MESSAGE, "hello"),
        EnginePacket(PacketType.PING),
        EnginePacket(PacketType.MESSAGE, "world"),
    ]
    assert encode_payload(packets) == "4hello\x1e2\x1e4world"
    assert decode_payload("4hello\x1e2\x1e4world") == decode_payload(b"4hello\x1e2\x1e4world") == packets


@pytest.mark.parametrize("broken", ["", "7", "x", "abc", "b!!", "bA", "<html>", "é"])
def test_what_is_no_packet_becomes_an_error_with_the_text(broken: str) -> None:
    assert decode_packet(broken) == EnginePacket(PacketType.ERROR, broken)


def test_a_payload_ends_with_its_first_broken_packet() -> None:
    assert [packet.type for packet in decode_payload("4a\x1e7\x1e4b")] == [PacketType.MESSAGE, PacketType.ERROR]


@given(_PACKETS)
def test_every_packet_comes_back(packet: EnginePacket) -> None:
    assert decode_packet(encode_packet(packet)) == packet
    assert decode_packet(encode_packet(packet, binary=False)) == packet


@given(st.lists(_PACKETS, min_size=1))
def test_every_payload_comes_back(packets: list[EnginePacket]) -> None:
    assert decode_payload(encode_payload(packets)) == packets


@given(st.text(st.characters()) | st.text("b0123456789=+/\x1e"))
def test_no_text_is_too_broken(text: str) -> None:
    assert decode_packet(text).type in PacketType
    assert decode_payload(text)
