"""How the time of an exchange was spent: a bar for each phase, from the first byte sent to the last received."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from wsgui.core.clock import clock
from wsgui.core.i18n import _
from wsgui.core.records import Kind, Record
from wsgui.core.wire.exchange import PHASES, Phase, phases, span
from wsgui.core.wire.facts import number, whole
from wsgui.ui import theme
from wsgui.ui.wire.model import time_text
from wsgui.ui.wire.waterfall import phase_colour

_MARGIN = 8
_NARROWEST = 2.0


class TimingView(QWidget):
    """Paints lines of text, then the phases."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("wireTiming")
        self.setAccessibleName(_("Timing"))
        self._lines: list[tuple[str, str]] = []
        self._phases: list[Phase] = []
        theme.changed.connect(self.update)

    def show_record(self, record: Record) -> None:
        """Show when this record was, and the phases of its time if it has any."""
        self._phases = phases(record)
        self._lines = _facts(record)
        spoken = [f"{label}: {value}" for label, value in self._lines]
        spoken += [f"{phase_name(phase.name)}: {time_text(phase.seconds)}" for phase in self._phases]
        self.setAccessibleDescription("\n".join(spoken))
        self.setMinimumHeight(self.sizeHint().height())
        self.update()

    def sizeHint(self) -> QSize:
        rows = len(self._lines) + len(self._phases) + bool(self._phases)
        return QSize(400, rows * self._row_height() + 2 * _MARGIN)

    def _row_height(self) -> int:
        return self.fontMetrics().height() + 6

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = theme.current()
        metrics, height = self.fontMetrics(), self._row_height()
        names = [label for label, _value in self._lines] + [phase_name(phase.name) for phase in self._phases]
        label_width = max((metrics.horizontalAdvance(name) for name in names), default=0) + 16
        value_width = metrics.horizontalAdvance("99999.9 ms") + 8
        top = float(_MARGIN)
        left = float(_MARGIN)
        middle = Qt.AlignmentFlag.AlignVCenter
        for label, value in self._lines:
            painter.setPen(QColor(look.muted))
            painter.drawText(QRectF(left, top, label_width, height), middle, label)
            painter.setPen(QColor(look.text))
            painter.drawText(QRectF(left + label_width, top, self.width(), height), middle, value)
            top += height
        top += height / 2
        total = max((phase.begin + phase.seconds for phase in self._phases), default=0.0)
        room = self.width() - 2 * _MARGIN - label_width - value_width
        for phase in self._phases:
            painter.setPen(QColor(look.muted))
            painter.drawText(QRectF(left, top, label_width, height), middle, phase_name(phase.name))
            if total > 0 and room > 20:
                width = max(_NARROWEST, room * phase.seconds / total)
                begin = min(left + label_width + room * phase.begin / total, left + label_width + room - width)
                painter.fillRect(QRectF(begin, top + 4, width, height - 8), phase_colour(phase.name))
            painter.setPen(QColor(look.text))
            right = QRectF(self.width() - _MARGIN - value_width, top, value_width, height)
            painter.drawText(right, middle | Qt.AlignmentFlag.AlignRight, time_text(phase.seconds))
            top += height


def phase_name(name: str) -> str:
    """What a phase is called."""
    return _(PHASES[name]) if name in PHASES else _("Not accounted for")


def _seconds(seconds: float) -> str:
    return _("{seconds:.3f} s").format(seconds=seconds)


def _facts(record: Record) -> list[tuple[str, str]]:
    begin, end = span(record)
    lines = []
    if record.kind in (Kind.HTTP, Kind.WS_OPEN):
        lines.append((_("Began"), f"{clock(record.wall - (end - begin))}  (+{_seconds(begin)})"))
        lines.append((_("Ended"), f"{clock(record.wall)}  (+{_seconds(end)})"))
        lines.append((_("Took"), time_text(end - begin)))
        socket = whole(record.fact("socket"))
        if socket is not None:
            is_new = any(phase.name == "connect" for phase in phases(record))
            text = _("{n}, new") if is_new else _("{n}, that was open already")
            lines.append((_("TCP connection"), text.format(n=socket)))
    else:
        lines.append((_("At"), f"{clock(record.wall)}  (+{_seconds(end)})"))
        round_trip = number(record.fact("rtt"))
        if round_trip is not None:
            lines.append((_("Round trip"), time_text(round_trip)))
    return lines
