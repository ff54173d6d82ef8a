"""What a process has too much of, looked at again and again while it works: does it grow?

Memory is judged by its slope after a warm-up, over several samples: caches, free lists and the heap of C settle in
steps, so that one figure says nothing. Things that can be counted must not grow at all.
"""

from __future__ import annotations

import asyncio
import gc
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.memory import resident

WARM_UP = 1 / 3
"""Of the samples, the first are not judged."""


class Sample(NamedTuple):
    """What a process has now. ``done``: how much of the work it has done."""

    done: int
    memory: float
    """Bytes in RAM."""
    descriptors: int
    tasks: int
    """Of asyncio, that have not ended."""
    timers: int
    """Of Qt that run, and of the loop that are due."""
    threads: int
    widgets: int
    objects: int
    """That Python's garbage collector knows."""


COUNTED = ("descriptors", "tasks", "timers", "threads", "widgets")


def sample(done: int) -> Sample:
    """Look now, after all garbage is gone. Called on the loop's thread."""
    gc.collect()
    return Sample(
        done,
        resident(),
        len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").exists() else 0,  # noqa: PTH208 - names are enough
        len(asyncio.all_tasks()),
        sum(each.isActive() for top in QApplication.topLevelWidgets() for each in top.findChildren(QTimer))
        + sum(not each.cancelled() for each in getattr(asyncio.get_running_loop(), "_due", ())),
        # Those of the loop's pool are Qt's. They are made as they are needed, up to the pool's size, and kept.
        sum(not isinstance(each, threading._DummyThread) for each in threading.enumerate()),
        len(QApplication.allWidgets()),
        len(gc.get_objects()),
    )


def judged(samples: Sequence[Sample]) -> Sequence[Sample]:
    """Those after the warm-up."""
    return samples[round(len(samples) * WARM_UP) :]


def slope(samples: Sequence[Sample], name: str) -> float:
    """By how much it grows with each unit of the work: the line of least squares through the samples after warm-up."""
    points = [(each.done, float(getattr(each, name))) for each in judged(samples)]
    middle = sum(x for x, _y in points) / len(points)
    level = sum(y for _x, y in points) / len(points)
    return sum((x - middle) * (y - level) for x, y in points) / sum((x - middle) ** 2 for x, _y in points)


def growth(samples: Sequence[Sample], name: str) -> float:
    """By how much it has grown after the warm-up, by that line."""
    after = judged(samples)
    return slope(samples, name) * (after[-1].done - after[0].done)
