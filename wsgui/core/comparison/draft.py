"""Steps while they are gathered: what comes several times under one key is one step that counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wsgui.core.comparison.step import ORDER, Key, Stage, Step, milliseconds
from wsgui.core.i18n import _
from wsgui.core.records import Record

MOST_STEPS = 300
"""Steps of one attempt that have a row of their own; what comes after them is counted in one more per stage."""
_REGULAR_TIMES, _REGULAR_SECONDS = 3, 1.0
"""So often and for so long something must have come to be called regular."""


@dataclass
class Draft:
    """One step to be. ``said`` is that of the first record."""

    stage: Stage
    key: Key
    name: str
    said: str
    seq: int
    first: float
    last: float
    traits: dict[str, str] = field(default_factory=dict)
    times: int = 0
    counted: bool = False
    seconds: float = 0.0
    timed: int = 0

    def took(self, seconds: float | None) -> None:
        """One of the times took so long."""
        if seconds is not None:
            self.seconds += seconds
            self.timed += 1

    def step(self) -> Step:
        """The step, now that all is known."""
        average = self.seconds / self.timed if self.timed else None
        rate = None
        if self.counted and self.times >= _REGULAR_TIMES and self.last - self.first >= _REGULAR_SECONDS:
            rate = (self.times - 1) / (self.last - self.first)
        said = self.said
        if self.counted or self.times > 1:
            count = _("{n:,} ×").format(n=self.times)
            often = "" if rate is None else _("{rate:.3g} a second").format(rate=rate)
            said = ", ".join(filter(None, (count, often, said)))
        if average is not None:
            took = milliseconds(average)
            said = " · ".join(filter(None, (said, took if self.timed == 1 else _("{t} on average").format(t=took))))
        return Step(
            self.stage, self.key, self.name, said, self.seq, self.traits, average, self.times, self.counted, rate
        )


class Drafts:
    """The steps of one attempt, by their keys."""

    def __init__(self) -> None:
        self._drafts: dict[Key, Draft] = {}

    def __len__(self) -> int:
        return len(self._drafts)

    def __contains__(self, key: Key) -> bool:
        return key in self._drafts

    def get(self, key: Key) -> Draft | None:
        """The step as it is up to now."""
        return self._drafts.get(key)

    def count(self, key: Key, record: Record) -> Draft | None:
        """Count one more of a step that is there already; ``None`` where it is not."""
        draft = self._drafts.get(key)
        if draft is not None:
            draft.times += 1
            draft.last = record.t
        return draft

    def add(
        self,
        record: Record,
        stage: Stage,
        key: Key,
        name: str,
        said: str = "",
        traits: Mapping[str, str] | None = None,
        *,
        counted: bool = False,
    ) -> Draft:
        """One more of this step; the first one says what it is."""
        if key not in self._drafts and len(self._drafts) >= MOST_STEPS:
            key, name, said, traits = ("others", stage.name), _("Others, each of another name"), "", None
        draft = self.count(key, record)
        if draft is None:
            draft = Draft(stage, key, name, said, record.seq, record.t, record.t, dict(traits or {}), 1, counted)
            self._drafts[key] = draft
        return draft

    def steps(self) -> tuple[Step, ...]:
        """All steps, by their stages, and within a stage as they came; the look-up is told after what follows it."""
        drafts = sorted(self._drafts.values(), key=lambda draft: (ORDER[draft.stage], draft.key != ("dns",)))
        return tuple(draft.step() for draft in drafts)
