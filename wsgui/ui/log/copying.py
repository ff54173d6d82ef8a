"""Records as lines of text on the clipboard, made in steps so that a hundred thousand of them stop nothing."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from wsgui.ui.log.model import text_of

if TYPE_CHECKING:
    from wsgui.core.recorded import Recorded

MOST = 100_000
"""Lines that are copied at most: the last ones."""
_AT_ONCE = 100
_STEP_TIME = 0.01


class Copying(QObject):
    """Copies one set of records at a time; starting another, or ``stop``, gives up the one before."""

    done = Signal(int)
    """How many lines are on the clipboard now."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lines: list[str] = []
        self._source: Iterator[list[str]] = iter(())
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._step)

    def start(self, recording: Recorded, seqs: Sequence[int]) -> None:
        """Copy the records with these numbers. A few are on the clipboard when this returns."""
        self._lines = []
        self._source = _texts(recording, seqs[-MOST:])
        self._timer.start()
        self._step()

    def stop(self) -> None:
        """Give up; the clipboard keeps what it has."""
        self._timer.stop()

    def _step(self) -> None:
        until = time.perf_counter() + _STEP_TIME
        for texts in self._source:
            self._lines += texts
            if time.perf_counter() >= until:
                return
        self._timer.stop()
        if self._lines:
            QGuiApplication.clipboard().setText("\n".join(self._lines))
        self.done.emit(len(self._lines))


def _texts(recording: Recorded, seqs: Sequence[int]) -> Iterator[list[str]]:
    for start in itertools.count(0, _AT_ONCE):
        part = seqs[start : start + _AT_ONCE]
        if not part:
            return
        yield [text_of(record) for record in recording.pick(part)]
