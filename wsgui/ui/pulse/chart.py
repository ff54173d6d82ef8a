"""The four lanes over one axis of time, and what pointer and keys do with it.

The chart paints when it is told that something changed and never by itself; its pane decides when.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from wsgui.core.i18n import _
from wsgui.core.pulse import Pulse
from wsgui.ui import theme
from wsgui.ui.pulse.picture import Picture
from wsgui.ui.pulse.span import Span
from wsgui.ui.pulse.view import View

_ZOOM = 1.25
"""Per notch of the wheel, and per key."""
_STEP = 0.1
"""The part of the span that an arrow key moves."""
_REACH = 8
"""Pixels from the pointer within which it finds a ping or an answer."""


class Chart(QWidget):
    """Shows a :class:`Pulse` up to the time :attr:`View.now`, as far as its :class:`View` says."""

    pause_wanted = Signal()
    """The person pressed Space."""
    span_changed = Signal()
    """Another part of the time is shown, or it is followed, or not any more."""

    def __init__(self) -> None:
        super().__init__()
        self.pulse = Pulse()
        self.view = View()
        self.paused = False
        self.of_bytes = False
        self._cursor: float | None = None
        self._dragged: QPointF | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(640, 320)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, int(10.5 * self.fontMetrics().height()) + 50)

    # The part of the time

    @property
    def span(self) -> Span:
        """What is shown."""
        return self.view.span

    def reset(self) -> None:
        self.view.reset()
        self._tell()

    def show_all(self) -> None:
        self.view.show_all()
        self._tell()

    def zoom(self, factor: float, about: float | None = None) -> None:
        self.view.zoom(factor, self._cursor if about is None else about)
        self._tell()

    def shift(self, seconds: float) -> None:
        self.view.shift(seconds)
        self._tell()

    def follow(self, follow: bool = True) -> None:
        if follow:
            self.view.follow()
        else:
            self.view.hold()
        self._tell()

    def _tell(self) -> None:
        self.span_changed.emit()
        self.update()

    # The pointer and the keys

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / 120 or -event.angleDelta().x() / 120
        if notches:
            self.zoom(_ZOOM**-notches, self._time(event.position().x()))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._dragged = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            plot = self._plot_width
            moved = (self._dragged.x() - event.position().x()) / max(1.0, plot) * self.span.length
            self._dragged = event.position()
            if moved:
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
                self.shift(moved)
        self._point_at(self._time(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged = None
        self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.reset()

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        sign = -1 if key == Qt.Key.Key_Left else 1 if key == Qt.Key.Key_Right else 0
        if sign and shift:
            self._step_cursor(sign)
        elif sign:
            self.shift(sign * _STEP * self.span.length)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Up):
            self.zoom(1 / _ZOOM)
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Down):
            self.zoom(_ZOOM)
        elif key == Qt.Key.Key_Home:
            self.show_all()
        elif key == Qt.Key.Key_End:
            self.follow()
        elif key in (Qt.Key.Key_0, Qt.Key.Key_Escape):
            self._point_at(None)
            self.reset()
        elif key == Qt.Key.Key_Space:
            self.pause_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _step_cursor(self, sign: int) -> None:
        """Move the mark that the readings are of, for who has no pointer."""
        span = self.span
        begin = self._cursor if self._cursor is not None else min(self.view.now, span.end)
        self._point_at(min(max(begin + sign * span.length / 50, span.begin), span.end))

    def _point_at(self, t: float | None) -> None:
        if t != self._cursor:
            self._cursor = t
            self.update()

    @property
    def pointed(self) -> float | None:
        """The time that the readings are of, if one was pointed at."""
        return self._cursor

    # Painting

    def picture(self) -> Picture:
        """What is to be painted now."""
        return Picture(
            self.pulse, self.view, theme.current(), self._left, self._plot_width, self.height(), self._cursor,
            self._reach, self.paused, self.of_bytes,
        )  # fmt: skip

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.current()
        painter.setPen(QColor(colours.accent if self.hasFocus() else colours.border))
        painter.setBrush(QColor(colours.surface))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        self.picture().paint(painter)

    # Places

    @property
    def _left(self) -> float:
        return self.fontMetrics().horizontalAdvance(_("1,000 kB/s")) + 10.0

    @property
    def _plot_width(self) -> float:
        return max(20.0, self.width() - self._left - 10)

    @property
    def _reach(self) -> float:
        return _REACH / self._plot_width * self.span.length

    def _time(self, x: float) -> float | None:
        """The time at a place, if it is in the plots."""
        if not self._left - 1 <= x <= self._left + self._plot_width + 1:
            return None
        return self.span.begin + (x - self._left) / self._plot_width * self.span.length
