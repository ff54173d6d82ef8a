"""Which of the rows of the log have what is looked for: counted in the background, further as rows arrive."""

from __future__ import annotations

import time
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from wsgui.ui.log.model import REFRESH, LogModel

if TYPE_CHECKING:
    from wsgui.core.filters import Condition
    from wsgui.core.search import Search


class Hits(QObject):
    """The records among the rows of ``model`` that meet a condition of their own."""

    changed = Signal()
    """There are more, or others, or the search is over."""

    def __init__(self, model: LogModel) -> None:
        super().__init__(model)
        self._log = model
        self._condition: Condition | None = None
        self._search: Search | None = None
        self._told = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._step)
        model.modelReset.connect(self._start_over)
        model.counted.connect(self._go_on)

    def want(self, condition: Condition | None) -> None:
        """Look for this from now on; ``None`` for nothing."""
        if condition != self._condition:
            self._condition = condition
            self._start_over()

    @property
    def count(self) -> int:
        """How many were found so far."""
        return len(self._search.matches) if self._search else 0

    @property
    def searching(self) -> bool:
        """Whether there may be more."""
        return self._search is not None and self._search.searching

    @property
    def problem(self) -> str:
        """Why it was given up, as a sentence."""
        return self._search.problem if self._search is not None else ""

    def place(self, seq: int | None) -> int | None:
        """How many hits are before that record, if it is one."""
        return None if self._search is None or seq is None else self._search.place(seq)

    def next(self, seq: int) -> int | None:
        """The first hit behind the record with that number; past the last one it is the first of all.

        ``None`` as long as that is not known, and if there is none.
        """
        if self._search is None or not (matches := self._search.matches):
            return None
        place = bisect_right(matches, seq)
        if place < len(matches):
            return matches[place]
        return None if self.searching else matches[0]

    def previous(self, seq: int) -> int | None:
        """The last hit before the record with that number; before the first one it is the last of all.

        ``None`` as long as that is not known, and if there is none.
        """
        if self._search is None or not (matches := self._search.matches):
            return None
        place = bisect_left(matches, seq)
        is_known = not self.searching or (place > 0 and self._search.reached >= seq - 1)
        return matches[place - 1] if is_known else None

    def _start_over(self) -> None:
        self._search = self._log.search(self._condition) if self._condition is not None else None
        self._told = 0.0
        self.changed.emit()
        self._go_on()

    def _go_on(self) -> None:
        if self.searching and not self._timer.isActive():
            self._timer.start()

    def _step(self) -> None:
        if self._search is None or not self._search.searching:
            self._timer.stop()
            return
        self._search.go_on()
        now = time.perf_counter()
        if now - self._told >= REFRESH / 1000 or not self._search.searching:
            self._told = now
            self.changed.emit()
