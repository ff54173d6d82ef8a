"""What is looked for is found in the database and marked in the text by the same rule."""

from __future__ import annotations

import pytest

from wsgui.core.filters import FilterError, wanted
from wsgui.core.recording import Recording
from wsgui.core.records import Direction, Kind, Record

RECORDS = [
    Record(1, 0.0, 0.0, 1, Direction.IN, Kind.EVENT, '2["Hello world"]'),
    Record(2, 0.0, 0.0, 1, Direction.IN, Kind.EVENT, '2["hello","world"]'),
    Record(3, 0.0, 0.0, 1, Direction.IN, Kind.WS_CLOSE, None, {"reason": "Мир"}),
]


@pytest.mark.parametrize(
    ("text", "seqs", "shown", "places"),
    [
        ("hello", [1, 2], "Hello hello", [(0, 5), (6, 11)]),
        ("hello world", [1], "a Hello World", [(2, 13)]),
        ("/hel+o w/", [1], "Hello w", [(0, 7)]),
        ("/HEL+O/i", [1, 2], "Hello", [(0, 5)]),
        ("мир", [3], "Мир", [(0, 3)]),
        ("a.c", [], "abc", []),
        ("/", [], "a/c", [(1, 2)]),
    ],
)
def test_finds(recording: Recording, text: str, seqs: list[int], shown: str, places: list[tuple[int, int]]) -> None:
    what = wanted(text)
    assert what is not None
    assert recording.matching(what.condition, 0, 9) == seqs
    assert [found.span() for found in what.pattern.finditer(shown)] == places


def test_nothing() -> None:
    assert wanted("") is None


def test_says_what_is_wrong() -> None:
    with pytest.raises(FilterError, match="is no regular expression"):
        wanted("/a(/")
