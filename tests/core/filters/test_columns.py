"""Sizes, codes, transports and connections: what a record has beside its text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from wsgui.core.filters import FilterError, parse
from wsgui.core.records import Direction, Kind, Record

Found = Callable[[str], list[int]]
IN = Direction.IN

RECORDS = [
    Record(1, 0.0, 0.0, 1, IN, Kind.HTTP, "0{}", {"status": 200, "text": 1006}, via=1),
    Record(2, 0.0, 0.0, 1, IN, Kind.EVENT, '2["b"]', None, via=1),
    Record(3, 0.0, 0.0, 1, IN, Kind.WS_OPEN, None, {"status": 101}, via=3),
    Record(4, 0.0, 0.0, 1, IN, Kind.EVENT, '2["' + "ы" * 5000 + '"]', None, via=4),
    Record(5, 0.0, 0.0, 1, IN, Kind.WS_CLOSE, None, {"code": 1006, "valid": True}),
    Record(6, 0.0, 0.0, 2, IN, Kind.HTTP, "", {"status": 400}, via=6),
    Record(7, 0.0, 0.0, 2, IN, Kind.WS_OPEN, b"\0" * 1_500_000, {"status": 503}, via=7),
    Record(8, 0.0, 0.0, 2, IN, Kind.WS_CLOSE, None, {"code": 4001, "valid": True}, via=8),
    Record(9, 0.0, 0.0, 2, IN, Kind.TRANSPORT, None, {"transport": "websocket"}),
    Record(10, 0.0, 0.0, 2, IN, Kind.HTTP, None, {"error": "refused"}, via=10),
    Record(11, 0.0, 0.0, 12, IN, Kind.WS_CLOSE, None, {"code": "1006", "valid": False}),
    Record(12, 0.0, 0.0, 12, IN, Kind.CONNECT, None, {"transport": "polling"}),
]


@pytest.mark.parametrize(
    ("text", "seqs"),
    [
        ("code:1006", [5]),
        ("code:4000-4999", [8]),
        ("code:1000-1010,4001", [5, 8]),
        ("code:4xxx", [8]),
        ("code:3000", []),
        ("status:200", [1]),
        ("status:4xx", [6]),
        ("status:400,5xx", [6, 7]),
        ("status:100-199", [3]),
        ("kind:http -status:200", [6, 10]),
        ("size>10k", [4, 7]),
        ("size>10005", [7]),
        ("size>=10005", [4, 7]),
        ("size=6", [2]),
        ("size<4", [1, 6]),
        ("size<=3b", [1, 6]),
        ("size=0", [6]),
        ("size=1.5M", [7]),
        ("size>1MB", [7]),
        ("size=1.5k size<1", []),
        ("-size>=0", [3, 5, 8, 9, 10, 11, 12]),
        ("sized", []),
        ("conn:2", [6, 7, 8, 9, 10]),
        ("conn:1", [1, 2, 3, 4, 5]),
        ("transport:websocket", [3, 4, 5, 7, 8, 9, 11]),
        ("transport:polling", [1, 2, 6, 10, 12]),
    ],
)
def test_finds(found: Found, text: str, seqs: list[int]) -> None:
    assert found(text) == seqs


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("kind:evnt", "There is no kind “evnt”; did you mean kind:event?"),
        ("kind:zzz", "There is no kind “zzz”; did you mean kind:"),
        ("kind:event,wsclose", "did you mean kind:ws_close?"),
        ("kind:recnect*", "There is no kind “recnect”; did you mean kind:reconnect?"),
        ("kind:", "Name a kind after “kind:”"),
        ("-kind:event,", "Name a kind after “kind:”"),
        ("dir:up", "dir:in (received) or dir:out (sent)"),
        ("size>", "Compare the size with a number of bytes"),
        ("size>10x", "Compare the size with a number of bytes"),
        ("code:", "“” is no close code; write one as in code:1006"),
        ("code:1006,abc", "“abc” is no close code"),
        ("status:200-", "“200-” is no HTTP status"),
        ("status:500-400", "500-400 ends before it begins."),
        ("status:xx", "“xx” is no HTTP status"),
        ("transport:webtransport", "transport:polling or transport:websocket"),
        ("conn:", "Write the number of a connection after “conn:”"),
        ("conn:²", "Write the number of a connection after “conn:”"),
    ],
)
def test_says_what_is_wrong(text: str, sentence: str) -> None:
    with pytest.raises(FilterError) as error:
        parse(text)
    assert sentence in str(error.value)
