"""A long record is shown by its beginning, which is that of the whole."""

from __future__ import annotations

import json

import pytest

from wsgui.core.abridged import KEPT, LONGEST, abridged
from wsgui.core.describe import describe
from wsgui.core.records import Direction, Kind, Record

LINE = 500


def event(*args: object, head: str = "2/chat,7", ascii_only: bool = False) -> Record:
    body = json.dumps(["big", *args], separators=(",", ":"), ensure_ascii=ascii_only)
    return Record(1, 0.0, 0.0, 1, Direction.IN, Kind.EVENT, head + body, via=1)


@pytest.mark.parametrize(
    "record",
    [
        event("x" * LONGEST),
        event("й" * LONGEST, ascii_only=True),
        event('"\\' * LONGEST),
        event({"text": "x" * LONGEST}),
        event({"x" * LONGEST: 1}, 2),
        event(*range(LONGEST)),
        event([{"a": [n, None], "]": "}"} for n in range(LONGEST)]),
        event({"a": 1}, {"b": ["y" * LONGEST]}, head="2"),
    ],
    ids=["text", "escapes", "backslashes", "in an object", "name", "numbers", "objects", "two"],
)
def test_begins_like_the_whole(record: Record) -> None:
    whole, short = describe(record), describe(abridged(record))
    assert short.severity is whole.severity
    assert short.summary[:LINE] == whole.summary[:LINE]


def test_is_short() -> None:
    data = abridged(event("x" * LONGEST)).data
    assert data is not None
    assert len(data) < 2 * KEPT


def test_what_is_not_long_is_as_it_is() -> None:
    record = event("x")
    assert abridged(record) is record
