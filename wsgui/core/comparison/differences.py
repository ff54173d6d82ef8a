"""In what two steps differ: in what they are, in how many times they were, in how long they took."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from wsgui.core.comparison.step import OUTCOME, TRANSPORT, Step, milliseconds
from wsgui.core.i18n import _

LONGER = 2.0
"""How many times as long one must take..."""
LEAST_SECONDS = 0.1
"""... and how much longer at least, to be a difference: what is less is chance."""
SAME_RATE = 1.25
"""Two things that keep coming do so alike if neither comes more often than this times the other."""
NONE = "–"


class Difference(NamedTuple):
    """What differs, by its name for people, and what it is on each side."""

    name: str
    left: str
    right: str


def differences(left: Step, right: Step) -> tuple[Difference, ...]:
    """All differences, the weightiest first."""
    return tuple(_differences(left, right))


def _differences(left: Step, right: Step) -> Iterator[Difference]:
    names = list(dict.fromkeys((*left.traits, *right.traits)))
    if left.basis != right.basis:
        names = [TRANSPORT, *([OUTCOME] if OUTCOME in names else [])]
    for name in names:
        one, other = left.traits.get(name, NONE), right.traits.get(name, NONE)
        if one != other:
            yield Difference(_(name), one, other)
    if (left.counted or right.counted) and left.times != right.times and not _same_rate(left, right):
        times = _("{n:,} ×")
        yield Difference(_("Times"), times.format(n=left.times), times.format(n=right.times))
    if left.seconds is not None and right.seconds is not None and _much_longer(left.seconds, right.seconds):
        yield Difference(_("Duration"), milliseconds(left.seconds), _compared(left.seconds, right.seconds))


def _same_rate(left: Step, right: Step) -> bool:
    if not left.rate or not right.rate:
        return False
    return max(left.rate, right.rate) <= SAME_RATE * min(left.rate, right.rate)


def _much_longer(left: float, right: float) -> bool:
    shorter, longer = sorted((left, right))
    return longer - shorter >= LEAST_SECONDS and longer >= LONGER * shorter


def _compared(left: float, right: float) -> str:
    if not left or not right:
        return milliseconds(right)
    return _("{duration} ({ratio:.1f} times)").format(duration=milliseconds(right), ratio=right / left)
