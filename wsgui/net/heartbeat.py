"""The clock of a connection: how long after a sign of life the next one must come.

In Engine.IO 4 only a ping of the server is one; for Engine.IO 3 see :mod:`wsgui.net.pinger`.

One timer that looks again when the deadline has moved, instead of one timer per ping. It also looks every few
seconds at the wall clock: while a laptop sleeps the monotonic clock stands still, and a connection that is long
dead would be shown as alive for another ``pingInterval + pingTimeout``.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

LOOK_SECONDS = 5.0
"""How often the clocks are compared."""
JUMP_SECONDS = 10.0
"""A difference between the clocks that only sleep, or setting the time, explains."""


class Heartbeat:
    """Calls ``expired`` once, when no sign of life came for ``seconds``; ``jumped`` when the computer slept."""

    def __init__(
        self,
        seconds: float,
        expired: Callable[[], None],
        jumped: Callable[[float], None],
        wall: Callable[[], float] = time.time,
    ) -> None:
        self._seconds = seconds
        self._expired = expired
        self._jumped = jumped
        self._wall = wall
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None
        self._wall_deadline = 0.0
        self._deadline = 0.0
        self._drift = wall() - self._loop.time()
        self.beat()
        self._look_later()

    def beat(self) -> None:
        """A sign of life came."""
        self._set_deadline(self._seconds)

    def expect(self, seconds: float) -> None:
        """The next sign of life must come within ``seconds``, be that sooner or later than before."""
        self._set_deadline(seconds)
        self.stop()
        self._look_later()

    def stop(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def _set_deadline(self, seconds: float) -> None:
        self._deadline = self._loop.time() + seconds
        self._wall_deadline = self._wall() + seconds

    def _look_later(self) -> None:
        self._timer = self._loop.call_later(max(0.0, min(LOOK_SECONDS, self._deadline - self._loop.time())), self._look)

    def _look(self) -> None:
        now, wall = self._loop.time(), self._wall()
        slept = (wall - now) - self._drift
        self._drift = wall - now
        if abs(slept) > JUMP_SECONDS:
            self._jumped(slept)
        late = slept > JUMP_SECONDS and wall >= self._wall_deadline
        if late or now >= self._deadline:
            self._timer = None
            self._expired()
        else:
            self._look_later()
