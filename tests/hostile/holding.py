"""What every hostile case must leave standing: the loop is served, and nothing is raised outside the log."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from tests.net.session_log import PATIENCE_SECONDS, SessionLog
from wsgui.core.describe import describe
from wsgui.core.json_line import as_json
from wsgui.core.record_details import details
from wsgui.core.records import Direction, Kind, Record
from wsgui.core.wire.hex_parts import wire_bytes
from wsgui.core.wire.rows import is_wire_row, wire_row

MOST_BUSY_SECONDS = 0.1
"""CPU seconds of the loop's thread between two beats. Not seconds of the clock: those depend on the machine."""
_BEAT_SECONDS = 0.005


@asynccontextmanager
async def holding() -> AsyncIterator[None]:
    """Fails where the loop was not served, or where its exception handler was called."""
    loop = asyncio.get_running_loop()
    gc.freeze()  # to look through what thousands of other tests have left takes more than a tenth of a second
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
        gc.unfreeze()
    assert complaints == []
    assert busiest < MOST_BUSY_SECONDS, f"the loop was busy for {busiest:.3f} s of CPU without a beat"


def arrived(records: Sequence[Record], version: int = 4) -> bytes:
    """The bytes that the server sent after the handshake, as the records give them back."""
    rows = [row for row in records if is_wire_row(row) and row.direction is Direction.IN and row.kind is not Kind.HTTP]
    return b"".join(wire_bytes(row, version).data for row in rows if row.kind is not Kind.WS_OPEN)


def told_bytes(records: Sequence[Record]) -> int:
    """How many bytes of the server are told: of its HTTP answers, and of all that came behind a handshake."""
    exchanges = [record for record in records if record.kind in (Kind.HTTP, Kind.WS_OPEN)]
    answers = sum(len(each.raw) if each.raw is not None else _number(each.fact("size")) for each in exchanges)
    return answers + len(arrived(records))


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def readable(records: Sequence[Record]) -> None:
    """Everything that shows or exports a record can show these."""
    for record in records:
        assert describe(record).summary is not None
        assert as_json(record)
        assert details(record) is not None
        wire_bytes(record)
        if is_wire_row(record):
            assert wire_row(record)


def settled(log: SessionLog) -> list[Record]:
    """What ended the session, or the upgrade, before anybody wanted it."""
    lost = [record for record in log.all(Kind.WS_CLOSE, Direction.IN) if record.fact("code") == 1006]
    plain = lost if not log.all(Kind.TRANSPORT) else []
    found = log.all(Kind.CONNECT_ERROR) + log.all(Kind.DISCONNECT) + log.all(Kind.UPGRADE_ERROR) + plain
    return found[:1]


async def until(condition: Callable[[], bool]) -> None:
    """Wait until something is so that no record tells of."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not condition():  # noqa: ASYNC110 - the server and the session are two, and have no event together
            await asyncio.sleep(0.001)


async def turns() -> None:
    """Give the loop its turns."""
    for _turn in range(20):
        await asyncio.sleep(0)
