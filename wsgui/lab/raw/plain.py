"""A plain WebSocket server, without Socket.IO: it sends back what it gets. ``serve_plain(port)`` yields its URL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from wsgui.lab.raw.engine import TEXT_TYPE
from wsgui.lab.raw.http import Headers, Request, Response
from wsgui.lab.raw.listener import Connection
from wsgui.lab.raw.serving import serve_bare
from wsgui.lab.raw.websocket import PING, WebSocket, close_frame, frame, switching

UPGRADE_REQUIRED = Response(426, (("Connection", "Upgrade"), ("Upgrade", "websocket"), TEXT_TYPE), b"Upgrade Required")


class Plain:
    """Text and bytes come back. The text ``ping`` brings a ping first, ``close`` the end with code 1000."""

    async def __call__(self, connection: Connection) -> None:
        """Serve one connection."""
        while (request := await connection.request()) is not None:
            if request.is_upgrade:
                await connection.send(self.switch(request).encode())
                await self.talk(WebSocket(connection))
                return
            if not await connection.answer(request, self.refuse(request)):
                return

    def refuse(self, request: Request) -> Response:
        """The answer to a request that is no upgrade."""
        return UPGRADE_REQUIRED

    def switch(self, request: Request) -> Response:
        """The 101, with the first of the subprotocols that the client speaks."""
        return switching(request, *self.subprotocol(request))

    def subprotocol(self, request: Request) -> Headers:
        """The header that names a subprotocol, if there is to be one."""
        first = request.get("Sec-WebSocket-Protocol").partition(",")[0].strip()
        return (("Sec-WebSocket-Protocol", first),) if first else ()

    async def talk(self, websocket: WebSocket) -> None:
        """Serve a WebSocket that is open."""
        while True:
            message = await websocket.receive()
            if message == "ping":
                await websocket.connection.send(frame(PING, b"wsgui"))
            await websocket.send(message)
            if message == "close":
                await websocket.connection.send(close_frame(1000, "as you wish"))
                await websocket.receive()


@asynccontextmanager
async def serve_plain(port: int = 0, *, handler: Plain | None = None) -> AsyncIterator[str]:
    """Serve a plain WebSocket server, a healthy one unless another is given."""
    async with serve_bare(handler or Plain(), port, scheme="ws") as url:
        yield url
