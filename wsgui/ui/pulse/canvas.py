"""What a lane is drawn on: the painter, the rectangle, and the way from a time to a place in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from wsgui.ui.pulse.span import Span
from wsgui.ui.theme import Theme

_OVER = 5.0
"""Pixels that something may lie outside of the rectangle: Qt takes long for lines that end far away."""


@dataclass(frozen=True)
class Canvas:
    """``rect`` is where the times of ``span`` go; to the left of it is a gutter for labels, as wide as ``left``."""

    painter: QPainter
    rect: QRectF
    left: float
    span: Span
    theme: Theme
    until: float
    """Up to here there can be something: the moment, or the end of the recording."""

    def x(self, t: float) -> float:
        """The place of a time."""
        x = self.rect.left() + (t - self.span.begin) / self.span.length * self.rect.width()
        return min(max(x, self.rect.left() - _OVER), self.rect.right() + _OVER)

    @property
    def gutter(self) -> QRectF:
        return QRectF(self.rect.left() - self.left, self.rect.top(), self.left - 6, self.rect.height())

    @contextmanager
    def clipped(self) -> Iterator[None]:
        """Draw meanwhile in the rectangle only, and a little above and below it."""
        self.painter.save()
        self.painter.setClipRect(self.rect.adjusted(-1, -_OVER, 1, _OVER))
        try:
            yield
        finally:
            self.painter.restore()

    def text(self, rect: QRectF, text: str, colour: str, *, right: bool = False) -> None:
        """One line of text, cut with an ellipsis where there is no room."""
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        self.painter.setPen(QColor(colour))
        text = self.painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(0, int(rect.width())))
        self.painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, text)

    def pen(self, colour: str, width: float = 1.0, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> None:
        self.painter.setPen(QPen(QColor(colour), width, style))
