"""What a tester and a good server say to each other, in each protocol, over each transport; hostile ones end it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field

from tests.net.raw_server import EngineServer, Handler, RawWebSocket, Request, agrees, until_closed
from tests.net.session_log import SessionLog, session, v2_session
from tests.net.test_v2 import V2Server
from tests.net.websocket_log import websocket
from wsgui.core.records import Direction, Kind
from wsgui.core.ws_frames import Frame, Opcode
from wsgui.net.socketio_session import SocketioSession
from wsgui.net.websocket_session import WebSocketSession

EVENTS = ('42["greeting",{"to":"you"}]', '42["second"]')

Opened = AbstractAsyncContextManager[tuple[SocketioSession, SessionLog]]
PlainlyOpened = AbstractAsyncContextManager[tuple[WebSocketSession, SessionLog]]


@dataclass(frozen=True)
class Conversation:
    """``serve()`` is a new server, ``open(url, **options)`` the session that comes to it."""

    name: str
    steps: int
    """How many things the server says, with its answer to our goodbye."""
    serve: Callable[[], Handler]
    open: Callable[..., Opened | PlainlyOpened]
    options: dict[str, object] = field(default_factory=dict)

    def is_said(self, log: SessionLog) -> bool:
        """Whether all has come but for the answer to the goodbye."""
        if self.name == "websocket":
            return len(log.all(Kind.WS_MESSAGE, Direction.IN)) == 2 and bool(log.all(Kind.WS_PONG, Direction.OUT))
        upgraded = "upgrade" not in self.name or bool(log.all(Kind.UPGRADE))
        return len(log.all(Kind.EVENT, Direction.IN)) == len(EVENTS) and upgraded


class Server4(EngineServer):
    """Tells its events over polling, except for the last one if a WebSocket takes over before."""

    async def _polled(self, request: Request) -> str:
        body = await super()._polled(request)
        if request.method == "POST" and "40" in request.body.split("\x1e"):
            for event in EVENTS[:1] if self.websocket else EVENTS:
                self.say(event)
        return body


class Server3(V2Server):
    """The same of Engine.IO 3."""

    async def _polled(self, request: Request) -> str:
        body = await super()._polled(request)
        if request.method == "GET" and "sid=" not in request.target:
            for event in EVENTS[:1] if self.websocket else EVENTS:
                self.say(f"{len(event)}:{event}")
        return body

    async def _websocket(self, request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if "sid=" not in request.target:
            await super()._websocket(request, reader, writer)
            return
        assert self.websocket is not None
        socket = RawWebSocket(reader, writer)
        socket.accept(request)
        await self.websocket(socket)


async def tell_all(socket: RawWebSocket) -> None:
    for event in EVENTS:
        socket.send(event)
    await until_closed(socket)


def upgrading(server: EngineServer, noop: str) -> EngineServer:
    async def take_over(socket: RawWebSocket) -> None:
        await socket.expect("2probe")
        socket.send("3probe")
        server.say(noop)
        await socket.expect("5")
        socket.send(EVENTS[1])
        await until_closed(socket)

    server.websocket = take_over
    server.handshake = {"upgrades": ["websocket"]}
    return server


def plain() -> Handler:
    async def play(socket: RawWebSocket) -> None:
        socket.writer.write(Frame(Opcode.TEXT, b"in ", fin=False).encode())
        socket.writer.write(Frame(Opcode.CONTINUATION, b"pieces").encode())
        socket.send(b"\x00\xff" * 100)
        socket.frame(Opcode.PING, b"there?")
        await until_closed(socket)

    return agrees(play)


def _open_plain(url: str, **options: object) -> PlainlyOpened:
    return websocket(url.replace("http", "ws", 1), **options)


_POLLING: dict[str, object] = {"transports": ["polling"]}
_WEBSOCKET: dict[str, object] = {"transports": ["websocket"]}
CONVERSATIONS = (
    Conversation("websocket", 6, plain, _open_plain),
    Conversation("socketio websocket", 6, lambda: EngineServer(websocket=tell_all), session, _WEBSOCKET),
    Conversation("socketio polling", 7, Server4, session, _POLLING),
    Conversation("socketio upgrade", 9, lambda: upgrading(Server4(), "6"), session),
    Conversation("socketio-v2 websocket", 6, lambda: V2Server(websocket=tell_all), v2_session, _WEBSOCKET),
    Conversation("socketio-v2 polling", 5, Server3, v2_session, _POLLING),
    Conversation("socketio-v2 upgrade", 7, lambda: upgrading(Server3(), "1:6"), v2_session),
)
