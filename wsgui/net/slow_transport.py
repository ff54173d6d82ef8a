"""A connection that sends late, or little at a time. It takes the place of the real one while a fault lasts."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import NamedTuple

_PIECES_PER_SECOND = 20
"""How often a throttled connection sends."""


class Slowness(NamedTuple):
    """``delay`` in seconds; ``rate`` in bytes per second, 0 for no limit."""

    delay: float = 0.0
    rate: int = 0


class SlowTransport(asyncio.Transport):
    """Sends what it is given in its order, later. What waits is lost when the connection is closed."""

    def __init__(self, under: asyncio.Transport, slowness: Slowness) -> None:
        super().__init__()
        self.under = under
        self._slowness = slowness
        self._loop = asyncio.get_running_loop()
        self._waiting: deque[tuple[float, bytes]] = deque()
        self._free = 0.0
        """When the line has carried all that was given to it."""
        self._timer: asyncio.TimerHandle | None = None

    def write(self, data: bytes | bytearray | memoryview) -> None:
        rate, content = self._slowness.rate, bytes(data)
        step = max(1, rate // _PIECES_PER_SECOND) if rate else max(1, len(content))
        for start in range(0, len(content), step):
            piece = content[start : start + step]
            due = max(self._loop.time() + self._slowness.delay, self._free)
            self._free = due + (len(piece) / rate if rate else 0.0)
            self._waiting.append((self._free, piece))
        self._send_later()

    def release(self) -> None:
        """Send all that waits, at once."""
        self._stop()
        while self._waiting:
            self._send(self._waiting.popleft()[1])

    def close(self) -> None:
        self._forget()
        self.under.close()

    def abort(self) -> None:
        self._forget()
        self.under.abort()

    def is_closing(self) -> bool:
        return self.under.is_closing()

    def pause_reading(self) -> None:
        self.under.pause_reading()

    def resume_reading(self) -> None:
        self.under.resume_reading()

    def get_extra_info(self, name: str, default: object = None) -> object:
        return self.under.get_extra_info(name, default)

    def _send(self, piece: bytes) -> None:
        if not self.under.is_closing():
            self.under.write(piece)

    def _send_later(self) -> None:
        if self._timer is None and self._waiting:
            self._timer = self._loop.call_at(self._waiting[0][0], self._send_due)

    def _send_due(self) -> None:
        self._timer = None
        while self._waiting and self._waiting[0][0] <= self._loop.time():
            self._send(self._waiting.popleft()[1])
        self._send_later()

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _forget(self) -> None:
        self._stop()
        self._waiting.clear()
