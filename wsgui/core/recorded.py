"""What can be read of a recording, whether it is being made or is long past. Whoever shows records asks for this."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol as Interface

from wsgui.core.filters import Condition
from wsgui.core.record_reader import Traffic
from wsgui.core.records import Record


class Recorded(Interface):
    """Records by row number; row ``n`` has ``seq`` ``n + 1``. One thread reads; for another one there is ``again``."""

    @property
    def path(self) -> Path | None:
        """Its file, or ``None`` if it has none."""

    @property
    def problem(self) -> str | None:
        """What is wrong with the file, as a sentence."""

    @property
    def count(self) -> int:
        """The number of records that can be read."""

    @property
    def backlog(self) -> int:
        """How many more there are already, not yet to be read."""

    @property
    def meta(self) -> Mapping[str, str]:
        """What the recording says about itself: see :class:`~wsgui.core.recording.Recording`."""

    def rows(self, first: int, number: int) -> list[Record]:
        """At most ``number`` records from row ``first`` on, in order."""

    def beginnings(self, first: int, number: int) -> list[Record]:
        """As ``rows``, but without ``raw``, and of the data only the beginning: for who looks through all of it."""

    def record(self, seq: int) -> Record:
        """The record with that number. Raises ``KeyError`` when there is none, or not yet."""

    def pick(self, seqs: Sequence[int]) -> list[Record]:
        """The records with these numbers, in order."""

    def matching(self, condition: Condition, after: int, limit: int) -> list[int]:
        """Which of the ``limit`` records that follow number ``after`` meet the condition: their ``seq``, in order."""

    def values(self, expression: str, after: int, limit: int) -> list[str]:
        """What the SQL ``expression`` comes out as in the ``limit`` records that follow number ``after``."""

    def tally(self, expression: str, after: int, limit: int) -> Mapping[str, int]:
        """How often the SQL ``expression`` comes out as each value in the ``limit`` records after number ``after``."""

    def traffic(self, after: int, limit: int) -> list[Traffic]:
        """How much was said in the ``limit`` records that follow number ``after``, by the second and the direction.

        A second that the limit cuts in two is in this answer and in the next.
        """

    def again(self) -> ClosableRecorded:
        """The same records, to be read and closed by another thread."""


class ClosableRecorded(Recorded, Interface):
    """A reader of its own."""

    def close(self) -> None:
        """Let go of the file. May be called again."""
