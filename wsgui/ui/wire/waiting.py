"""The exchanges under way: what is asked, and for how long the answer has not come."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from wsgui.core.i18n import _
from wsgui.core.visible import one_line
from wsgui.ui.elided_label import ElidedLabel

TICK = 100
"""Milliseconds between two looks at the clock, while something waits and somebody sees it."""
MOST = 3


class Waiting(NamedTuple):
    """An exchange without an answer; ``since`` is of ``time.monotonic``."""

    since: float
    method: str
    url: str


class WaitingStrip(ElidedLabel):
    """One line: ``Waiting: 12.3 s GET …``. It is empty, and its clock stands, while nothing waits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("wireWaiting")
        self.setAccessibleName(_("Exchanges under way"))
        self.setProperty("tone", "muted")
        self.source: Callable[[], Iterable[Waiting]] = tuple
        """Tells what waits now."""
        self._timer = QTimer(self)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Ask again. Whoever hears that something happened calls it; it goes on by itself while something waits."""
        waiting = sorted(self.source())
        now = time.monotonic()
        parts = [
            _("{seconds:.1f} s").format(seconds=now - each.since) + f" {each.method} {each.url}"
            for each in waiting[:MOST]
        ]
        if len(waiting) > MOST:
            parts.append(_("{n} more").format(n=len(waiting) - MOST))
        self.setText(one_line(_("Waiting: {what}").format(what=" · ".join(parts)), 1000) if parts else "")
        if not (waiting and self.isVisible()):
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
