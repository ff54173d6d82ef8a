"""Records in memory, and which of them a filter shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest

from wsgui.core.filters import parse
from wsgui.core.recording import Recording
from wsgui.core.records import Record

Found = Callable[[str], list[int]]


@pytest.fixture(scope="module")
def recording(request: pytest.FixtureRequest) -> Iterator[Recording]:
    """The ``RECORDS`` of the module."""
    records: Sequence[Record] = request.module.RECORDS
    recording = Recording(None)
    for each in records:
        recording.append(each)
    recording.flush()
    yield recording
    recording.close()


@pytest.fixture
def found(recording: Recording) -> Found:
    """``found(text)`` are the numbers of the records that the filter shows."""

    def found(text: str) -> list[int]:
        condition = parse(text)
        assert condition is not None
        return recording.matching(condition, 0, 100)

    return found
