"""When the client tries again: the JavaScript formula with the JavaScript zero rules.

``ms = min · 2^n``, spread by plus or minus ``floor(random · jitter · ms)``, then limited to the maximum
(``contrib/backo2.ts`` of socket.io-client). ``reconnectionAttempts: 0`` means Infinity and a delay of 0 means its
default, because the JavaScript code uses a logical OR.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable

from wsgui.core.options import OPTION, OptionValues, value_of

REFUSED = "namespace refused"
"""Why a connection ends whose last namespace was refused: JavaScript closes it, too, and has no word for it."""

FINAL_REASONS = frozenset({"io server disconnect", "io client disconnect", REFUSED})
"""After these ends the JavaScript client does not reconnect by itself."""


class Backoff:
    """Counts attempts and gives the delay before each, in seconds."""

    def __init__(self, values: OptionValues, chance: Callable[[], float] = random.random) -> None:
        self.enabled = bool(value_of(values, "reconnection"))
        self.most = _number(values, "reconnectionAttempts") or math.inf
        self._least = _number(values, "reconnectionDelay") or float(str(OPTION["reconnectionDelay"].default))
        self._limit = _number(values, "reconnectionDelayMax") or float(str(OPTION["reconnectionDelayMax"].default))
        jitter = _number(values, "randomizationFactor")
        self._jitter = jitter if 0 < jitter <= 1 else 0.0
        self._chance = chance
        self.attempts = 0

    def reset(self) -> None:
        """A connection was made: the next failure starts from the beginning."""
        self.attempts = 0

    def next(self) -> float | None:
        """Count an attempt and return the delay before it, or ``None`` when no attempt is left."""
        if not self.enabled or self.attempts >= self.most:
            return None
        delay = self._least * 2.0 ** min(self.attempts, 1000)
        self.attempts += 1
        if self._jitter and math.isfinite(delay):
            chance = self._chance()
            spread = math.floor(chance * self._jitter * delay)
            delay = delay + spread if math.floor(chance * 10) & 1 else delay - spread
        return int(min(delay, self._limit)) / 1000


def _number(values: OptionValues, name: str) -> float:
    value = value_of(values, name)
    return float(value) if isinstance(value, int | float) else 0.0


def delay_ranges(values: OptionValues, count: int) -> list[tuple[float, float]]:
    """The least and the longest delay before each of the first ``count`` attempts, in seconds; fewer if it gives up."""
    # The formula takes its coin from the parity of the first decimal: an even one shortens, an odd one lengthens.
    low, high = Backoff(values, lambda: 0.8999999), Backoff(values, lambda: 0.9999999)
    ranges = []
    for _attempt in range(count):
        shortest, longest = low.next(), high.next()
        if shortest is None or longest is None:
            break
        ranges.append((shortest, longest))
    return ranges
