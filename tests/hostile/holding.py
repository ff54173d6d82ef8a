"""What every hostile case must leave standing: the loop is served, and nothing is raised outside the log."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from wsgui.core.records import Direction, Kind, Record
from wsgui.core.wire.hex_parts import wire_bytes
from wsgui.core.wire.rows import is_wire_row

MOST_BUSY_SECONDS = 0.1
"""CPU seconds of the loop's thread between two beats. Not seconds of the clock: those depend on the machine."""
_BEAT_SECONDS = 0.005


@asynccontextmanager
async def holding() -> AsyncIterator[None]:
    """Fails where the loop was not served, or where its exception handler was called."""
    loop = asyncio.get_running_loop()
    complaints: list[dict[str, object]] = []
    loop.set_exception_handler(lambda _loop, context: complaints.append(context))
    busiest, last, running = 0.0, time.thread_time(), True

    def beat() -> None:
        nonlocal busiest, last
        now = time.thread_time()
        busiest, last = max(busiest, now - last), now
        if running:
            loop.call_later(_BEAT_SECONDS, beat)

    beat()
    try:
        yield
    finally:
        running = False
        beat()
        loop.set_exception_handler(None)
    assert complaints == []
    assert busiest < MOST_BUSY_SECONDS, f"the loop was busy for {busiest:.3f} s of CPU without a beat"


def arrived(records: Sequence[Record]) -> bytes:
    """The bytes that the server sent after the handshake, as the records give them back."""
    rows = [row for row in records if is_wire_row(row) and row.direction is Direction.IN and row.kind is not Kind.HTTP]
    return b"".join(wire_bytes(row).data for row in rows if row.kind is not Kind.WS_OPEN)
