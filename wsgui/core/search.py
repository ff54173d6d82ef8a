"""A search through a recording, in steps so short that a window goes on between them, and further as it grows."""

from __future__ import annotations

import time
from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wsgui.core.filters import Condition
    from wsgui.core.recorded import Recorded

STEP_TIME = 0.008
"""Seconds that a step should take."""
_FIRST, _LEAST, _MOST = 2000, 1, 100_000
"""Records of a step: how quick a condition is, is only known when it has been tried."""


class Search:
    """Which records of the recording meet the condition, beginning after the record number ``after``."""

    def __init__(self, recording: Recorded, condition: Condition, after: int = 0) -> None:
        self.matches = array("q")
        """The numbers of the records that were found, in order; eight bytes for each."""
        self._recording = recording
        self._condition = condition
        self.reached = after
        """The number of the last record that was looked at."""
        self.problem = ""
        """Why the search was given up, as a sentence; it is over then."""
        self._step = _FIRST

    @property
    def searching(self) -> bool:
        """Whether records are left that were not yet looked at."""
        return not self.problem and self.reached < self._recording.count

    def go_on(self) -> None:
        """Take one step."""
        from wsgui.core.filters import FilterError  # not before something is looked for: the window must be there first

        began = time.perf_counter()
        end = min(self.reached + self._step, self._recording.count)
        try:
            self.matches.extend(self._recording.matching(self._condition, self.reached, self._step))
        except FilterError as error:
            self.problem = str(error)
            return
        full = end == self.reached + self._step
        self.reached = max(end, self.reached)
        if full:
            took = time.perf_counter() - began
            self._step = max(_LEAST, min(_MOST, int(self._step * min(2.0, STEP_TIME / max(took, 1e-6)))))

    def place(self, seq: int) -> int | None:
        """How many matches are before the record with that number, if it is one."""
        place = bisect_left(self.matches, seq)
        return place if place < len(self.matches) and self.matches[place] == seq else None
