"""The heartbeat of a connection as its records tell it: when the next ping is due, and how regular they were.

In Engine.IO 4 the server pings every ``pingInterval``, and the client gives up when ``pingTimeout`` more has passed.
In Engine.IO 3 the client pings, ``pingInterval`` after the last pong, and gives up when nothing comes within
``pingTimeout``. Of a plain WebSocket nothing is agreed: the server's pings are counted and timed, none is expected.

A ping is *late* when it comes more than a tenth of the interval after it was due (at least 0.1 s and at most 1 s:
:func:`tolerance`), in Engine.IO 3 when its pong takes that long. It is *missed* when the connection ended after
that time and it had not come.
"""

from __future__ import annotations

import math
from collections import deque
from enum import StrEnum
from typing import NamedTuple

from wsgui.core import javascript_json
from wsgui.core.records import Direction, Kind, Record

MOST_BEATS = 8192
"""Beats that are kept one by one, the newest; at the usual 25 s more than two days. The counts are of all."""
KINDS = frozenset({Kind.ENGINE, Kind.STATE, Kind.WS_PING, Kind.DISCONNECT})
"""The records that say something here."""
_OVER = frozenset({"waiting", "closing", "closed"})
"""The states in which there is no heart any more."""


class Mark(StrEnum):
    """How a ping came."""

    ON_TIME = "on time"
    LATE = "late"
    MISSED = "missed"


class Beat(NamedTuple):
    """A ping. ``interval``: seconds since the one before it; of a missed one the seconds that were waited for it."""

    t: float
    interval: float | None
    mark: Mark


class Beats:
    """Folds records, in order; of other kinds than :data:`KINDS` it takes no notice. Times are those of the records."""

    def __init__(self) -> None:
        self.interval: float | None = None
        """``pingInterval`` of the connection that is open, in seconds."""
        self.patience: float | None = None
        """``pingTimeout``, in seconds."""
        self.due: float | None = None
        """When the next ping is expected, or sent; ``None`` where none is."""
        self.asked: float | None = None
        """When the client sent the ping that waits for its pong (Engine.IO 3)."""
        self.client_pings = False
        self.answered: tuple[float, float] | None = None
        """When the last pong came (Engine.IO 3), and how many seconds after its ping."""
        self.seen: float | None = None
        """The interval between the last two pings."""
        self.shortest = self.longest = 0.0
        """Of all the intervals."""
        self.late = self.missed = self.number = 0
        self.marks: deque[Beat] = deque(maxlen=MOST_BEATS)
        self._last: float | None = None
        self._intervals = 0
        self._open = False

    @property
    def deadline(self) -> float | None:
        """When the client gives the connection up."""
        begin = self.asked if self.asked is not None else self.due
        if begin is None or self.patience is None or (self.client_pings and self.asked is None):
            return None
        return begin + self.patience

    @property
    def late_from(self) -> float | None:
        """From when on what is awaited of the server is late."""
        begin = self.asked if self.client_pings else self.due
        return None if begin is None or self.interval is None else begin + tolerance(self.interval)

    def fold(self, record: Record) -> None:
        """Take the next record in."""
        if record.kind is Kind.ENGINE:
            packet = record.fact("packet")
            if packet == "open":
                self._begin(record)
            elif record.data not in ("probe", b"probe"):
                if packet == "ping":
                    self._ping(record.t, ours=record.direction is Direction.OUT)
                elif packet == "pong" and record.direction is Direction.IN:
                    self._pong(record.t)
        elif record.kind is Kind.WS_PING:
            if record.direction is Direction.IN and not self._open:  # below Engine.IO they are no heartbeat
                self._beat(record.t, late=False)
        elif record.kind is Kind.STATE:
            if str(record.fact("state")) in _OVER:
                self._end(record.t)
        elif record.kind is Kind.DISCONNECT and record.fact("reason") == "ping timeout":
            self._end(record.t, sure=True)

    def _begin(self, record: Record) -> None:
        self._end(record.t)
        self.interval, self.patience = _times(record.data)
        self._open = True
        self._expect(record.t)

    def _ping(self, t: float, *, ours: bool) -> None:
        if ours:
            self.client_pings, self.asked, self.due = True, t, None
            self._beat(t, late=False)
            return
        late_from = self.late_from
        self._beat(t, late=late_from is not None and t > late_from)
        self._expect(t)

    def _pong(self, t: float) -> None:
        if self.asked is None:
            return
        late_from = self.late_from
        if late_from is not None and t > late_from:
            self.late += 1
            if self.marks:
                self.marks[-1] = self.marks[-1]._replace(mark=Mark.LATE)
        self.answered = (t, t - self.asked)
        self.asked = None
        self._expect(t)

    def _expect(self, t: float) -> None:
        self.due = None if self.interval is None else t + self.interval

    def _beat(self, t: float, *, late: bool) -> None:
        interval = None if self._last is None else t - self._last
        if interval is not None:
            self.shortest = min(self.shortest, interval) if self._intervals else interval
            self.longest = max(self.longest, interval)
            self._intervals += 1
            self.seen = interval
        self.number += 1
        self.late += late
        self.marks.append(Beat(t, interval, Mark.LATE if late else Mark.ON_TIME))
        self._last = t

    def _end(self, t: float, *, sure: bool = False) -> None:
        late_from = self.late_from
        if self._open and (sure or (late_from is not None and t > late_from)):
            begin = self.asked if self.client_pings else self._last
            self.missed += 1
            self.marks.append(Beat(t, None if begin is None else t - begin, Mark.MISSED))
        self.interval = self.patience = self.due = self.asked = self._last = self.seen = None
        self.client_pings = self._open = False


def tolerance(interval: float) -> float:
    """Seconds after the appointed time from which on a ping is late."""
    return min(1.0, max(0.1, interval / 10))


def _times(handshake: str | bytes | None) -> tuple[float | None, float | None]:
    """``pingInterval`` and ``pingTimeout`` of an open packet in seconds, as far as it has them."""
    if not isinstance(handshake, str):
        return None, None
    try:
        value = javascript_json.loads(handshake)
    except javascript_json.JsonError:
        return None, None  # a broken handshake announces nothing; the log has the packet, and what came of it
    if not isinstance(value, dict):
        return None, None
    return _seconds(value.get("pingInterval")), _seconds(value.get("pingTimeout"))


def _seconds(value: object) -> float | None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    try:
        seconds = value / 1000
    except OverflowError:
        return None
    return seconds if 0 < seconds < math.inf else None
