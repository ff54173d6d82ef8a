"""The two narrow lanes: the states as steps of a stair, the pings as strokes.

Nothing is told by colour alone: the further a connection got, the higher its step, and its name stands in it; a late
ping has a triangle and a missed one a cross.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from wsgui.core.beats import Beat, Beats, Mark
from wsgui.core.i18n import _
from wsgui.core.pulse import Phase, Stay
from wsgui.core.pulse_words import PHASE_LABEL, exact
from wsgui.ui.pulse.canvas import Canvas
from wsgui.ui.theme import Theme

_STEP: Mapping[Phase, float] = MappingProxyType(
    {
        Phase.CLOSED: 0.12,
        Phase.CLOSING: 0.3,
        Phase.WAITING: 0.3,
        Phase.CONNECTING: 0.5,
        Phase.RECONNECTING: 0.5,
        Phase.POLLING: 0.75,
        Phase.WEBSOCKET: 1.0,
    }
)
"""The height of each phase, as a part of the lane."""
_SIGN = 4.0
"""Half the size of a sign, in pixels."""
_CLEAR = 6.0
"""Pixels around a text."""


def _ground(phase: Phase, theme: Theme) -> tuple[str, str]:
    """The colours of a step and of its edge."""
    if phase in (Phase.POLLING, Phase.WEBSOCKET):
        return theme.good_tint, theme.good
    if phase in (Phase.CLOSED, Phase.CLOSING):
        return theme.raised, theme.muted
    return theme.warning_tint, theme.warning


def draw_states(canvas: Canvas, stays: list[Stay]) -> None:
    """The phases over the time, each as high as it is far."""
    painter, rect = canvas.painter, canvas.rect
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    drawn = rect.left() - 1
    for stay in stays:
        begin, end = canvas.x(stay.begin), canvas.x(canvas.until if stay.end is None else stay.end)
        if end < rect.left() or begin > rect.right() or max(end, begin + 1) <= drawn:
            continue
        end = drawn = max(end, begin + 1)
        height = rect.height() * _STEP[stay.phase]
        fill, edge = _ground(stay.phase, canvas.theme)
        step = QRectF(begin, rect.bottom() - height, end - begin, height)
        painter.fillRect(step, QColor(fill))
        painter.fillRect(QRectF(begin, step.top(), end - begin, 2), QColor(edge))
        label = QRectF(max(begin, rect.left()) + _CLEAR, rect.top(), 0, rect.height())
        label.setRight(min(end, rect.right()) - _CLEAR)
        text = _(PHASE_LABEL[stay.phase])
        width = painter.fontMetrics().horizontalAdvance(text)
        if label.width() >= width:
            if height < label.height() * 0.7:  # the edge of a low step would strike the text through
                label.setWidth(width + 2)
                painter.fillRect(label.adjusted(-2, 0, 2, 0), QColor(canvas.theme.surface))
            canvas.text(label, text, canvas.theme.text)


def draw_beats(canvas: Canvas, beats: Beats, *, live: bool) -> None:
    """Each ping a stroke, the interval between two where there is room, and a ring where the next is expected."""
    painter, rect, theme = canvas.painter, canvas.rect, canvas.theme
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
    canvas.pen(theme.border)
    middle = rect.center().y()
    painter.drawLine(QLineF(rect.left(), middle, rect.right(), middle))
    before = rect.left() - 1
    for beat in beats.marks:
        if not canvas.span.begin <= beat.t <= canvas.span.end:
            continue
        x = canvas.x(beat.t)
        if x - before >= 1 or beat.mark is not Mark.ON_TIME:
            _draw_interval(canvas, beat, x)
            _draw_mark(canvas, beat.mark, x)
            before = x
    if live and beats.due is not None and canvas.span.begin <= beats.due <= canvas.span.end:
        canvas.pen(theme.accent, 1.5)
        painter.setBrush(QColor(theme.surface))
        painter.drawEllipse(QPointF(canvas.x(beats.due), middle), _SIGN, _SIGN)


def _draw_interval(canvas: Canvas, beat: Beat, x: float) -> None:
    if beat.interval is None:
        return
    left = max(canvas.x(beat.t - beat.interval), canvas.rect.left())
    text = exact(beat.interval)
    width = canvas.painter.fontMetrics().horizontalAdvance(text) + 4
    if x - left < width + 2 * _CLEAR:
        return
    label = QRectF((left + x - width) / 2, canvas.rect.top(), width, canvas.rect.height())
    canvas.painter.fillRect(label, QColor(canvas.theme.surface))
    canvas.text(label.adjusted(2, 0, 2, 0), text, canvas.theme.muted)


def _draw_mark(canvas: Canvas, mark: Mark, x: float) -> None:
    painter, rect, theme = canvas.painter, canvas.rect, canvas.theme
    if mark is Mark.MISSED:
        canvas.pen(theme.bad, 2)
        y = rect.center().y()
        painter.drawLine(QLineF(x - _SIGN, y - _SIGN, x + _SIGN, y + _SIGN))
        painter.drawLine(QLineF(x - _SIGN, y + _SIGN, x + _SIGN, y - _SIGN))
        return
    colour = theme.good if mark is Mark.ON_TIME else theme.warning
    canvas.pen(colour, 2)
    painter.drawLine(QLineF(x, rect.top() + 3, x, rect.bottom() - 3))
    if mark is Mark.LATE:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        top = rect.top() + 1
        painter.drawPolygon(
            QPolygonF([QPointF(x - _SIGN - 1, top), QPointF(x + _SIGN + 1, top), QPointF(x, top + 2 * _SIGN)])
        )
