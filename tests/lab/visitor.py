"""A stock python-socketio client: the lab and the tester share no code, and neither do their tests."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import socketio

LIMIT = 10.0  # seconds after which a wait has failed


class Visitor:
    """A client that keeps every event until somebody asks for it, and acknowledges each with ``heard``."""

    def __init__(self) -> None:
        self.client = socketio.AsyncClient(reconnection=False)
        self._inbox: asyncio.Queue[tuple[str, *tuple[object, ...]]] = asyncio.Queue()
        self.client.on("*", self._keep, namespace="*")
        # The catch-all handler does not get these three.
        for event in ("connect", "connect_error", "disconnect"):
            self.client.on(event, self._keeper(event), namespace="*")

    async def _keep(self, event: str, namespace: str, *args: object) -> object:
        self._inbox.put_nowait((event, *args))
        return ("heard", *args)

    def _keeper(self, event: str) -> object:
        async def keep(namespace: str, *args: object) -> None:
            self._inbox.put_nowait((event, *args))

        return keep

    async def receive(self, event: str) -> tuple[object, ...]:
        """The arguments of the next event of that name; other events before it are let go."""
        async with asyncio.timeout(LIMIT):
            while True:
                name, *args = await self._inbox.get()
                if name == event:
                    return tuple(args)

    async def emit(self, event: str, *args: object) -> None:
        """Emit without asking for an acknowledgement."""
        await self.client.emit(event, args)

    async def call(self, event: str, *args: object, namespace: str = "/") -> object:
        """Emit and give the acknowledgement: its only argument, or a tuple."""
        answer: object = await self.client.call(event, args, namespace=namespace, timeout=LIMIT)
        return answer


@asynccontextmanager
async def visit(url: str, *transports: str, **options: object) -> AsyncIterator[Visitor]:
    """A visitor connected to ``url``, disconnected at the end."""
    visitor = Visitor()
    try:
        await visitor.client.connect(url, transports=list(transports), wait_timeout=LIMIT, **options)
        yield visitor
    finally:
        await visitor.client.disconnect()
