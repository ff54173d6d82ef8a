"""Socket.IO packets by hand, checked against examples of the protocol's own document."""

from __future__ import annotations

import pytest

from wsgui.lab.raw.socket_packets import (
    ACK,
    CONNECT,
    DISCONNECT,
    EVENT,
    BrokenPacket,
    SocketPacket,
    decode,
    encode,
    with_bytes,
)


@pytest.mark.parametrize(
    ("text", "packet"),
    [
        ("0", SocketPacket(CONNECT)),
        ('0/admin,{"token":"123"}', SocketPacket(CONNECT, "/admin", {"token": "123"})),
        ("0/admin?token=1", SocketPacket(CONNECT, "/admin")),
        ("1/admin,", SocketPacket(DISCONNECT, "/admin")),
        ('2["hey","Jude"]', SocketPacket(EVENT, "/", ["hey", "Jude"])),
        ('212["foo"]', SocketPacket(EVENT, "/", ["foo"], 12)),
        ('2/admin,456["project:delete",123]', SocketPacket(EVENT, "/admin", ["project:delete", 123], 456)),
        ("3/admin,456[]", SocketPacket(ACK, "/admin", [], 456)),
        ('52-["a"]', SocketPacket(5, "/", ["a"], None, 2)),
    ],
)
def test_decode(text: str, packet: SocketPacket) -> None:
    assert decode(text) == packet


@pytest.mark.parametrize("text", ["", "x", "7", '2["', "2-"])
def test_what_is_no_packet_is_said_to_be(text: str) -> None:
    with pytest.raises(BrokenPacket):
        decode(text)


def test_bytes_become_attachments() -> None:
    packet = SocketPacket(EVENT, "/admin", ["a", b"\x01", {"b": [b"\x02"]}], 7)
    text, *attachments = encode(packet)
    assert text == '52-/admin,7["a",{"_placeholder":true,"num":0},{"b":[{"_placeholder":true,"num":1}]}]'
    assert attachments == [b"\x01", b"\x02"]
    assert isinstance(text, str)
    data = with_bytes(decode(text).data, [b"\x01", b"\x02"])
    assert data == packet.data


def test_an_attachment_that_is_not_there_is_said_to_be_missing() -> None:
    with pytest.raises(BrokenPacket):
        with_bytes([{"_placeholder": True, "num": 1}], [b"only"])
