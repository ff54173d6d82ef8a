"""The chart as it is painted: where each lane goes, its title and its reading, the axis, and the line at the pointer.

With too little room the plot of the round trips goes first, then the other one; their readings stay, in the top line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from wsgui.core.i18n import _
from wsgui.core.pulse import Pulse
from wsgui.ui.pulse import readout
from wsgui.ui.pulse.canvas import Canvas
from wsgui.ui.pulse.lanes import draw_beats, draw_states
from wsgui.ui.pulse.plots import draw_round_trips, draw_traffic
from wsgui.ui.pulse.span import clock, round_times
from wsgui.ui.pulse.view import View
from wsgui.ui.theme import Theme

GAP = 6
"""Pixels between two things."""
_LOWEST = 24
"""Pixels of height, less than which a plot shows nothing."""


class Value(NamedTuple):
    """A reading at the right of a title; of a line its sample stands before it."""

    text: str
    colour: str
    sample: Qt.PenStyle | None = None


@dataclass(frozen=True)
class Picture:
    """What is painted, and where: ``left`` is where the plots begin, ``width`` their width, ``reach`` in seconds."""

    pulse: Pulse
    view: View
    theme: Theme
    left: float
    width: float
    height: float
    cursor: float | None
    reach: float
    paused: bool
    of_bytes: bool

    def paint(self, painter: QPainter) -> None:
        """Paint all of it."""
        line = painter.fontMetrics().height()
        top = self._canvas(painter, 5, line)
        states = self._canvas(painter, top.rect.bottom() + 3, line + 4)
        beats = self._canvas(painter, states.rect.bottom() + GAP, line + 4)
        bottom = self.height - line - 6
        room, head = bottom - beats.rect.bottom() - GAP, line + 2 * GAP
        number = 2 if room >= 2 * (head + _LOWEST) else 1 if room >= head + _LOWEST else 0
        plots = [
            self._canvas(painter, beats.rect.bottom() + place * room / number + head, room / number - head)
            for place in range(number)
        ]
        lanes = self._canvas(painter, states.rect.top(), bottom - states.rect.top())

        top.text(top.rect, self._reading(number), self.theme.text)
        self._draw_times(lanes)
        for lane, title in ((states, _("State")), (beats, _("Pings"))):
            lane.text(lane.gutter, title, self.theme.muted, right=True)
        with states.clipped():
            draw_states(states, list(self.pulse.stays))
        with beats.clipped():
            draw_beats(beats, self.pulse.beats, live=self.view.live)
        if number:
            self._draw_title(plots[-1], self._traffic_title, *self._traffic_values())
            draw_traffic(plots[-1], self.pulse.received, self.pulse.sent, of_bytes=self.of_bytes, live=self.view.live)
        if number == 2:
            self._draw_title(plots[0], _("Round trip"), Value(self._round_trip(), self.theme.text))
            draw_round_trips(plots[0], self.pulse.round_trips)
        self._draw_cursor(lanes)

    def _canvas(self, painter: QPainter, top: float, height: float) -> Canvas:
        rect = QRectF(self.left, top, self.width, height)
        return Canvas(painter, rect, self.left, self.view.span, self.theme, self.view.now)

    # Readings

    def _reading(self, plots: int) -> str:
        """The line above the lanes, with the readings of the plots for which there is no room."""
        if self.cursor is not None:
            parts = [readout.moment(self.pulse, self.cursor, self.view.span, self.reach)]
        else:
            span, wall = self.view.span, self.pulse.wall
            follows = _("follows the newest") if self.view.live and self.view.following else ""
            parts = [f"{clock(span.begin, wall)} – {clock(span.end, wall)}" if wall else ""]
            parts.append(_("paused") if self.paused else follows)
        if plots < 1:
            parts += [value.text for value in self._traffic_values()]
        if plots < 2 and (time := self._round_trip()):
            parts.append(_("round trip {time}").format(time=time))
        return " · ".join(filter(None, parts))

    def _round_trip(self) -> str:
        return readout.round_trip(self.pulse, self.cursor, self.reach)

    @property
    def _traffic_title(self) -> str:
        return _("Bytes per second") if self.of_bytes else _("Messages per second")

    def _traffic_values(self) -> tuple[Value, Value]:
        """What was received and sent at the pointer, or in the last second that is over."""
        t = self.view.now - 1 if self.cursor is None else self.cursor
        received, sent = readout.traffic(self.pulse, t, of_bytes=self.of_bytes)
        return (
            Value(received, self.theme.received, Qt.PenStyle.SolidLine),
            Value(sent, self.theme.sent, Qt.PenStyle.DashLine),
        )

    # Drawing

    def _draw_title(self, canvas: Canvas, title: str, *values: Value) -> None:
        """A title to the left, readings to the right, above a plot."""
        metrics = canvas.painter.fontMetrics()
        line = metrics.height()
        row = QRectF(self.left, canvas.rect.top() - line - 3, self.width, line)
        for value in reversed(values):
            width = min(row.width(), metrics.horizontalAdvance(value.text) + 2)
            place = QRectF(row.right() - width, row.top(), width, line)
            canvas.text(place, value.text, value.colour, right=True)
            row.setRight(place.left() - GAP)
            if value.sample is not None and row.width() > 2 * line:
                canvas.pen(value.colour, 1.5, value.sample)
                y = row.center().y()
                canvas.painter.drawLine(QPointF(row.right() - 20, y), QPointF(row.right(), y))
                row.setRight(row.right() - 20 - 2 * GAP)
        canvas.text(row, title, self.theme.muted)

    def _draw_times(self, canvas: Canvas) -> None:
        """The axis: round times of the day below, and a faint line through all lanes at each."""
        painter, wall = canvas.painter, self.pulse.wall
        metrics = painter.fontMetrics()
        widest = metrics.horizontalAdvance("00:00:00.00") + 2 * GAP
        times, digits = round_times(canvas.span, wall, int(canvas.rect.width() / widest))
        for t in times:
            x = canvas.x(t)
            canvas.pen(self.theme.hover)
            painter.drawLine(QPointF(x, canvas.rect.top()), QPointF(x, canvas.rect.bottom()))
            if wall:
                left = min(max(x - widest / 2, canvas.rect.left()), canvas.rect.right() - widest)
                painter.setPen(QColor(self.theme.muted))
                label = QRectF(left, canvas.rect.bottom() + 3, widest, metrics.height())
                painter.drawText(label, Qt.AlignmentFlag.AlignCenter, clock(t, wall, digits))

    def _draw_cursor(self, canvas: Canvas) -> None:
        if self.cursor is not None and canvas.span.begin <= self.cursor <= canvas.span.end:
            x = canvas.x(self.cursor)
            canvas.pen(self.theme.text, 1, Qt.PenStyle.DotLine)
            canvas.painter.drawLine(QPointF(x, canvas.rect.top()), QPointF(x, canvas.rect.bottom()))
