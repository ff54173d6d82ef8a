"""A reverse proxy: what stands between the clients and a Socket.IO server, and is often what is at fault.

A fault overrides one step: what happens to a request, to an answer, to the bytes of a WebSocket.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from wsgui.lab.raw.http import Request, Response, nginx_page, read_response
from wsgui.lab.raw.listener import CLIENT_LEFT, Connection
from wsgui.lab.server import HOST


class Front:
    """Pass everything on to the nodes at ``ports``, as a proxy that is set up well does."""

    def __init__(self, *ports: int) -> None:
        self.ports = ports

    async def __call__(self, connection: Connection) -> None:
        """Serve one connection."""
        while (request := await connection.request()) is not None:
            answer = await self.intercept(request)
            if answer is None and request.is_upgrade:
                await self.upgrade(connection, request)
                return
            if answer is None:
                answer = self.coming_back(request, await self.ask(self.going_in(request)))
            if not await connection.answer(request, answer):
                return

    async def intercept(self, request: Request) -> Response | None:
        """An answer of the front's own; ``None`` passes the request on."""
        return None

    def going_in(self, request: Request) -> Request:
        """The request as the server behind sees it."""
        return request

    def coming_back(self, request: Request, response: Response) -> Response:
        """The answer as the client sees it."""
        return response

    def choose(self, request: Request) -> int:
        """The port of the node that gets the request."""
        return self.ports[0]

    async def ask(self, request: Request) -> Response:
        """The answer of the node that is chosen for the request."""
        return await self.fetch(self.choose(request), request)

    async def fetch(self, port: int, request: Request) -> Response:
        """The answer of the node at that port."""
        async with _connect(port) as behind:
            await behind.send(request.encode())
            answer = await read_response(behind.reader, request.method)
        return answer.without("Connection", "Keep-Alive")

    async def upgrade(self, connection: Connection, request: Request) -> None:
        """Pass a request for a WebSocket on, and the bytes that follow."""
        passed_on = self.going_in(request)
        if not passed_on.is_upgrade:
            await connection.answer(request, self.coming_back(request, await self.ask(passed_on)))
            return
        async with _connect(self.choose(request)) as behind:
            await behind.send(passed_on.encode())
            try:
                head = await behind.reader.readuntil(b"\r\n\r\n")
            except asyncio.IncompleteReadError:
                await connection.send(nginx_page(502).encode())
                return
            await connection.send(head)
            async with asyncio.TaskGroup() as both:
                both.create_task(self._carry(connection, behind))
                both.create_task(self._carry_back(behind, connection))

    async def _carry(self, connection: Connection, behind: Connection) -> None:
        with contextlib.suppress(*CLIENT_LEFT):
            await self.inward(connection, behind)
        behind.writer.close()

    async def _carry_back(self, behind: Connection, connection: Connection) -> None:
        with contextlib.suppress(*CLIENT_LEFT):
            await self.outward(behind, connection)
        connection.writer.close()

    async def inward(self, connection: Connection, behind: Connection) -> None:
        """Carry the bytes of a WebSocket to the server."""
        while data := await connection.reader.read(1 << 16):
            await behind.send(data)

    async def outward(self, behind: Connection, connection: Connection) -> None:
        """Carry what follows the 101 to the client."""
        while data := await behind.reader.read(1 << 16):
            await connection.send(data)


@asynccontextmanager
async def _connect(port: int) -> AsyncIterator[Connection]:
    connection = Connection(*await asyncio.open_connection(HOST, port))
    try:
        yield connection
    finally:
        connection.writer.transport.abort()


class Alternating(Front):
    """A front that gives every request to the other node."""

    def __init__(self, *ports: int) -> None:
        super().__init__(*ports)
        self._turn = 0

    def choose(self, request: Request) -> int:
        self._turn += 1
        return self.ports[self._turn % len(self.ports)]


class Sticky(Alternating):
    """A front that keeps a client at the node that its cookie names. ``attributes`` stand behind the cookie."""

    def __init__(self, *ports: int, attributes: str = "path=/") -> None:
        super().__init__(*ports)
        self._attributes = attributes

    def choose(self, request: Request) -> int:
        known = self._known(request)
        return super().choose(request) if known is None else known

    async def ask(self, request: Request) -> Response:
        port = self.choose(request)
        answer = await self.fetch(port, request)
        if self._known(request) is not None:
            return answer
        return answer.adding(("Set-Cookie", f"SERVERID={self.ports.index(port)}; {self._attributes}"))

    def _known(self, request: Request) -> int | None:
        named = re.search(r"SERVERID=(\d)", request.get("Cookie"))
        return self.ports[int(named[1]) % len(self.ports)] if named else None
