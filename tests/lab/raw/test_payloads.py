"""Engine.IO bodies by hand, checked against examples of the protocol's own documents and of Node."""

from __future__ import annotations

import pytest

from wsgui.lab.raw.payloads import BrokenPayload, EnginePacket, decode, encode

EXAMPLES: list[tuple[int, list[EnginePacket], bytes]] = [
    (4, ["4hello", "2", "4€"], "4hello\x1e2\x1e4€".encode()),
    (4, ["4hello", b"\x01\x02\x03\x04"], b"4hello\x1ebAQIDBA=="),
    (3, ["4hello", "2", "4€"], "6:4hello1:22:4€".encode()),
    (3, ["4😀"], "3:4😀".encode()),
    (3, [b"\x01\x02\x03\x04"], b"10:b4AQIDBA=="),
]


@pytest.mark.parametrize(("protocol", "packets", "body"), EXAMPLES)
def test_there_and_back(protocol: int, packets: list[EnginePacket], body: bytes) -> None:
    assert encode(packets, protocol) == body
    assert decode(body, protocol, "text/plain;charset=UTF-8") == packets


def test_a_binary_body_of_protocol_3() -> None:
    body = b"\x00\x06\xff4hello" + b"\x01\x05\xff\x04\x01\x02\x03\x04" + b"\x00\x01\x02\xff4" + b"x" * 11
    assert decode(body, 3, "application/octet-stream") == ["4hello", b"\x01\x02\x03\x04", "4" + "x" * 11]


@pytest.mark.parametrize(
    ("protocol", "body", "kind"),
    [
        (4, b"\xff", "text/plain"),
        (4, b"4a\x1eb!", "text/plain"),
        (3, b"4hello", "text/plain"),
        (3, b"x:4hello", "text/plain"),
        (3, b"\x00\x06", "application/octet-stream"),
    ],
)
def test_a_broken_body_is_said_to_be(protocol: int, body: bytes, kind: str) -> None:
    with pytest.raises(BrokenPayload):
        decode(body, protocol, kind)
