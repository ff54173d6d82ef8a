"""The heartbeat in one line, with a thin bar that fills up until the next ping: for the strip under the URL.

It paints its text itself. A label tells its parents of each new text, and the whole window would be laid out again
every second.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from wsgui.core.beats import Beats
from wsgui.core.i18n import _
from wsgui.core.pulse_words import countdown, heartbeat_lines, heartbeat_sentence
from wsgui.ui import theme

_BAR = 2


class HeartbeatLine(QWidget):
    """Shows :class:`Beats` at a moment; of several forms of the text the longest that has room."""

    def __init__(self) -> None:
        super().__init__()
        self._forms: tuple[str, ...] = ()
        self._part = 0.0
        self._tone = ""
        self.setObjectName("heartbeatLine")
        self.setAccessibleName(_("Heartbeat"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(
            metrics.horizontalAdvance(_("next ping sent in 00 s · every 00.0 s · 0 late")), metrics.height() + 6
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    @property
    def text(self) -> str:
        """The line as there is room for it; empty if there is nothing to say, or no room at all."""
        metrics, width = self.fontMetrics(), self.width()
        return next((form for form in self._forms if metrics.horizontalAdvance(form) <= width), "")

    def show_beats(self, beats: Beats, now: float | None) -> None:
        """``now`` in the time of the records; ``None`` if there is no connection."""
        forms = heartbeat_lines(beats, now)
        part = _part(beats, now)
        tone = _tone(beats, now)
        changed = (
            forms != self._forms or tone != self._tone or int(part * self.width()) != int(self._part * self.width())
        )
        self._part = part
        if forms != self._forms:
            sentence = heartbeat_sentence(beats, now)
            self.setToolTip(sentence)
            self.setAccessibleDescription(sentence)
        self._forms, self._tone = forms, tone
        if changed:
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        text = self.text
        if not text:
            return
        colours = theme.current()
        painter = QPainter(self)
        width = min(self.width(), painter.fontMetrics().horizontalAdvance(text))
        painter.setPen(QColor(getattr(colours, self._tone)))
        row = QRectF(0, 0, self.width(), self.height() - _BAR)
        painter.drawText(row, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        if self._part > 0:
            painter.fillRect(QRectF(0, self.height() - _BAR, width, _BAR), QColor(colours.hover))
            painter.fillRect(QRectF(0, self.height() - _BAR, width * self._part, _BAR), QColor(colours.accent))


def seconds_to_change(beats: Beats, now: float) -> float:
    """When the countdown says something else: at the next whole second, five times in the last one."""
    if beats.due is None or not countdown(beats, now):
        return 1.0
    left = beats.due - now
    return 0.2 if 0 < left <= 1.05 else max(0.05, left % 1.0) if left > 0 else 1.0


def _part(beats: Beats, now: float | None) -> float:
    """How much of the interval is over, from 0 to 1."""
    if now is None or beats.due is None or beats.interval is None:
        return 0.0
    return min(1.0, max(0.0, 1 - (beats.due - now) / beats.interval))


def _tone(beats: Beats, now: float | None) -> str:
    late_from = beats.late_from
    return "warning" if now is not None and late_from is not None and now > late_from else "muted"
