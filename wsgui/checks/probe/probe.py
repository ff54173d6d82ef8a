"""The Probe: what is asked about, and the facts, each fetched once however many checks ask for it.

A fact is a coroutine function that takes the probe and is marked with :func:`fact`. Several checks may await the same
one; the first starts it, and it goes on even if that check is cancelled. What cannot be found out because of something
that failed before raises :class:`NotKnown`: the check that asked is then skipped, and the sentence says why.
"""

from __future__ import annotations

import asyncio
import functools
import ipaddress
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import TypeVar, cast

from wsgui.checks.probe.limits import CONNECTIONS, Limits
from wsgui.checks.probe.traffic import Traffic
from wsgui.core.option_types import Protocol
from wsgui.core.options import value_of
from wsgui.core.tasks import TaskOwner
from wsgui.net.dialect import V2, dialect_of, values_for
from wsgui.net.engine_options import EngineOptions
from wsgui.net.session import Target
from wsgui.net.tap import Tap

T = TypeVar("T")


class NotKnown(Exception):  # noqa: N818 - says what is the matter
    """It cannot be found out; the message is a sentence that says why."""


class Probe:
    """One diagnosis of one target. ``close()`` ends whatever is still asked."""

    def __init__(
        self,
        target: Target,
        *,
        origin: str = "",
        slow: bool = False,
        limits: Limits | None = None,
        tap: Tap | None = None,
    ) -> None:
        """``origin``: that of the web page, ``https://app.example.com``; empty for a client outside of a browser."""
        self.target = target
        self.address = target.address
        self.protocol = target.protocol
        self.values = values_for(target.protocol, target.values)
        self.origin = origin
        self.slow = slow
        self.limits = limits or Limits()
        self.tap = tap
        self.dialect = dialect_of(target.protocol)
        self.engine = EngineOptions(target.address, self.values, self.dialect)
        self.requests = 0
        """How many connections were made in all."""
        self.traffic = Traffic()
        """What went out on those that are over."""
        self._facts: dict[Callable[[Probe], Awaitable[object]], asyncio.Future[object]] = {}
        self._tasks = TaskOwner("probe")
        self._slots = asyncio.Semaphore(CONNECTIONS)
        self._quiet = asyncio.Lock()
        self._next_start = 0.0

    async def once(self, fetch: Callable[[Probe], Coroutine[object, object, T]]) -> T:
        """What ``fetch`` gives, or raises, the first time."""
        future = self._facts.get(fetch)
        if future is None:
            future = self._facts[fetch] = asyncio.get_running_loop().create_future()
            self._tasks.start(_settle(future, fetch, self), fetch.__name__)
        return await asyncio.shield(cast("asyncio.Future[T]", future))  # a dictionary cannot tie T to its key

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait until one more connection may be made, and hold its place."""
        async with self._slots:
            now = time.monotonic()
            start = max(now, self._next_start)
            self._next_start = start + (self.limits.spacing_nearby if self.is_nearby else self.limits.spacing)
            self.requests += 1
            await asyncio.sleep(start - now)
            yield

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[None]:
        """Wait until there is no connection, and let none be made but by the block itself, with :meth:`turn`."""
        async with self._quiet:
            for _slot in range(CONNECTIONS - 1):
                await self._slots.acquire()
            try:
                yield
            finally:
                for _slot in range(CONNECTIONS - 1):
                    self._slots.release()

    def path(self, transport: str) -> str:
        """The HTTP path of a transport, with the slash in front that it must have."""
        return "/" + self.engine.request_path(transport).removeprefix("/")

    @functools.cached_property
    def is_nearby(self) -> bool:
        """Whether the server is on this machine."""
        if self.address.host == "localhost":
            return True
        try:
            address = ipaddress.ip_address(self.address.host)
        except ValueError:
            return False
        return address.is_loopback or address.is_unspecified

    @property
    def speaks_socketio(self) -> bool:
        return self.protocol is not Protocol.WEBSOCKET

    @property
    def is_v2(self) -> bool:
        return self.dialect is V2

    @functools.cached_property
    def uses_polling(self) -> bool:
        """Whether the client of these options would ever poll."""
        wanted = self.engine.transports
        falls_back = bool(value_of(self.values, "tryAllTransports"))
        return self.speaks_socketio and "polling" in (wanted if falls_back else wanted[:1])

    @functools.cached_property
    def uses_websocket(self) -> bool:
        """Whether the client of these options would ever open a WebSocket."""
        if not self.speaks_socketio:
            return True
        wanted = self.engine.transports
        goes_on = bool(value_of(self.values, "tryAllTransports")) or bool(value_of(self.values, "upgrade"))
        return "websocket" in (wanted if goes_on else wanted[:1])

    async def close(self) -> None:
        """End all that still runs."""
        await self._tasks.close()
        for future in self._facts.values():
            if not future.done():
                future.cancel()


def fact(
    fetch: Callable[[Probe], Coroutine[object, object, T]],
) -> Callable[[Probe], Coroutine[object, object, T]]:
    """Mark a coroutine function as a fact: it runs once for each probe."""

    @functools.wraps(fetch)
    async def fetched(probe: Probe) -> T:
        return await probe.once(fetch)

    return fetched


async def _settle(future: asyncio.Future[object], fetch: Callable[[Probe], Awaitable[object]], probe: Probe) -> None:
    try:
        result = await fetch(probe)  # made here: a task that is cancelled before its first step must not leave one
    except asyncio.CancelledError:
        future.cancel()
        raise
    except Exception as error:  # noqa: BLE001 - raised again by each who asks
        future.set_exception(error)
        future.exception()  # nobody may ask any more, which is no reason to complain
    else:
        future.set_result(result)
