"""Accept connections on loopback and hand each to a handler: ``async with listen(handler, port) as port``.

A handler gets a :class:`Connection` and ends it by returning. What it had to say is sent first, then comes the FIN.
At the end of the context whatever still runs is cut off.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import struct
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TypeAlias

from wsgui.core.tasks import TaskOwner
from wsgui.lab.raw.http import LARGEST_HEAD, BadRequest, Request, Response, read_request
from wsgui.lab.server import HOST, CannotListen, explain

MOST_CONNECTIONS = 128

CLIENT_LEFT = (ConnectionError, EOFError, ssl.SSLError, TimeoutError)
"""What a read or a write raises when the client has gone, or does not speak TLS as it should."""


@dataclass(frozen=True)
class Connection:
    """One accepted connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def request(self) -> Request | None:
        """The next HTTP request; ``None`` if the client has left, or was told what is wrong with its request."""
        try:
            return await read_request(self.reader)
        except asyncio.IncompleteReadError:
            return None
        except BadRequest as error:
            await self.send(Response(error.status, (("Connection", "close"),)).encode())
            return None

    async def send(self, data: bytes) -> None:
        """Send bytes, and wait if the client is slow to read them."""
        self.writer.write(data)
        await self.writer.drain()

    async def answer(self, request: Request, response: Response) -> bool:
        """Answer a request; whether the connection stays open for another one."""
        await self.send(response.encode(head_only=request.method == "HEAD"))
        return "close" not in (request.get("Connection").lower(), response.get("Connection").lower())

    async def until_left(self) -> None:
        """Read and say nothing, until the client leaves."""
        while await self.reader.read(1 << 16):
            pass

    def reset(self) -> None:
        """Cut the connection with an RST in the place of the FIN."""
        sock = self.writer.get_extra_info("socket")
        numbers = "hh" if sys.platform == "win32" else "ii"  # on, for no time
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack(numbers, 1, 0))
        self.writer.transport.abort()


Handler: TypeAlias = Callable[[Connection], Awaitable[None]]


@asynccontextmanager
async def listen(handler: Handler, port: int = 0, *, host: str = HOST) -> AsyncIterator[int]:
    """Serve ``handler`` and yield the port; 0 takes any free one. Raises :exc:`CannotListen`."""
    tasks = TaskOwner("lab")
    ending = False

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if ending:
            writer.transport.abort()  # accepted in the moment in which the end came
        elif len(tasks) < MOST_CONNECTIONS:
            tasks.start(_serve(handler, Connection(reader, writer)), "connection")
        else:
            writer.transport.abort()

    try:
        server = await asyncio.start_server(accept, host, port, limit=LARGEST_HEAD)
    except OSError as error:
        raise CannotListen(explain(error, port)) from error
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        ending = True
        server.close()
        await tasks.close()
        await server.wait_closed()


async def _serve(handler: Handler, connection: Connection) -> None:
    writer = connection.writer
    try:
        with contextlib.suppress(*CLIENT_LEFT):  # nobody is left to be told
            await handler(connection)
            await writer.drain()
            writer.close()
            await writer.wait_closed()
    finally:
        writer.transport.abort()
