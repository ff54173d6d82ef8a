"""What a session said, and waiting until it says something."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import cast

from wsgui.core.address import read_address
from wsgui.core.option_types import Protocol
from wsgui.core.options import OptionValues, check_values
from wsgui.core.records import Direction, Kind, Record
from wsgui.net.session import EmitOptions, Status, Target
from wsgui.net.socketio_session import SocketioSession
from wsgui.net.tap import Tap

PATIENCE_SECONDS = 10.0
"""No test is meant to come near it; it only ends those that would wait for ever."""

FAST = {"reconnectionDelay": 20, "reconnectionDelayMax": 40, "randomizationFactor": 0}
"""Options with which a reconnection takes milliseconds."""


ACK = EmitOptions(ack=True)


class SessionLog:
    """Keeps the records and the statuses of a session."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.statuses: list[Status] = []
        self.tap = Tap(self._take)
        self._news = asyncio.Event()
        self.on_record: Callable[[Record], None] = lambda record: None

    def _take(self, records: Sequence[Record]) -> None:
        self.records += records
        self._news.set()
        for record in records:
            self.on_record(record)

    def changed(self, status: Status) -> None:
        self.statuses.append(status)
        self._news.set()

    def all(self, kind: Kind, direction: Direction | None = None, **facts: object) -> list[Record]:
        """The records of a kind, with these facts."""
        return [
            record
            for record in self.records
            if record.kind is kind
            and direction in (None, record.direction)
            and all(record.fact(name) == value for name, value in facts.items())
        ]

    def notes(self) -> list[str]:
        """What the program said itself, but for the telling of each new TCP connection."""
        return [str(note.fact("text")) for note in self.all(Kind.NOTE) if not note.fact("peer")]

    async def until(self, kind: Kind, direction: Direction | None = None, count: int = 1, **facts: object) -> Record:
        """Wait for the ``count``-th such record."""

        def found() -> bool:
            return len(self.all(kind, direction, **facts)) >= count

        await self.until_true(found)
        return self.all(kind, direction, **facts)[count - 1]

    async def until_true(self, condition: Callable[[], bool]) -> None:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while not condition():
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            lines = "\n".join(f"{r.seq} {r.t:.3f} {r.direction} {r.kind} {r.data!r} {r.facts}" for r in self.records)
            raise AssertionError(f"never came; the session said:\n{lines}") from None

    def order(self, *kinds: Kind) -> list[Kind]:
        """The kinds of the records in their order, of those named."""
        return [record.kind for record in self.records if record.kind in kinds]


Opened = AbstractAsyncContextManager[tuple[SocketioSession, SessionLog]]


def session(url: str, *namespaces: str, **options: object) -> Opened:
    """A session that was opened, and is closed at the end."""
    return _opened(Target(read_address(url), check_values(cast("OptionValues", options)), namespaces))


def v2_session(url: str, *namespaces: str, **options: object) -> Opened:
    """The same in the protocol of Socket.IO 2."""
    values = check_values(cast("OptionValues", options))
    return _opened(Target(read_address(url), values, namespaces, Protocol.SOCKETIO_V2))


@asynccontextmanager
async def _opened(target: Target) -> AsyncIterator[tuple[SocketioSession, SessionLog]]:
    log = SessionLog()
    running = SocketioSession(target, log.tap, log.changed)
    running.open()
    try:
        yield running, log
    finally:
        await running.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        assert [task.get_name() for task in others if "session" in task.get_name() or "engine" in task.get_name()] == []
