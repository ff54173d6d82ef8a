"""A word that is not typed to its end is completed with what the table knows and the recording has."""

from __future__ import annotations

import pytest

from wsgui.core.filters import TERMS, Seen, offers, term_of
from wsgui.core.recording import Recording
from wsgui.core.records import Direction, Kind, Record

RECORDS = [
    Record(1, 0.0, 0.0, 1, Direction.IN, Kind.EVENT, '2["chat"]'),
    Record(2, 0.0, 0.0, 1, Direction.IN, Kind.EVENT, '2/admin,["two words"]'),
    Record(3, 0.0, 0.0, 2, Direction.IN, Kind.WS_CLOSE, None, {"code": 4001}),
    Record(4, 0.0, 0.0, 2, Direction.IN, Kind.HTTP, None, {"status": 400}),
]


def words(word: str, *seen: str) -> list[str]:
    return [offer.word for offer in offers(word, seen)]


def test_offers_terms() -> None:
    assert words("k") == ["kind:"]
    assert words("s") == ["size>", "status:"]
    assert "event:" in words("")
    assert words("x") == []
    assert words('"') == words("/") == []
    assert offers("kin")[0].says == "is of one of these kinds; * stands for any ending"


@pytest.mark.parametrize(
    ("word", "seen", "completed"),
    [
        ("dir:", (), ["dir:in", "dir:out"]),
        ("dir:o", (), ["dir:out"]),
        ("kind:ws_p", (), ["kind:ws_ping", "kind:ws_pong"]),
        ("kind:event,ws_p", (), ["kind:event,ws_ping", "kind:event,ws_pong"]),
        ("kind:ws_ping", (), []),
        ("event:", ("chat", "a b"), ['event:"a b"', "event:chat"]),
        ('event:"a ', ("chat", "a b"), ['event:"a b"']),
        ("event:c", ("chat", "a b"), ["event:chat"]),
        ("event:", ("a,b", 'say "x"'), ["event:a?b", 'event:"say \\"x\\""']),
        ("size>", (), []),
    ],
)
def test_offers_values(word: str, seen: tuple[str, ...], completed: list[str]) -> None:
    assert words(word, *seen) == completed


def test_collects_what_the_recording_has(recording: Recording) -> None:
    seen = Seen()
    has = {}
    for term in TERMS:
        while seen.look(recording, term):
            pass
        if seen.of(term):
            has[term.prefix] = sorted(seen.of(term))
    assert has == {
        "event:": ["chat", "two words"],
        "ns:": ["/", "/admin"],
        "code:": ["4001"],
        "status:": ["400"],
        "conn:": ["1", "2"],
    }


def test_goes_on_where_it_was(recording: Recording) -> None:
    seen = Seen()
    term = term_of("event:")
    assert term is not None
    assert seen.look(recording, term)
    assert not seen.look(recording, term)
