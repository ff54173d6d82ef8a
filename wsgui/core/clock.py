"""The time of day as the log shows it."""

from __future__ import annotations

import time


def clock(wall: float) -> str:
    """Seconds since 1970 as the time of day, to the millisecond, where the person is."""
    whole = int(wall)
    return f"{time.strftime('%H:%M:%S', time.localtime(whole))}.{int((wall - whole) * 1000):03d}"
