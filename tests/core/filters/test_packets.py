"""Names, namespaces and numbers are found in every way that a packet can be written."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from wsgui.core.filters import FilterError, parse
from wsgui.core.msgpack_packets import encode
from wsgui.core.records import Direction, Facts, Kind, Record
from wsgui.core.socket_packets import SocketPacket, SocketType

Found = Callable[[str], list[int]]

_PACKETS: list[tuple[Kind, Direction, str | bytes | None, Facts | None]] = [
    (Kind.EVENT, Direction.IN, '2["chat","a"]', None),
    (Kind.EVENT, Direction.IN, '2/admin,["chat message"]', None),
    (Kind.EVENT, Direction.OUT, '27["chat","b"]', {"id": 7}),
    (Kind.ACK, Direction.IN, '37["chat"]', {"id": 7, "event": "chat", "emit": 3}),
    (Kind.EVENT, Direction.OUT, '2/admin,12["\\u0063hat"]', {"id": 12}),
    (Kind.ACK, Direction.IN, "3/admin,12[]", {"id": 12, "event": "chat", "emit": 5}),
    (Kind.EVENT, Direction.IN, '51-["chat",{"_placeholder":true,"num":0}]\x1ebAQID', None),
    (Kind.EVENT, Direction.IN, encode(SocketPacket(SocketType.EVENT, "/admin", 7, ["chat", b"\0"])), None),
    (Kind.EVENT, Direction.IN, '2["a \\"chat\\"","chat"]', None),
    (Kind.EVENT, Direction.IN, '2["[x]*,y"]', None),
    (Kind.EVENT, Direction.IN, f'2["{"l" * 70}","chat"]', None),
    (Kind.EVENT, Direction.IN, "2[404]", None),
    (Kind.EVENT, Direction.IN, '2["\\ud800","chat"]', None),
    (Kind.EVENT, Direction.IN, '2["broken"', None),
    (Kind.EVENT, Direction.IN, "nothing", None),
    (Kind.CONNECT, Direction.IN, None, {"namespace": "/admin", "sid": "a"}),
    (Kind.DISCONNECT, Direction.IN, None, {"namespace": "/", "reason": "chat"}),
    (Kind.ENGINE, Direction.OUT, "0/admin,", {"packet": "message"}),
    (Kind.ENGINE, Direction.IN, "2", {"packet": "ping"}),
    (Kind.WS_MESSAGE, Direction.IN, '2["chat"]', None),
    (Kind.EVENT, Direction.IN, '2["früh ☀"]', None),
    (Kind.EVENT, Direction.IN, '2/\ud800,["chat"]', None),
]
RECORDS = [
    Record(seq, 0.0, 0.0, 1, direction, kind, data, facts)
    for seq, (kind, direction, data, facts) in enumerate(_PACKETS, start=1)
]


@pytest.mark.parametrize(
    ("text", "seqs"),
    [
        ("event:chat", [1, 3, 4, 5, 6, 7, 8, 22]),
        ("event:chat kind:event dir:in", [1, 7, 8, 22]),
        ("event:chat*", [1, 2, 3, 4, 5, 6, 7, 8, 22]),
        ("event:*chat*", [1, 2, 3, 4, 5, 6, 7, 8, 9, 22]),
        ("event:Chat", []),
        ("event:cha", []),
        ("event:c?at", [1, 3, 4, 5, 6, 7, 8, 22]),
        ('event:"chat message"', [2]),
        ('event:"chat mess*"', [2]),
        (r'event:"a \"chat\""', [9]),
        ("event:[x]*?y", [10]),
        ("event:[cx]hat", []),
        ("event:" + "l" * 70, [11]),
        ("event:lll*", [11]),
        ("event:404", [12]),
        ("event:früh*", [21]),
        ("event:broken", [14]),
        ("event:404,chat*", [1, 2, 3, 4, 5, 6, 7, 8, 12, 22]),
        ("kind:event -event:*", [15]),
        ("ns:/admin", [2, 5, 6, 8, 16, 18]),
        ("ns:admin", [2, 5, 6, 8, 16, 18]),
        ("ns:/a*", [2, 5, 6, 8, 16, 18]),
        ("ns:/ dir:out", [3]),
        ("ns:/ -kind:event", [4, 17]),
        ("ns:/other", []),
        ("ns:/other,/admin kind:connect", [16]),
        ("ack:7", [3, 4, 8]),
        ("ack:12", [5, 6]),
        ("ack:0", []),
    ],
)
def test_finds(found: Found, text: str, seqs: list[int]) -> None:
    assert found(text) == seqs


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("event:", "Name an event after “event:”"),
        ("event:a,", "Name an event after “event:”"),
        ("ns:", "Name a namespace after “ns:”"),
        ("ack:x", "Write the number of the acknowledgement after “ack:”"),
        ("ack:", "Write the number of the acknowledgement after “ack:”"),
    ],
)
def test_says_what_is_wrong(text: str, sentence: str) -> None:
    with pytest.raises(FilterError, match=sentence):
        parse(text)
