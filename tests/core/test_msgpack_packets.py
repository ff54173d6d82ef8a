"""Packets in MessagePack: the very bytes of ``socket.io-msgpack-parser``, and nothing but a PacketError for others."""

import contextlib

import msgpack
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wsgui.core.describe import describe, packet_of
from wsgui.core.msgpack_packets import decode, encode
from wsgui.core.records import Direction, Kind, Record
from wsgui.core.socket_packets import PacketError, SocketPacket, SocketType

EVENT = SocketPacket(SocketType.EVENT, "/", 0, ["hi", 1, 1.5, True, None, b"\x01\x02"])


@pytest.mark.parametrize(
    ("packet", "wire"),
    [
        (SocketPacket(SocketType.CONNECT), "83a47479706500a464617461d40000a36e7370a12f"),
        (SocketPacket(SocketType.DISCONNECT), "82a47479706501a36e7370a12f"),
        (SocketPacket(SocketType.ACK, "/", 0, [1]), "84a47479706503a2696400a4646174619101a36e7370a12f"),
        (
            EVENT,
            (
                "85a47479706502a46461746196a2686901cb3ff8000000000000c3c0c4020102"
                "a76f7074696f6e7381a8636f6d7072657373c3a2696400a36e7370a12f"
            ),
        ),
    ],
)
def test_the_bytes_of_the_javascript_parser(packet: SocketPacket, wire: str) -> None:
    assert encode(packet).hex() == wire
    assert decode(bytes.fromhex(wire)) == packet


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ([1], "no map"),
        ({"type": 9, "nsp": "/"}, "invalid packet type"),
        ({"type": True, "nsp": "/"}, "invalid packet type"),
        ({"type": 2, "data": ["a"]}, "invalid namespace"),
        ({"type": 2, "nsp": "/", "data": {"a": 1}}, "invalid payload"),
        ({"type": 2, "nsp": "/", "data": ["connect"]}, "invalid payload"),
        ({"type": 0, "nsp": "/", "data": "x"}, "invalid payload"),
        ({"type": 1, "nsp": "/", "data": []}, "invalid payload"),
        ({"type": 4, "nsp": "/"}, "invalid payload"),
        ({"type": 3, "nsp": "/", "data": [], "id": "1"}, "invalid packet id"),
    ],
)
def test_what_the_javascript_parser_refuses(value: object, why: str) -> None:
    with pytest.raises(PacketError, match=why):
        decode(msgpack.packb(value))


@given(st.binary(max_size=60))
@example(b"\x81\x80\x00")  # a map as the key of a map
def test_any_bytes_are_a_packet_or_an_error(data: bytes) -> None:
    with contextlib.suppress(PacketError):
        assert isinstance(decode(data), SocketPacket)


def test_a_record_of_it_is_described() -> None:
    record = Record(1, 0.0, 0.0, 1, Direction.IN, Kind.EVENT, encode(EVENT))
    assert packet_of(record) == EVENT
    assert describe(record).summary == 'hi  1, 1.5, true, null, "<2 bytes: 01 02>" · ack 0 asked'
