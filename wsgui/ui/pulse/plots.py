"""The two plots: round trips as points, traffic as steps. The received is a filled line, the sent a dashed one."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from wsgui.core.i18n import _, number
from wsgui.core.series import Point, Series
from wsgui.ui.pulse.canvas import Canvas
from wsgui.ui.pulse.span import round_top

_DOT = 2.5
_FILL = 50
"""Of 255: how much of the colour is under a line."""


def draw_round_trips(canvas: Canvas, series: Series) -> None:
    """A point for each answer; where several share a place, a stroke from the quickest to the slowest."""
    points = series.between(canvas.span.begin, canvas.span.end, int(canvas.rect.width() / 3))
    top = round_top(max((point.high for point in points), default=0.0) or 0.001)
    _draw_scale(canvas, top, _short)
    painter = canvas.painter
    with canvas.clipped():
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
        for point in points:
            x = canvas.x(point.begin + point.width / 2)
            if point.number > 1:
                canvas.pen(canvas.theme.accent, 1)
                painter.drawLine(QLineF(x, _y(canvas, point.low / top), x, _y(canvas, point.high / top)))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(canvas.theme.accent))
            painter.drawEllipse(QPointF(x, _y(canvas, point.mean / top)), _DOT, _DOT)


def draw_traffic(canvas: Canvas, received: Series, sent: Series, *, of_bytes: bool, live: bool) -> None:
    """Messages or bytes a second. The second that is not over is left out while the connection is live."""
    lines = [_rates(canvas, series, of_bytes=of_bytes, live=live) for series in (received, sent)]
    top = round_top(max((rate for line in lines for _begin, _end, rate in line), default=0.0) or 1.0)
    _draw_scale(canvas, top, byte_rate if of_bytes else message_rate)
    theme = canvas.theme
    with canvas.clipped():
        if lines[0]:
            _draw_stair(canvas, _stair(canvas, lines[0], top), theme.received, Qt.PenStyle.SolidLine)
        if lines[1]:
            _draw_stair(canvas, _stair(canvas, lines[1], top), theme.sent, Qt.PenStyle.DashLine)


def _draw_stair(canvas: Canvas, stair: QPolygonF, colour: str, style: Qt.PenStyle) -> None:
    painter = canvas.painter
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    if style is Qt.PenStyle.SolidLine:
        fill = QColor(colour)
        fill.setAlpha(_FILL)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawPolygon(stair)
    canvas.pen(colour, 1.5, style)
    painter.drawPolyline(stair)


def rate_at(series: Series, t: float, *, of_bytes: bool) -> float:
    """Messages or bytes a second at a time; 0 where there were none."""
    point = series.at(t)
    return 0.0 if point is None else point.total_per_second if of_bytes else point.per_second


def message_rate(rate: float) -> str:
    """``12/s``, ``0.3/s``, ``1,200/s``."""
    return (
        _("{rate:,.0f}/s").format(rate=rate) if rate >= 10 or rate == int(rate) else _("{rate:.1f}/s").format(rate=rate)
    )


def byte_rate(rate: float) -> str:
    """``12 B/s``, ``3.4 kB/s``, ``1.2 MB/s``: decimal, as a network's rates are."""
    for unit, size in ((_("MB/s"), 1e6), (_("kB/s"), 1e3)):
        if rate >= size:
            value = rate / size
            return number(value, ",.0f" if value >= 10 or value == int(value) else ".1f") + f" {unit}"
    return _("{rate:.0f} B/s").format(rate=rate)


def _short(seconds: float) -> str:
    """A time on the scale, which is round: ``50 ms``, ``0.5 ms``, ``2 s``."""
    if seconds >= 1:
        return _("{seconds:g} s").format(seconds=seconds)
    return _("{ms:g} ms").format(ms=round(seconds * 1000, 6))


Rate = tuple[float, float, float]
"""From when, to when, how many a second."""


def _rates(canvas: Canvas, series: Series, *, of_bytes: bool, live: bool) -> list[Rate]:
    rates = []
    for point in series.between(canvas.span.begin, canvas.span.end, int(canvas.rect.width())):
        begin, end = point.begin, point.begin + point.width
        if live and end > canvas.until:
            end = math.floor(canvas.until)
            if end <= begin:
                continue
        rates.append((begin, end, _rate(point, of_bytes=of_bytes) * point.width / (end - begin)))
    return rates


def _rate(point: Point, *, of_bytes: bool) -> float:
    return point.total_per_second if of_bytes else point.per_second


def _stair(canvas: Canvas, line: list[Rate], top: float) -> QPolygonF:
    """The line of the rates, at zero where there are none; it begins and ends at zero."""
    zero = _y(canvas, 0)
    corners: list[QPointF] = []
    before = -math.inf
    for begin, end, rate in line:
        left, right, y = canvas.x(begin), canvas.x(end), _y(canvas, rate / top)
        if begin > before:
            if corners:
                corners.append(QPointF(canvas.x(before), zero))
            corners.append(QPointF(left, zero))
        corners += (QPointF(left, y), QPointF(right, y))
        before = end
    corners.append(QPointF(canvas.x(before), zero))
    return QPolygonF(corners)


def _y(canvas: Canvas, part: float) -> float:
    return canvas.rect.bottom() - part * (canvas.rect.height() - 2)


def _draw_scale(canvas: Canvas, top: float, words: Callable[[float], str]) -> None:
    """Lines at zero and at the top, and between them where there is room, with their values in the gutter."""
    height = canvas.painter.fontMetrics().height()
    canvas.painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    parts = (0.0, 0.5, 1.0) if canvas.rect.height() > 3.5 * height else (0.0, 1.0)
    for part in parts:
        y = _y(canvas, part)
        canvas.pen(canvas.theme.border, 1, Qt.PenStyle.SolidLine if part == 0 else Qt.PenStyle.DotLine)
        canvas.painter.drawLine(QLineF(canvas.rect.left(), y, canvas.rect.right(), y))
        label = QRectF(canvas.gutter.left(), y - height / 2, canvas.gutter.width(), height)
        canvas.text(label, words(top * part) if part else "0", canvas.theme.muted, right=True)
