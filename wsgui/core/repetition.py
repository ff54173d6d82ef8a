"""Sending the same again and again: how often, how far apart, and what a person may type for that."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import NamedTuple

from wsgui.core.i18n import _

_MOST_MILLISECONDS = 86_400_000
_MOST_TIMES = 1_000_000


class RepetitionError(ValueError):
    """What was typed is no repetition; the message is a sentence."""


class Repetition(NamedTuple):
    """So many ``times``, or until it is stopped; at least ``seconds`` lie between two."""

    times: int | None
    seconds: float


def read_repetition(count: str, milliseconds: str) -> Repetition:
    """The repetition that was typed; no count means until it is stopped. Raises :class:`RepetitionError`."""
    times = _number(count, _MOST_TIMES)
    pause = _number(milliseconds, _MOST_MILLISECONDS)
    if count.strip() and times is None:
        raise RepetitionError(_("How often is a number from 1 to {most:,}, or empty.").format(most=_MOST_TIMES))
    if pause is None:
        sentence = _("The time between two is a number of milliseconds from 1 to {most:,}.")
        raise RepetitionError(sentence.format(most=_MOST_MILLISECONDS))
    return Repetition(times, pause / 1000)


async def repeat(send: Callable[[int], bool], repetition: Repetition) -> int:
    """Call ``send(number)`` until it returns false or has been called often enough; how often it returned true.

    What comes late moves all that follows: the rate is a limit, and nothing is made up for in a burst.
    """
    done = 0
    while send(done + 1):
        done += 1
        if done == repetition.times:
            break
        await asyncio.sleep(repetition.seconds)
    return done


def _number(text: str, most: int) -> int | None:
    digits = text.strip()
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 12):
        return None
    return int(digits) if 0 < int(digits) <= most else None
