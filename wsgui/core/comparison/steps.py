"""Reads the attempts of a recording: in chunks, of each record only what tells its step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from wsgui.core.comparison.attempt_reader import AttemptReader
from wsgui.core.comparison.step import Attempt
from wsgui.core.recorded import Recorded
from wsgui.core.records import Kind, Record

MOST_ATTEMPTS = 200
"""Attempts that are compared, those in a row that were alike counted as one; later ones are not looked at."""
_CHUNK = 200
"""Records read at once: another thread that wants to go on waits for so many at most."""
_ASIDE = frozenset(
    {Kind.HTTP, Kind.WS_OPEN, Kind.WS_MESSAGE, Kind.WS_PING, Kind.WS_PONG, Kind.WS_CLOSE, Kind.ENGINE, Kind.NOTE}
)
"""What may be of a diagnosis while one runs."""

WentOn = Callable[[int, int], None]
"""Told how many records are read, and how many there are. What it raises ends the reading."""


class AttemptsReader:
    """``take`` the records in order; then ``attempts`` has them all."""

    def __init__(self) -> None:
        self._attempts: list[Attempt] = []
        self._now: AttemptReader | None = None
        self._connection = 0
        self._diagnosing = False
        self.left_out = 0
        """Attempts beyond :data:`MOST_ATTEMPTS`."""

    def take(self, record: Record) -> None:
        """The next record."""
        kind = record.kind
        if kind is Kind.NOTE and (diagnosis := record.fact("diagnosis")) is not None:
            self._diagnosing = diagnosis == "begins"
            return
        if self._diagnosing and kind in _ASIDE:
            return
        if self._now is None or self._begins(record):
            self._end()
            self._now = AttemptReader(record)
        self._connection = record.connection
        self._now.take(record)

    def attempts(self) -> tuple[Attempt, ...]:
        """All that were read, in order."""
        self._end()
        return tuple(self._attempts)

    def _begins(self, record: Record) -> bool:
        assert self._now is not None
        if record.connection != self._connection:
            return True
        # An attempt is told by up to three records, and the last one may still be talking.
        said = record.kind is Kind.RECONNECT_ATTEMPT or (
            record.kind is Kind.STATE and record.fact("state") == "connecting"
        )
        return said and self._now.begun

    def _end(self) -> None:
        if self._now is None:
            return
        attempt, self._now = self._now.attempt(), None
        last = self._attempts[-1] if self._attempts else None
        if self.left_out == 0 and last is not None and _alike(last, attempt):
            self._attempts[-1] = replace(last, heading=replace(last.heading, times=last.heading.times + 1))
        elif len(self._attempts) < MOST_ATTEMPTS:
            if attempt.steps or last is None:
                self._attempts.append(attempt)
        else:
            self.left_out += 1


def read_attempts(recording: Recorded, went_on: WentOn = lambda _done, _total: None) -> tuple[tuple[Attempt, ...], int]:
    """The attempts in a recording, and how many more there are than are compared. Reads in the calling thread."""
    reader = AttemptsReader()
    total = recording.count
    for first in range(0, total, _CHUNK):
        went_on(first, total)
        for record in recording.beginnings(first, min(_CHUNK, total - first)):
            reader.take(record)
    return reader.attempts(), reader.left_out


def _alike(one: Attempt, other: Attempt) -> bool:
    return one.heading.traits == other.heading.traits and one.signature == other.signature
