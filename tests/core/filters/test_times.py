"""Times are read as a person writes them, where the person is."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from wsgui.core.filters import FilterError, parse
from wsgui.core.records import Direction, Kind, Record

Found = Callable[[str], list[int]]

NOON = 1_780_243_200.0
"""2026-05-31 12:00:00 in New York."""
RECORDS = [
    Record(seq, t, NOON + t, 1, Direction.NONE, Kind.NOTE, None, {"text": ""})
    for seq, t in enumerate((0.0, 10.25, 60.0, 3600.0, 43_200.0), start=1)
]


@pytest.fixture(autouse=True)
def new_york(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("text", "seqs"),
    [
        ("after:12:00:10", [2, 3, 4, 5]),
        ("after:12:00:10.3", [3, 4, 5]),
        ("after:12:00:10.25", [2, 3, 4, 5]),
        ("after:12:01", [3, 4, 5]),
        ("after:9:00", [1, 2, 3, 4, 5]),
        ("before:12:01", [1, 2]),
        ("before:13:00:00", [1, 2, 3]),
        ("after:12:00:10 before:13:00", [2, 3]),
        ("after:2026-05-31T12:30", [4, 5]),
        ('after:"2026-05-31 12:30:00"', [4, 5]),
        ("after:2026-06-01", [5]),
        ("before:2026-06-01", [1, 2, 3, 4]),
        ("after:2026-05-31T16:01Z", [3, 4, 5]),
        ("after:+10.25", [2, 3, 4, 5]),
        ("before:+60", [1, 2]),
        ("after:+0s", [1, 2, 3, 4, 5]),
        ("-after:12:01", [1, 2]),
    ],
)
def test_finds(found: Found, text: str, seqs: list[int]) -> None:
    assert found(text) == seqs


@pytest.mark.parametrize("moment", ["", "noon", "25:00", "12", "12:60", "2026-13-01", "2026-", "+", "+x", "-5"])
def test_says_what_is_wrong(moment: str) -> None:
    with pytest.raises(FilterError) as error:
        parse(f"before:{moment}")
    assert str(error.value).startswith(f"“{moment}” is no time; write before:12:03:10")
