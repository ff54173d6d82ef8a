"""A quantity over time in a bounded number of slots: when they run out, each two neighbours become one.

An hour and a week take the same memory; only the slots of the week are wider. A slot keeps what a plot needs of the
values that fell into it: how many, their sum, the smallest and the largest.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

MOST_SLOTS = 4096
"""At one slot a second more than an hour at full detail."""
_LATEST = 2.0**52
"""Seconds; a recording that claims to be longer is broken, and its times would not fit a whole number."""


class Point(NamedTuple):
    """What is known of the time from ``begin`` on for ``width`` seconds; ``number`` values with that sum and range."""

    begin: float
    width: float
    number: int
    total: float
    low: float
    high: float

    @property
    def mean(self) -> float:
        return self.total / self.number if self.number else 0.0

    @property
    def per_second(self) -> float:
        """How many values came in a second."""
        return self.number / self.width

    @property
    def total_per_second(self) -> float:
        return self.total / self.width


@dataclass(slots=True)
class _Slot:
    number: int = 0
    total: float = 0.0
    low: float = math.inf
    high: float = -math.inf

    def take(self, number: int, total: float, low: float, high: float) -> None:
        self.number += number
        self.total += total
        self.low = min(self.low, low)
        self.high = max(self.high, high)


class Series:
    """Values by their time, in seconds since the recording began. ``width`` is that of a slot, and doubles."""

    def __init__(self, width: float) -> None:
        self.width = width
        self._keys: list[int] = []
        self._slots: list[_Slot] = []

    def add(self, t: float, value: float) -> None:
        """A value at a time. What is no number is left out."""
        if math.isfinite(value):
            self.add_many(t, 1, value, value, value)

    def add_many(self, t: float, number: int, total: float, low: float = 0.0, high: float = 0.0) -> None:
        """``number`` values with that sum; ``t`` is the beginning of the time that they fell into."""
        if not 0 <= t < _LATEST:
            return
        self._slot(int(t / self.width)).take(number, total, low, high)
        while len(self._keys) > MOST_SLOTS:
            self._halve()

    @property
    def last(self) -> Point | None:
        """The newest slot."""
        return self._point(self._keys[-1], self.width, self._slots[-1]) if self._keys else None

    def at(self, t: float) -> Point | None:
        """The slot that a time falls into, if it has values."""
        key = math.floor(t / self.width)
        place = bisect_left(self._keys, key)
        if place < len(self._keys) and self._keys[place] == key:
            return self._point(key, self.width, self._slots[place])
        return None

    def nearest(self, t: float, reach: float) -> Point | None:
        """The slot whose middle is nearest to a time, if it is not further away than ``reach`` seconds."""
        place = bisect_left(self._keys, math.floor(t / self.width))
        near = [self._point(self._keys[i], self.width, self._slots[i]) for i in (place - 1, place, place + 1)
                if 0 <= i < len(self._keys)]  # fmt: skip
        best = min(near, key=lambda point: abs(point.begin + point.width / 2 - t), default=None)
        return best if best and abs(best.begin + best.width / 2 - t) <= reach + best.width / 2 else None

    def between(self, begin: float, end: float, most: int) -> list[Point]:
        """The slots from one time to another in order, neighbours taken together so that there are ``most`` at most.

        Slots without values are left out.
        """
        first = bisect_left(self._keys, math.floor(begin / self.width))
        last = bisect_left(self._keys, math.ceil(end / self.width))
        if first >= last:
            return []
        together = 1
        while self._keys[last - 1] // together - self._keys[first] // together >= max(1, most):
            together *= 2
        return list(self._merged(first, last, together))

    def _merged(self, first: int, last: int, together: int) -> Iterator[Point]:
        key, merged = self._keys[first] // together, _Slot()
        for place in range(first, last):
            slot, own = self._slots[place], self._keys[place] // together
            if own != key:
                yield self._point(key, self.width * together, merged)
                key, merged = own, _Slot()
            merged.take(slot.number, slot.total, slot.low, slot.high)
        yield self._point(key, self.width * together, merged)

    @staticmethod
    def _point(key: int, width: float, slot: _Slot) -> Point:
        return Point(key * width, width, slot.number, slot.total, slot.low, slot.high)

    def _slot(self, key: int) -> _Slot:
        if self._keys and self._keys[-1] == key:
            return self._slots[-1]
        place = bisect_left(self._keys, key)  # the end, but for a recording that is out of order
        if place == len(self._keys) or self._keys[place] != key:
            self._keys.insert(place, key)
            self._slots.insert(place, _Slot())
        return self._slots[place]

    def _halve(self) -> None:
        points = list(self._merged(0, len(self._keys), 2))
        self.width *= 2
        self._keys = [round(point.begin / self.width) for point in points]
        self._slots = [_Slot(point.number, point.total, point.low, point.high) for point in points]
