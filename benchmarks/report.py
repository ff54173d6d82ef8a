"""Figures as a person reads them: the middle one with its range, and whether a promise is kept."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Spread:
    """The median of what was measured, and how far it strayed."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        return cls(statistics.median(values), min(values), max(values))

    def __format__(self, spec: str) -> str:
        return f"{self.median:{spec}} ({self.least:{spec}} to {self.most:{spec}})"


def promise(what: str, figure: str, *, kept: bool, limit: str) -> bool:
    """Print one line of judgement and return ``kept``."""
    print(f"{'PASS' if kept else 'MISSED'}  {what}: {figure} (promise: {limit})", flush=True)
    return kept
