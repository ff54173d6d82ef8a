"""A filter shows what a person would point at, whoever wrote the JSON, and says what it does not understand."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wsgui.core.filters import FilterError, parse
from wsgui.core.recording import Recording
from wsgui.core.records import Direction, Facts, Kind, Record


def record(seq: int, kind: Kind, direction: Direction, data: str | bytes | None, facts: Facts | None = None) -> Record:
    return Record(seq, 0.0, 0.0, 1, direction, kind, data, facts)


Found = Callable[[str], list[int]]

RECORDS = [
    record(1, Kind.STATE, Direction.NONE, None, {"state": "connecting"}),
    record(2, Kind.HTTP, Direction.OUT, "0{}", {"url": "http://h/?a=1", "headers": [["X-Was", "no"]], "error": None}),
    record(3, Kind.CONNECT, Direction.IN, None, {"namespace": "/", "sid": "Abc_1", "transport": "polling"}),
    record(4, Kind.EVENT, Direction.OUT, '2["greet","Hello world",{"part":"100%"}]', {"id": 7}),
    record(5, Kind.EVENT, Direction.IN, '2["news","Привет, МИР"]'),
    record(6, Kind.EVENT, Direction.IN, '2["news","\\u041f\\u0440\\u0438\\u0432\\u0435\\u0442"]'),
    record(7, Kind.WS_MESSAGE, Direction.IN, b"\x00\xffhello\x00"),
    record(8, Kind.WS_MESSAGE, Direction.IN, "before\x00after \ud800"),
    record(9, Kind.CONNECT_ERROR, Direction.IN, None, {"text": "refused", "data": {"status": "expired", "in": ["é"]}}),
    record(10, Kind.RECONNECT_ATTEMPT, Direction.NONE, None, {"n": 2, "delay": 1.5}),
    record(11, Kind.RECONNECT_FAILED, Direction.NONE, None, {"n": 2}),
    record(12, Kind.WS_CLOSE, Direction.IN, None, {"code": 1006, "reason": 'say "no"', "valid": True}),
    record(13, Kind.EVENT, Direction.IN, '2["path","a\\/b \\"quoted\\" \\ud83d\\ude00"]'),
]


@pytest.mark.parametrize(
    ("text", "seqs"),
    [
        # words
        ("hello", [4, 7]),
        ("HELLO", [4, 7]),
        ("hello world", [4]),
        ("100%", [4]),
        ("10%", []),
        ("abc_1", [3]),
        ("abcx1", []),
        ("after", [8]),
        ("nothing-like-it", []),
        # other alphabets and other writers of JSON
        ("привет", [5, 6]),
        ("мир", [5]),
        ("É", [9]),
        ("a/b", [13]),
        ("😀", [13]),
        (r'"\"quoted\""', [13]),
        (r'"say \"no\""', [12]),
        # values of facts, the keys of the server's own data, but not the names of our facts
        ("connecting", [1]),
        ("x-was", [2]),
        ("1006", [12]),
        ("1.5", [10]),
        ("expired status", [9]),
        ("namespace", []),
        # what the column Kind says, and what JSON output calls it
        ("connect error", [9]),
        ("gave", [11]),
        ("ws_close", [12]),
        # quotation
        ('"hello world"', [4]),
        ('"world hello"', []),
        ('"hello wor', [4]),
        ('"kind:event"', []),
        # kinds and directions
        ("kind:event", [4, 5, 6, 13]),
        ("kind:ws_close,connect", [3, 12]),
        ("kind:WS-Close", [12]),
        ("kind:reconnect*", [10, 11]),
        ("kind:connect", [3]),
        ("kind:connect*", [3, 9]),
        ("kind:*", list(range(1, 14))),
        ("dir:out", [2, 4]),
        ("kind:event dir:in", [5, 6, 13]),
        # not
        ("-dir:in", [1, 2, 4, 10, 11]),
        ("kind:event -news", [4, 13]),
        ('kind:event -"hello world"', [5, 6, 13]),
        ("kind:event -привет", [4, 13]),
        ("--dir:out", [2, 4]),
        ("-kind:*", []),
        ("-", [2]),
        ("--", []),
        # regular expressions: of the data as it stands and without its escapes, and of the values of facts
        ("/hel+o/", [7]),
        ("/HEL+O/", []),
        ("/HEL+O/i", [4, 7]),
        ("/hello w/i", [4]),
        ("/^Прив/", []),
        ("/Прив[а-я]т/", [5, 6]),
        ("/мир/i", [5]),
        ("/a\\/b/", [13]),
        ('/say "no"$/', [12]),
        ("/^100[4-6]$/", [12]),
        ("/^namespace$/", []),
        ("/^status$/", [9]),
        ("/^Gave/", [11]),
        ("/^ws_cl/", [12]),
        ("/^true$/", [12]),
        ("-/e/i", [2]),
        ("/before.after/", [8]),
        ("/[[a]bc_1/i", [3]),
        # no regular expressions: they are not closed, or they are paths
        ("/?a", [2]),
        ("//h/", [2]),
    ],
)
def test_finds(found: Found, text: str, seqs: list[int]) -> None:
    assert found(text) == seqs


@given(st.text(max_size=30))
@settings(deadline=None)
def test_anything_typed_is_a_condition_or_a_sentence(recording: Recording, text: str) -> None:
    try:
        condition = parse(text)
    except FilterError as error:
        assert str(error).endswith((".", "?"))  # noqa: PT017 - either outcome is right
    else:
        assert condition is None or set(recording.matching(condition, 0, 100)) <= set(range(1, 14))


@given(before=st.text(max_size=5), said=st.text(min_size=1, max_size=8), ascii_only=st.booleans())
@settings(deadline=None, max_examples=50)
def test_what_was_said_is_found(before: str, said: str, ascii_only: bool) -> None:
    recording = Recording(None)
    recording.append(record(1, Kind.EVENT, Direction.IN, json.dumps([before + said], ensure_ascii=ascii_only)))
    recording.flush()
    quoted = said.replace("\\", "\\\\").replace('"', '\\"')
    condition = parse(f'"{quoted}"')
    assert condition is not None
    assert recording.matching(condition, 0, 9) == [1]
    recording.close()


@pytest.mark.parametrize("slow", ["/(?:a|a)*[bc]$/", "/.*a.*a.*a.*a.*[bc]$/"])
def test_what_takes_for_ever_is_given_up(slow: str) -> None:
    recording = Recording(None)
    recording.append(record(1, Kind.WS_MESSAGE, Direction.IN, "a" * 5000 + "d"))
    recording.flush()
    condition = parse(slow)
    assert condition is not None
    with closing(recording), pytest.raises(FilterError, match="takes too long"):
        recording.matching(condition, 0, 9)
