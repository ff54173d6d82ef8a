"""A search goes through a recording in steps, and on when it has grown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from wsgui.core.filters import Condition, parse
from wsgui.core.recording import Recording
from wsgui.core.records import Direction, Kind, Record
from wsgui.core.search import Search


@pytest.fixture
def recording() -> Iterator[Recording]:
    recording = Recording(None)
    yield recording
    recording.close()


def append(recording: Recording, number: int) -> None:
    for seq in range(recording.count + 1, recording.count + number + 1):
        recording.append(Record(seq, 0.0, 0.0, 1, Direction.IN, Kind.EVENT, f'2["{"tick" if seq % 2 else "tock"}"]'))
    recording.flush()


def is_over(search: Search) -> bool:
    return not search.searching


def tock() -> Condition:
    condition = parse("tock")
    assert condition is not None
    return condition


def test_goes_in_steps(recording: Recording) -> None:
    append(recording, 10_000)
    search = Search(recording, tock())
    search.go_on()
    assert not is_over(search)
    assert 0 < len(search.matches) < 5000
    while not is_over(search):
        search.go_on()
    assert list(search.matches) == list(range(2, 10_001, 2))
    assert (search.place(2), search.place(3), search.place(10_000), search.place(10_002)) == (0, None, 4999, None)


def test_goes_on_as_the_recording_grows(recording: Recording) -> None:
    append(recording, 5)
    search = Search(recording, tock(), after=2)
    search.go_on()
    assert is_over(search)
    append(recording, 5)
    assert not is_over(search)
    search.go_on()
    assert list(search.matches) == [4, 6, 8, 10]
    search.go_on()
    assert list(search.matches) == [4, 6, 8, 10]
