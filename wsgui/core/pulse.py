"""The pulse of a recording: its heartbeat, its states, its round trips and its traffic, as small bounded series.

A flood of events must not pay for it. So nothing here sits on the way of a record: whoever shows the pulse lets it
:meth:`~Pulse.read` what was recorded meanwhile, a few times a second and in short steps. Records of the kinds that say
something by themselves are few and are folded one by one. Messages are many and are never made into objects: SQLite
counts them and their bytes by the second. The pulse of a finished recording is made in the same way.
"""

from __future__ import annotations

import time
from collections import deque
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from wsgui.core import beats
from wsgui.core.beats import Beats
from wsgui.core.filters import Condition
from wsgui.core.records import Direction, Kind, Record
from wsgui.core.series import Series

if TYPE_CHECKING:
    from wsgui.core.recorded import Recorded

MOST_STAYS = 8192
"""States that are kept, the newest: a client that tries again every five seconds fills this in six hours."""
KINDS = beats.KINDS | {
    Kind.TRANSPORT,
    Kind.UPGRADE,
    Kind.CONNECT,
    Kind.CONNECT_ERROR,
    Kind.ACK,
    Kind.WS_PONG,
    Kind.WS_CLOSE,
}
"""The records that are folded."""
_SAYS_SOMETHING = Condition(f"kind IN ({','.join('?' * len(KINDS))})", tuple(sorted(kind.value for kind in KINDS)))
_ROUND_TRIP_WIDTH = 1 / 16
"""Seconds; narrow, so that single acknowledgements are single points."""
_STEP_SECONDS = 0.008
"""What one step of reading should take."""


class Phase(StrEnum):
    """Where a connection was: its state, and once it is open the transport."""

    CLOSED = "closed"
    WAITING = "waiting"
    CONNECTING = "connecting"
    RECONNECTING = "reconnecting"
    CLOSING = "closing"
    POLLING = "polling"
    WEBSOCKET = "websocket"


class Stay(NamedTuple):
    """A phase from one time to another; ``end`` is ``None`` while it lasts. ``why`` it began, where that was said."""

    phase: Phase
    begin: float
    end: float | None = None
    why: str = ""


class Pulse:
    """What was read of one recording so far. Times are seconds since the recording began."""

    def __init__(self) -> None:
        self.beats = Beats()
        self.stays: deque[Stay] = deque(maxlen=MOST_STAYS)
        self.round_trips = Series(_ROUND_TRIP_WIDTH)
        """Seconds from an emit to its acknowledgement, and from a ping of this client to its pong."""
        self.received = Series(1.0)
        """Messages by their size in bytes: events, acknowledgements, and messages of a plain WebSocket."""
        self.sent = Series(1.0)
        self.number_received = self.number_sent = 0
        self.end = 0.0
        """The time of the last record."""
        self.wall = 0.0
        """Add it to a time to get seconds since 1970, by the clock as it was last."""
        self._read = 0
        self._step = 4000
        self._why = ""

    @property
    def phase(self) -> Phase:
        """The phase of the moment."""
        return self.stays[-1].phase if self.stays else Phase.CLOSED

    def read(self, recording: Recorded) -> bool:
        """Take in the next records, for some milliseconds; whether there are more. Raises ``sqlite3.Error``."""
        began = time.perf_counter()
        until = min(self._read + self._step, recording.count)
        if until > self._read:
            number = until - self._read
            for second, direction, messages, size in recording.traffic(self._read, number):
                self.count(second, direction, messages, size)
            for record in recording.pick(recording.matching(_SAYS_SOMETHING, self._read, number)):
                self.fold(record)
            for last in recording.rows(until - 1, 1):
                self.end = max(self.end, last.t)
                if last.wall:  # one of a damaged file has none
                    self.wall = last.wall - last.t
            full = number == self._step
            self._read = until
            if full:
                took = time.perf_counter() - began
                self._step = max(500, min(50_000, int(self._step * min(2.0, _STEP_SECONDS / max(took, 1e-6)))))
        return self._read < recording.count

    def count(self, t: float, direction: Direction, messages: int, size: int) -> None:
        """So many messages with so many bytes in the second that begins at ``t``."""
        if direction is Direction.OUT:
            self.number_sent += messages
            self.sent.add_many(t, messages, size)
        else:
            self.number_received += messages
            self.received.add_many(t, messages, size)

    def fold(self, record: Record) -> None:
        """Take in a record of one of :data:`KINDS`."""
        kind = record.kind
        if kind in beats.KINDS:
            answered = self.beats.answered
            self.beats.fold(record)
            if self.beats.answered is not None and self.beats.answered is not answered:
                self.round_trips.add(*self.beats.answered)
        if kind is Kind.ACK or kind is Kind.WS_PONG:
            seconds = record.fact("rtt")
            if isinstance(seconds, float | int) and not isinstance(seconds, bool) and 0 <= seconds < 1e9:
                self.round_trips.add(record.t, seconds)
        elif kind is Kind.STATE:
            self._take_state(record)
        elif kind is Kind.TRANSPORT or kind is Kind.UPGRADE or kind is Kind.CONNECT:
            transport = record.fact("transport")
            if transport in (Phase.POLLING, Phase.WEBSOCKET):
                self._enter(Phase(str(transport)), record.t)
        elif kind is Kind.DISCONNECT:
            self._why = str(record.fact("reason") or "")
        elif kind is Kind.CONNECT_ERROR:
            self._why = str(record.fact("text") or "")
        elif kind is Kind.WS_CLOSE and not self._why and record.direction is Direction.IN:
            self._why = f"{record.fact('code')} {record.fact('reason') or ''}".strip()

    def _take_state(self, record: Record) -> None:
        state = record.fact("state")
        if state == "connecting":
            self._enter(Phase.RECONNECTING if record.fact("attempt") else Phase.CONNECTING, record.t)
        elif state in (Phase.WAITING, Phase.CLOSING, Phase.CLOSED):
            self._enter(Phase(str(state)), record.t)

    def _enter(self, phase: Phase, t: float) -> None:
        if self.stays and self.stays[-1].end is None:
            if self.stays[-1].phase is phase:
                return
            self.stays[-1] = self.stays[-1]._replace(end=t)
        over = phase in (Phase.WAITING, Phase.CLOSED)
        self.stays.append(Stay(phase, t, None, self._why if over else ""))
        if not over:
            self._why = ""
