"""The heartbeat of Engine.IO 3: the client pings, and whatever the server sends is a sign of life.

As ``setPing`` and ``onHeartbeat`` of engine.io-client 3.5: the next ping goes out ``pingInterval`` after the last
pong, and something must come within ``pingTimeout`` of a ping.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from wsgui.net.heartbeat import Heartbeat


class Pinger:
    """Calls ``ping`` again and again, and ``expired`` once; ``interval`` and ``patience`` in seconds."""

    def __init__(
        self,
        interval: float,
        patience: float,
        ping: Callable[[], None],
        expired: Callable[[], None],
        jumped: Callable[[float], None],
        wall: Callable[[], float] = time.time,
    ) -> None:
        self._interval = interval
        self._patience = patience
        self._ping = ping
        self._heartbeat = Heartbeat(interval + patience, expired, jumped, wall)
        self._timer: asyncio.TimerHandle | None = None
        self.pong()

    def beat(self) -> None:
        """Something came."""
        self._heartbeat.beat()

    def pong(self) -> None:
        """The answer to a ping came: the next one is due after the interval."""
        self._cancel()
        self._timer = asyncio.get_running_loop().call_later(self._interval, self._send)

    def stop(self) -> None:
        self._cancel()
        self._heartbeat.stop()

    def _send(self) -> None:
        self._timer = None
        self._ping()
        self._heartbeat.expect(self._patience)

    def _cancel(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
