"""The waterfall: when each row began and ended, and the phases of its time, on the scale of the rows in view."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from wsgui.core.wire.rows import WireRow
from wsgui.ui import theme

NARROWEST = 3.0
"""Pixels of the shortest bar."""


def phase_colour(name: str) -> QColor:
    """The colour of a phase; what no phase accounts for is grey."""
    look = theme.current()
    colours = {
        "dns": look.muted,
        "connect": look.warning,
        "proxy": look.bad,
        "tls": look.changed,
        "send": look.text,
        "wait": look.good,
        "receive": look.accent,
    }
    return QColor(colours.get(name, look.border))


class Waterfall(QStyledItemDelegate):
    """Paints one row's bar; ``span`` gives the begin and end of what the column shows, in seconds."""

    def __init__(self, parent: QWidget, row: Callable[[int], WireRow], span: Callable[[], tuple[float, float]]) -> None:
        super().__init__(parent)
        self._row = row
        self._span = span

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)  # the ground, and whether it is selected
        area = QRectF(option.rect).adjusted(6, 6, -6, -6)
        first, last = self._span()
        if area.width() < 8 or last <= first:
            return
        row = self._row(index.row())
        scale = area.width() / (last - first)
        left = area.left() + (row.begin - first) * scale
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.end <= row.begin:  # a frame: a moment
            painter.setPen(QPen(theme.severity_colour(row.severity), 2))
            middle = min(max(left, area.left() + 1), area.right() - 1)
            painter.drawLine(int(middle), int(area.top()), int(middle), int(area.bottom()))
        else:
            width = max(NARROWEST, (row.end - row.begin) * scale)
            left = min(left, area.right() - width)
            paint_phases(painter, QRectF(left, area.top(), width, area.height()), row)
        painter.restore()


def paint_phases(painter: QPainter, bar: QRectF, row: WireRow) -> None:
    """The phases of an exchange side by side in ``bar``."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillRect(bar, phase_colour(""))
    total = row.end - row.begin
    for phase in row.phases:
        part = QRectF(
            bar.left() + bar.width() * min(phase.begin / total, 1.0),
            bar.top(),
            bar.width() * min(phase.seconds / total, 1.0),
            bar.height(),
        )
        painter.fillRect(part.intersected(bar), phase_colour(phase.name))
