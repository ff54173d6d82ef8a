"""The comparison itself: rows of two sides, each with a verdict, under a heading for each attempt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from wsgui.core.comparison.alignment import aligned, merged
from wsgui.core.comparison.differences import Difference, differences
from wsgui.core.comparison.step import Attempt, Stage, Step
from wsgui.core.comparison.steps import WentOn, read_attempts
from wsgui.core.i18n import N_, _, plural
from wsgui.core.recorded import Recorded
from wsgui.core.redact import Redaction


class Verdict(Enum):
    """What a row says; the value is the word for people."""

    EQUAL = N_("Same")
    DIFFERENT = N_("Different")
    LEFT = N_("Only left")
    RIGHT = N_("Only right")


SIGN: Mapping[Verdict, str] = MappingProxyType(
    {Verdict.EQUAL: "=", Verdict.DIFFERENT: "≠", Verdict.LEFT: "◀", Verdict.RIGHT: "▶"}
)


@dataclass(frozen=True)
class Row:
    """A step, on one side or on both."""

    left: Step | None
    right: Step | None
    differences: tuple[Difference, ...] = ()

    @property
    def step(self) -> Step:
        """The step on the left, or where there is none, on the right."""
        step = self.left or self.right
        assert step is not None
        return step

    @property
    def verdict(self) -> Verdict:
        if self.left is None:
            return Verdict.RIGHT
        if self.right is None:
            return Verdict.LEFT
        return Verdict.DIFFERENT if self.differences else Verdict.EQUAL

    @property
    def is_heading(self) -> bool:
        """Whether an attempt begins here."""
        return self.step.stage is Stage.ATTEMPT


@dataclass(frozen=True)
class Side:
    """One of the two that are compared. ``url`` without credentials."""

    name: str
    url: str
    records: int
    problem: str = ""
    left_out: int = 0
    """Attempts that were not looked at any more."""


@dataclass(frozen=True)
class Comparison:
    """All rows, in the order of what happened."""

    left: Side
    right: Side
    rows: tuple[Row, ...]

    @property
    def equal(self) -> bool:
        """Whether nothing differs."""
        return all(row.verdict is Verdict.EQUAL for row in self.rows)

    @property
    def differing(self) -> tuple[Row, ...]:
        """The rows that differ, each attempt's heading before its rows."""
        kept: list[Row] = []
        heading: Row | None = None
        for row in self.rows:
            if row.is_heading:
                heading = row
            if row.verdict is not Verdict.EQUAL:
                if heading is not None and heading is not row:
                    kept.append(heading)
                heading = None
                kept.append(row)
        return tuple(kept)

    @property
    def summary(self) -> str:
        """What came of it, in one sentence."""
        if self.equal:
            return _("No difference in {n} steps.").format(n=len(self.rows))
        number = Counter(row.verdict for row in self.rows)
        parts = [
            plural("{n} step differs", "{n} steps differ", number[Verdict.DIFFERENT]),
            plural("{n} is only on the left", "{n} are only on the left", number[Verdict.LEFT]),
            plural("{n} is only on the right", "{n} are only on the right", number[Verdict.RIGHT]),
            plural("{n} is the same", "{n} are the same", number[Verdict.EQUAL]),
        ]
        counts = [number[each] for each in (Verdict.DIFFERENT, Verdict.LEFT, Verdict.RIGHT, Verdict.EQUAL)]
        said = [part.format(n=n) for part, n in zip(parts, counts, strict=True) if n]
        return ", ".join(said) + "."


def compare(
    left: Recorded, right: Recorded, names: tuple[str, str], went_on: WentOn = lambda _done, _total: None
) -> Comparison:
    """Compare two recordings, which are read in the calling thread. ``names`` are what a person calls them."""
    total = left.count + right.count
    before = left.count
    lefts, left_out = read_attempts(left, lambda done, _total: went_on(done, total))
    rights, right_out = read_attempts(right, lambda done, _total: went_on(before + done, total))
    sides = (_side(left, names[0], left_out), _side(right, names[1], right_out))
    return Comparison(*sides, tuple(_rows(lefts, rights)))


def _side(recording: Recorded, name: str, left_out: int) -> Side:
    clean = Redaction().text
    return Side(clean(name), clean(recording.meta.get("url", "")), recording.count, recording.problem or "", left_out)


def _rows(lefts: Sequence[Attempt], rights: Sequence[Attempt]) -> Iterator[Row]:
    for one, other in aligned(lefts, rights):
        left = None if one is None else lefts[one]
        right = None if other is None else rights[other]
        yield _row(left.heading if left else None, right.heading if right else None)
        for pair in merged(left.steps if left else (), right.steps if right else ()):
            yield _row(*pair)


def _row(left: Step | None, right: Step | None) -> Row:
    return Row(left, right, differences(left, right) if left and right else ())
