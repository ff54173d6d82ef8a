"""The capture seam: everything that happens on a connection becomes a record here, and nowhere else.

A :class:`Tap` numbers and stamps records and hands them to the one ``emit`` callable that its owner was built with.
It knows which exchange or frame is being read, so that whatever is found in it can say where it came from.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from wsgui.core.records import Direction, Facts, Kind, Record

Emit = Callable[[Sequence[Record]], None]
"""Takes records in the order of their numbers; in a flood many at once."""


class Pending(NamedTuple):
    """An exchange under way: a request that waits for its answer."""

    method: str
    url: str
    began: float
    """By the monotonic clock."""


class Source(NamedTuple):
    """Where on the wire it is that something is being read from."""

    via: int | None = None
    """The ``seq`` of an HTTP exchange; ``None``: a WebSocket frame, which is no record of its own."""
    facts: Facts | None = None
    """What an odd frame says of itself, see :class:`Record`."""
    raw: bytes | None = None


FRAME = Source()
"""A plain WebSocket frame."""


class Tap:
    """Makes the records of one recording. ``connection`` is raised by one at each press of Connect."""

    def __init__(self, emit: Emit) -> None:
        self._emit = emit
        self._seq = 0
        self._sockets = 0
        self._began = time.monotonic()
        self._source = FRAME
        self.connection = 0
        self.pending: dict[int, Pending] = {}
        """The exchanges that have no record yet."""

    @property
    def source(self) -> Source:
        """What is being read."""
        return self._source

    @contextmanager
    def reading(self, source: Source) -> Iterator[None]:
        """Whatever is told as ``received`` meanwhile came from there."""
        before, self._source = self._source, source
        try:
            yield
        finally:
            self._source = before

    def record(
        self,
        kind: Kind,
        direction: Direction = Direction.NONE,
        data: str | bytes | None = None,
        facts: Facts | None = None,
        *,
        raw: bytes | None = None,
        via: int | None = 0,
    ) -> int:
        """Emit a record and return its ``seq``; ``via=None`` is for what is on the wire by itself."""
        seq = self._seq = self._seq + 1
        now = time.monotonic() - self._began
        if via is None:
            via = seq
        self._emit((Record(seq, now, time.time(), self.connection, direction, kind, data, facts, raw, via),))
        return seq

    def received(self, kind: Kind, data: str | bytes | None = None, facts: Facts | None = None) -> int:
        """Record what was found in what is being read."""
        source = self._source
        if source.facts:
            facts = {**(facts or {}), **source.facts}
        return self.record(kind, Direction.IN, data, facts, raw=source.raw, via=source.via)

    def sent(self, kind: Kind, data: str | bytes | None, facts: Facts | None, source: Source) -> int:
        """Record what goes out; ``source`` says how, or that it has to wait."""
        if source.facts:
            facts = {**(facts or {}), **source.facts}
        return self.record(kind, Direction.OUT, data, facts, raw=source.raw, via=source.via)

    def received_events(self, packets: Sequence[str]) -> None:
        """Record many plain events at once: they came together, in plain frames or in one exchange."""
        seq, via = self._seq, self._source.via
        now, wall, connection = time.monotonic() - self._began, time.time(), self.connection
        incoming, kind, new = Direction.IN, Kind.EVENT, tuple.__new__  # `Record(...)` takes twice as long
        if via is None:
            records = [
                new(Record, (number, now, wall, connection, incoming, kind, data, None, None, number))
                for number, data in enumerate(packets, seq + 1)
            ]
        else:
            records = [
                new(Record, (number, now, wall, connection, incoming, kind, data, None, None, via))
                for number, data in enumerate(packets, seq + 1)
            ]
        self._seq = seq + len(records)
        self._emit(records)

    def note(self, text: str) -> None:
        """Say something that was not on the wire."""
        self.record(Kind.NOTE, facts={"text": text})

    def next_socket(self) -> int:
        """The number of a new TCP connection."""
        self._sockets += 1
        return self._sockets
