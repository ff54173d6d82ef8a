"""The part of the time that is looked at: zoomed, moved, and kept at the newest; and the round times on its axis."""

from __future__ import annotations

import math
import time
from typing import NamedTuple

NARROWEST = 0.1
"""Seconds; closer there is nothing more to see."""
WIDEST = 1e9
_LATEST = 2.0**35
"""Seconds since 1970; what is later has no time of day everywhere."""
_AT_FIRST = (15.0, 30.0, 60.0, 120.0)
"""Seconds that a live plot shows: so much as there is, up to two minutes."""
_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600,
          43200, 86400)  # fmt: skip


class Span(NamedTuple):
    """From one time of the recording to another, in seconds."""

    begin: float
    end: float

    @property
    def length(self) -> float:
        return self.end - self.begin

    def zoomed(self, factor: float, about: float) -> Span:
        """``factor`` times as long; the time ``about`` stays where it is."""
        length = min(WIDEST, max(NARROWEST, self.length * factor))
        part = (about - self.begin) / self.length
        begin = about - part * length
        return Span(begin, begin + length)

    def moved(self, seconds: float) -> Span:
        return Span(self.begin + seconds, self.end + seconds)

    def ending(self, end: float) -> Span:
        """As long as this one, up to that time."""
        return self.moved(end - self.end)

    def within(self, first: float, last: float) -> Span:
        """Moved so that its middle is not outside of the recording."""
        middle = (self.begin + self.end) / 2
        return self.moved(min(max(middle, first), last) - middle)


def live_span(now: float) -> Span:
    """What a plot shows that follows a connection: the last two minutes, or all of it with room for what is next."""
    length = next((length for length in _AT_FIRST if length >= now), _AT_FIRST[-1])
    return Span(max(0.0, now - length), max(now, length))


def whole_span(end: float) -> Span:
    """What a plot shows of a finished recording: all."""
    return Span(0.0, max(end, 1.0))


def round_times(span: Span, wall: float, most: int) -> tuple[list[float], int]:
    """Times in the span that are round by the clock, about ``most`` at most, and the decimals that tell them apart.

    ``wall`` as in ``Pulse.wall``.
    """
    least = span.length / max(1, most)
    step = next((step for step in _STEPS if step >= least), 0.0) or math.ceil(least / 86400) * 86400
    # The clock of the person: half hours are round where they live, not in Greenwich.
    offset = wall + time.localtime(min(max(0.0, wall + span.begin), _LATEST)).tm_gmtoff
    first = math.ceil((span.begin + offset) / step)
    last = math.floor((span.end + offset) / step)
    return [number * step - offset for number in range(first, min(last, first + most) + 1)], digits_for(step)


def digits_for(seconds: float) -> int:
    """The decimals, three at most, with which times that lie so far apart look different."""
    return 0 if seconds >= 1 else min(3, math.ceil(-math.log10(max(seconds, 1e-3)) - 1e-9))


def clock(t: float, wall: float, digits: int = 0) -> str:
    """The time of day, with so many decimals."""
    ticks = round(min(max(0.0, t + wall), _LATEST) * 1000) // 10 ** (3 - digits)  # 12.999999 s is 13 s
    whole, part = divmod(ticks, 10**digits)
    text = time.strftime("%H:%M:%S", time.localtime(whole))
    return f"{text}.{part:0{digits}}" if digits else text


def round_top(value: float) -> float:
    """The smallest number of one digit and zeros that is not below the value and whose half is short to write."""
    if not 0 < value < 1e300:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(factor * power for factor in (1, 2, 3, 4, 5, 6, 8, 10) if factor * power >= value * 0.999999)
