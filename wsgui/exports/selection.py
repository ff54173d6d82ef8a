"""The records that are exported: all of a recording or those that a filter shows, page by page, in bounded memory."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from wsgui.core.filters import Condition
from wsgui.core.recorded import Recorded
from wsgui.core.records import Record
from wsgui.core.redact import Redaction

PAGE = 500
"""Records read at once."""
_SEARCHED = 20_000
"""Records compared with the filter at once."""


class CancelledExportError(Exception):
    """The person gave the export up."""


class Selection:
    """Iterates over the selected records, as often as it is asked to.

    ``went_on(done, total)`` is called after each page, with the numbers of records; what it raises ends the iteration.
    With a ``redaction`` they are without secrets.
    """

    def __init__(
        self,
        recording: Recorded,
        condition: Condition | None = None,
        went_on: Callable[[int, int], None] = lambda done, total: None,
        redaction: Redaction | None = None,
    ) -> None:
        self._recording = recording
        self._redaction = redaction
        self._condition = condition
        self._went_on = went_on
        self._last = recording.count
        """What is recorded from now on is not part of it."""
        self._seqs: Sequence[int] | None = range(1, self._last + 1) if condition is None else None

    @property
    def meta(self) -> Mapping[str, str]:
        """What the recording says about itself."""
        meta = self._recording.meta
        redaction = self._redaction
        return {key: redaction.text(value) for key, value in meta.items()} if redaction else meta

    @property
    def path(self) -> Path | None:
        """The file of the recording, if it has one."""
        return self._recording.path

    @property
    def is_all(self) -> bool:
        """Whether nothing is left out."""
        return self._condition is None

    @property
    def seqs(self) -> Sequence[int]:
        """The numbers of the selected records, in order: eight bytes each."""
        if self._seqs is None:
            self._seqs = self._search()
        return self._seqs

    def __iter__(self) -> Iterator[Record]:
        total = len(self.seqs)
        for start in range(0, total, PAGE):
            page = self._page(start)
            yield from map(self._redaction.record, page) if self._redaction else page
            self._went_on(min(start + PAGE, total), total)

    def _page(self, start: int) -> list[Record]:
        if self._condition is None:
            return self._recording.rows(start, min(PAGE, self._last - start))
        return self._recording.pick(self.seqs[start : start + PAGE])

    def _search(self) -> Sequence[int]:
        assert self._condition is not None
        found = array("q")
        for after in range(0, self._last, _SEARCHED):
            found.extend(self._recording.matching(self._condition, after, min(_SEARCHED, self._last - after)))
            self._went_on(0, self._last)
        return found
