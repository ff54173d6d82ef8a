"""How often each event was sent and came, counted further as a recording grows; and which of them a log leaves out."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

from wsgui.core.filters.condition import Condition
from wsgui.core.filters.packets import EVENT
from wsgui.core.records import Direction

if TYPE_CHECKING:
    from wsgui.core.recorded import Recorded

MOST = 1000
"""Different names that are counted; a server that invents more is told apart by no list."""
_STEP = 10_000
"""Records looked at in one step, of about 10 ms."""
_SAID = f"CASE WHEN kind = 'event' THEN direction || {EVENT} END"


class Count(NamedTuple):
    """How often an event came, and how often it was sent."""

    received: int = 0
    sent: int = 0


class EventTally:
    """Counts the events of one recording, each once."""

    def __init__(self, recording: Recorded) -> None:
        self._recording = recording
        self._reached = 0
        self.counts: dict[str, Count] = {}
        self.others = 0
        """Events whose names are not among the first :data:`MOST`."""

    def look(self) -> bool:
        """Count some more; whether there are yet more to be counted."""
        if self._reached >= self._recording.count:
            return False
        end = min(self._reached + _STEP, self._recording.count)
        for told, number in self._recording.tally(_SAID, self._reached, end - self._reached).items():
            incoming = told.startswith(Direction.IN.value)
            name = told[len(Direction.IN.value if incoming else Direction.OUT.value) :]
            if name not in self.counts and len(self.counts) >= MOST:
                self.others += number
                continue
            known = self.counts.get(name, Count())
            self.counts[name] = Count(known.received + number * incoming, known.sent + number * (not incoming))
        self._reached = end
        return end < self._recording.count

    def total(self, names: Collection[str]) -> int:
        """How many events of these names were counted."""
        return sum(sum(self.counts.get(name, Count())) for name in names)


def without(names: Collection[str]) -> Condition | None:
    """The condition that leaves out the events of these names; ``None`` leaves out nothing."""
    if not names:
        return None
    marks = ",".join("?" * len(names))
    return Condition(f"(kind = 'event' AND ({EVENT}) IN ({marks})) IS NOT TRUE", tuple(names))
