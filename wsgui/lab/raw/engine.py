"""An Engine.IO server that answers as Node's does, to the byte where a client could tell: protocol 4, and protocol 3.

It is what faults are made of: a fault overrides one step of it, or gives it other settings. The healthy Socket.IO 4
server beside it is python-socketio's, which words its refusals in its own way.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple

from wsgui.core.tasks import TaskOwner
from wsgui.lab.raw import payloads
from wsgui.lab.raw.engine_session import Conversation, EngineSession
from wsgui.lab.raw.http import Headers, Request, Response, html
from wsgui.lab.raw.listener import Connection
from wsgui.lab.raw.payloads import BrokenPayload, EnginePacket
from wsgui.lab.raw.websocket import CLOSE, WebSocket, frame, switching
from wsgui.lab.server import PATIENCE

TEXT_TYPE = ("Content-Type", "text/plain; charset=UTF-8")
HTML_TYPE = ("Content-Type", "text/html")
JSON_TYPE = ("Content-Type", "application/json")
MOST_SESSIONS = 1000
"""Then handshakes are refused until some have ended."""
DESTROY_UPGRADE_TIMEOUT = 1.0
"""Seconds for which Node holds an upgrade that nobody answers."""

MESSAGES = (
    "Transport unknown",
    "Session ID unknown",
    "Bad handshake method",
    "Bad request",
    "Forbidden",
    "Unsupported protocol version",
)
"""The errors of the handshake; the code is the place."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The options of the Node server that matter here, with its defaults. Times are in seconds."""

    protocols: frozenset[int] = frozenset({4})
    """4 for Socket.IO 3 and later, with 3 if ``allowEIO3``; 3 alone is Socket.IO 2."""
    path: str = "/socket.io/"
    transports: tuple[str, ...] = ("polling", "websocket")
    allow_upgrades: bool = True
    ping_interval: float = 25.0
    ping_timeout: float = 20.0
    upgrade_timeout: float = 10.0
    max_payload: int = 1_000_000
    cors: bool = True
    """``cors: {origin: true, credentials: true}``; otherwise there is no word of CORS."""


class Refusal(NamedTuple):
    """A handshake error: its code and its message."""

    code: int
    message: str


def refusal(code: int) -> Refusal:
    return Refusal(code, MESSAGES[code])


class Engine:
    """The server. ``converse`` makes the conversation of a new session."""

    def __init__(
        self, converse: Callable[[Engine, EngineSession], Conversation], settings: Settings | None = None
    ) -> None:
        self.settings = settings or Settings()
        self.sessions: dict[str, EngineSession] = {}
        self.tasks = TaskOwner("lab engine")
        self._converse = converse

    async def __call__(self, connection: Connection) -> None:
        """Serve one connection."""
        while (request := await connection.request()) is not None:
            if request.is_upgrade:
                await self.upgrade(connection, request)
                return
            if not await connection.answer(request, await self.answer(request)):
                return

    async def dismiss_clients(self) -> None:
        """End all sessions, and tell their clients; do not wait for those that no longer listen."""
        for session in list(self.sessions.values()):
            self.drop(session)
        for _turn in range(3):  # the answer to a poll needs as many turns of the loop to be on its way
            await asyncio.sleep(0)
        await self.tasks.finish("websocket", PATIENCE)

    async def close(self) -> None:
        """End the tasks. Nobody can connect any more by now."""
        await self.tasks.close()

    # One request

    async def answer(self, request: Request) -> Response:
        """The answer to a request that is no upgrade, with what a browser wants to know."""
        if request.path != self.settings.path:
            return self.elsewhere(request)
        if request.method == "OPTIONS" and self.settings.cors:
            return self.preflight(request)
        return self.cors(request, await self.polling(request))

    def elsewhere(self, request: Request) -> Response:
        """What the application answers on all other paths: Express, and the Socket.IO server is attached to it."""
        if request.path == "/health":
            return Response(200, (JSON_TYPE,), b'{"status":"ok"}')
        return express_404(request)

    def preflight(self, request: Request) -> Response:
        headers = (
            ("Access-Control-Allow-Methods", "GET,HEAD,PUT,PATCH,POST,DELETE"),
            ("Access-Control-Allow-Headers", request.get("Access-Control-Request-Headers")),
        )
        return self.cors(request, Response(204, headers))

    def cors(self, request: Request, response: Response) -> Response:
        """The answer with what lets a page on another origin read it."""
        if not self.settings.cors:
            return response
        origin = request.get("Origin")
        allowed: Headers = (("Access-Control-Allow-Origin", origin),) if origin else ()
        return response.adding(*allowed, ("Vary", "Origin"), ("Access-Control-Allow-Credentials", "true"))

    async def polling(self, request: Request) -> Response:
        """One request of polling: a handshake, a poll or a POST."""
        refused = self.verify(request)
        if refused:
            return refused_polling(refused)
        session = self.sessions.get(request.query.get("sid", ""))
        if session is None:
            return self.first_answer(request) if len(self.sessions) < MOST_SESSIONS else Response(503)
        if request.method == "POST":
            return await self.take_post(session, request)
        if session.polled:
            self.drop(session)
            return Response(400)
        session.polled = True
        try:
            packets = await session.poll()
        finally:
            session.polled = False
        return self.polled(session, packets)

    def verify(self, request: Request) -> Refusal | None:
        """Engine.IO's own checks of a request, in its order."""
        query = request.query
        transport = query.get("transport", "")
        if transport not in self.settings.transports:
            return refusal(0)
        sid = query.get("sid")
        if sid:
            session = self.sessions.get(sid)
            if session is None:
                return refusal(1)
            return refusal(3) if not request.is_upgrade and session.transport != transport else None
        if request.method != "GET":
            return refusal(2)
        if transport == "websocket" and not request.is_upgrade:
            return refusal(3)
        if not request.is_upgrade and self.protocol(request) is None:
            return refusal(5)
        return None

    def protocol(self, request: Request) -> int | None:
        """The Engine.IO protocol to speak, if the server can."""
        protocols = self.settings.protocols
        if len(protocols) == 1 and 3 in protocols:
            return 3  # Socket.IO 2 does not look
        asked = 4 if request.query.get("EIO") == "4" else 3
        return asked if asked in protocols else None

    def first_answer(self, request: Request) -> Response:
        """Open a session over polling."""
        session = self.open(request, "polling")
        waiting = session.take_waiting() if session.protocol == 3 else []
        return self.polled(session, [self.open_packet(session), *waiting])

    async def take_post(self, session: EngineSession, request: Request) -> Response:
        if len(request.body) > self.settings.max_payload:
            return Response(413)
        try:
            packets = payloads.decode(request.body, session.protocol, request.get("Content-Type"))
        except BrokenPayload:
            self.drop(session)
            return Response(400)
        for packet in packets:
            await self.take_packet(session, packet)
        return Response(200, (HTML_TYPE,), b"ok")

    def polled(self, session: EngineSession, packets: list[EnginePacket]) -> Response:
        cookie: Headers = (("Set-Cookie", f"io={session.sid}; Path=/; HttpOnly"),) if session.protocol == 3 else ()
        no_store = ("Cache-Control", "no-store")
        return Response(200, (TEXT_TYPE, no_store, *cookie), payloads.encode(packets, session.protocol))

    # Sessions

    def open(self, request: Request, transport: str) -> EngineSession:
        """A new session."""
        session = EngineSession(self.protocol(request) or 4)
        session.transport = transport
        session.conversation = self._converse(self, session)
        self.sessions[session.sid] = session
        self.tasks.start(self.beat(session), "heartbeat")
        session.conversation.open()
        return session

    def open_packet(self, session: EngineSession) -> str:
        can_upgrade = session.transport == "polling" and self.settings.allow_upgrades
        handshake: dict[str, object] = {
            "sid": session.sid,
            "upgrades": ["websocket"] if can_upgrade and "websocket" in self.settings.transports else [],
            "pingInterval": round(self.settings.ping_interval * 1000),
            "pingTimeout": round(self.settings.ping_timeout * 1000),
        }
        if session.protocol == 4:
            handshake["maxPayload"] = self.settings.max_payload
        return "0" + json.dumps(handshake, separators=(",", ":"))

    def drop(self, session: EngineSession) -> None:
        """End a session: the WebSocket with an empty close frame, the waiting poll with the packet ``close``."""
        session.close()
        self.sessions.pop(session.sid, None)

    async def beat(self, session: EngineSession) -> None:
        """The heartbeat: the server's pings in protocol 4, in protocol 3 a watch for those of the client."""
        interval, patience = self.settings.ping_interval, self.settings.ping_timeout
        while not session.closed:
            session.heard.clear()
            try:
                if session.protocol == 4:
                    await asyncio.sleep(interval)
                    session.send("2")
                    await asyncio.wait_for(session.heard.wait(), patience)
                else:
                    await asyncio.wait_for(session.heard.wait(), interval + patience)
            except TimeoutError:
                self.drop(session)

    async def take_packet(self, session: EngineSession, packet: EnginePacket) -> None:
        """A packet from the client."""
        if isinstance(packet, bytes):
            await session.conversation.receive(packet)
            return
        match packet[:1], session.protocol:
            case "4", _:
                await session.conversation.receive(packet[1:])
            case "3", 4:
                session.heard.set()
            case "2", 3:
                session.heard.set()
                session.send("3" + packet[1:])
            case _:
                self.drop(session)

    # WebSocket

    async def upgrade(self, connection: Connection, request: Request) -> None:
        """Answer a request for a WebSocket, and serve it."""
        if request.path != self.settings.path:
            await asyncio.sleep(DESTROY_UPGRADE_TIMEOUT)
            return
        refused = self.verify(request)
        if refused:
            await connection.send(refused_upgrade(refused).encode())
            return
        await connection.send(self.switch(request).encode())
        if self.protocol(request) is None and not request.query.get("sid"):
            # As Node does it: the refusal comes after the WebSocket was agreed on, and in HTTP.
            await connection.send(refused_upgrade(refusal(5)).encode())
            return
        websocket = WebSocket(connection, self.settings.max_payload)
        session = self.sessions.get(request.query.get("sid", ""))
        if session is None:
            session = self.open(request, "websocket")
            await websocket.send(self.open_packet(session))
            await self.spoke(websocket, request)
        elif not await self.probe(websocket, session, request):
            return
        await self.serve_websocket(websocket, session)

    def switch(self, request: Request) -> Response:
        """The 101, with what would let a page read it; browsers do not look for that there."""
        return self.cors(request, switching(request))

    async def probe(self, websocket: WebSocket, session: EngineSession, request: Request) -> bool:
        """Take a session over from polling; whether that has come to its end."""
        if session.upgrading or session.transport == "websocket":
            await websocket.connection.send(frame(CLOSE))
            return False
        try:
            async with asyncio.timeout(self.settings.upgrade_timeout):
                upgraded = await self._agree(websocket, session, request)
        except TimeoutError:
            upgraded = False
        finally:
            session.upgrading = False
        if upgraded:
            session.transport = "websocket"
        else:
            await websocket.connection.send(frame(CLOSE))
        return upgraded

    async def _agree(self, websocket: WebSocket, session: EngineSession, request: Request) -> bool:
        if await websocket.receive() != "2probe":
            return False
        await websocket.send("3probe")
        await self.spoke(websocket, request)
        session.begin_upgrade()
        return await websocket.receive() == "5"

    async def spoke(self, websocket: WebSocket, request: Request) -> None:
        """The WebSocket has said its first word: the open packet, or the answer to the probe of an upgrade."""

    async def serve_websocket(self, websocket: WebSocket, session: EngineSession) -> None:
        """Carry packets both ways until one side has had enough."""
        writing = self.tasks.start(self._write(websocket, session), "websocket")
        try:
            while True:
                message = await websocket.receive()
                # Protocol 3 has the type of the packet before the bytes too.
                binary = isinstance(message, bytes) and session.protocol == 3
                await self.take_packet(session, message[1:] if binary else message)
        finally:
            writing.cancel()
            self.drop(session)

    async def _write(self, websocket: WebSocket, session: EngineSession) -> None:
        with suppress(ConnectionError):  # the reader learns that the client has left
            while packets := await session.take():
                for packet in packets:
                    if isinstance(packet, bytes) and session.protocol == 3:
                        packet = b"\x04" + packet
                    await websocket.send(packet)
            await websocket.connection.send(frame(CLOSE))
            websocket.connection.writer.close()


def express_404(request: Request, target: str = "") -> Response:
    """What Express says of a path that it does not know; ``target`` where it saw another one than was asked for."""
    path = (target or request.target).replace("&", "&amp;")
    page = f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Error</title>\n</head>\n<body>\n<pre>Cannot {request.method} {path}</pre>\n</body>\n</html>\n'  # noqa: E501
    return html(404, page, ("X-Powered-By", "Express"))


def refused_polling(refused: Refusal) -> Response:
    """A refusal as polling gets it: JSON."""
    body = json.dumps(refused._asdict(), separators=(",", ":")).encode()
    return Response(403 if refused.code == 4 else 400, (JSON_TYPE,), body, chunked=True)


def refused_upgrade(refused: Refusal) -> Response:
    """A refusal as an upgrade gets it: bare text, and the connection ends."""
    return Response(400, (("Connection", "close"), HTML_TYPE), refused.message.encode())
