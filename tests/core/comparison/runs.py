"""Runs to compare: sessions with servers of the lab, recorded as the window records them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

from tests.net.session_log import ACK, SessionLog
from wsgui.core.address import read_address
from wsgui.core.comparison import Comparison, Row, compare
from wsgui.core.options import OptionValues, check_values
from wsgui.core.recording import Recording
from wsgui.core.records import Kind, Record
from wsgui.lab.catalogue import offer
from wsgui.net.session import Target
from wsgui.net.socketio_session import SocketioSession

HEALTHY = "healthy-node"
"""The one that says nothing by the clock."""


@asynccontextmanager
async def served(server: str = HEALTHY) -> AsyncIterator[str]:
    """The URL of a server of the lab, by its id."""
    found = offer(server)
    assert found is not None
    async with found.serve(0) as url:
        yield url


async def record(path: Path | None, url: str, *, until: Kind = Kind.ACK, **options: object) -> Recording:
    """Connect, ask for an acknowledgement, and part when there was a record of that kind."""
    log = SessionLog()
    values = check_values(cast("OptionValues", options))
    running = SocketioSession(Target(read_address(url), values), log.tap, log.changed)
    running.open()
    try:
        if until is Kind.ACK:
            await log.until(Kind.CONNECT)
            running.send("ack", ["hello"], options=ACK)
            if "transports" not in options:
                await log.until(Kind.UPGRADE)
        await log.until(until)
    finally:
        await running.close()
    return of(log.records, path, url)


def of(records: list[Record], path: Path | None = None, url: str = "http://localhost:3000") -> Recording:
    """These records as a recording."""
    recording = Recording(path, url, "socketio")
    recording.extend(records)
    recording.flush()
    return recording


def compared(left: Recording, right: Recording) -> Comparison:
    """Compare two, and close them."""
    try:
        return compare(left, right, ("left", "right"))
    finally:
        left.close()
        right.close()


def row(comparison: Comparison, name: str) -> Row:
    """The one row of that step."""
    (found,) = [row for row in comparison.rows if row.step.name == name]
    return found


def told(row_: Row) -> dict[str, tuple[str, str]]:
    """The differences of a row by their names."""
    return {each.name: (each.left, each.right) for each in row_.differences}
