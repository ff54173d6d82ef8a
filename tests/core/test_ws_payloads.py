"""A record gives back what was on the WebSocket, in either generation of the protocol."""

from __future__ import annotations

import pytest

from wsgui.core.records import Direction, Facts, Kind, Record
from wsgui.core.ws_payloads import payloads

FILE = '51-["f",{"_placeholder":true,"num":0}]\x1ebAQI='


def of(
    kind: Kind, data: str | bytes | None = None, facts: Facts | None = None, *, engine3: bool = False
) -> list[object]:
    record = Record(1, 0, 0, 1, Direction.IN, kind, data, facts, via=1)
    return [tuple(payload) for payload in payloads(record, engine3=engine3)]


@pytest.mark.parametrize(
    ("kind", "data", "facts", "sent"),
    [
        (Kind.EVENT, '2["a"]', None, [(1, '42["a"]')]),
        (Kind.EVENT, FILE, None, [(1, '451-["f",{"_placeholder":true,"num":0}]'), (2, b"\x01\x02")]),
        (Kind.ACK, "30[]", {"id": 0}, [(1, "430[]")]),
        (Kind.EVENT, b"\x83", None, [(2, b"\x83")]),
        (Kind.ENGINE, None, {"packet": "ping"}, [(1, "2")]),
        (Kind.ENGINE, "probe", {"packet": "pong"}, [(1, "3probe")]),
        (Kind.ENGINE, '0{"token":1}', {"packet": "message"}, [(1, '40{"token":1}')]),
        (Kind.ENGINE, "x", {"packet": "error"}, [(1, "x")]),
        (Kind.ENGINE, "x", {"packet": "of a later version"}, [(1, "x")]),
        (Kind.WS_MESSAGE, "42", None, [(1, "42")]),
        (Kind.WS_MESSAGE, None, None, [(1, "")]),
        (Kind.WS_MESSAGE, b"\x00", None, [(2, b"\x00")]),
        (Kind.WS_PING, b"hi", None, [(9, b"hi")]),
        (Kind.WS_PONG, "hi", None, [(10, b"hi")]),
        (Kind.WS_CLOSE, b"\x03\xe8bye", {"code": 1000}, [(8, b"\x03\xe8bye")]),
        (Kind.WS_CLOSE, None, {"code": 1001, "reason": "on", "valid": True}, [(8, b"\x03\xe9on")]),
        (Kind.WS_CLOSE, None, {"code": 1005, "valid": True}, [(8, b"")]),
        (Kind.WS_CLOSE, None, {"code": 1006, "valid": True}, []),
        (Kind.WS_OPEN, "no", {"status": 400}, []),
        (Kind.NOTE, None, {"text": "x"}, []),
    ],
)
def test_gives_back_what_was_sent(
    kind: Kind, data: str | bytes | None, facts: Facts | None, sent: list[object]
) -> None:
    assert of(kind, data, facts) == sent


def test_gives_back_what_socketio_2_sent() -> None:
    assert of(Kind.EVENT, FILE, engine3=True)[1] == (2, b"\x04\x01\x02")
    assert of(Kind.EVENT, '2["a"]', engine3=True) == [(1, '42["a"]')]
