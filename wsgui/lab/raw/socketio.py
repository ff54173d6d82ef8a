"""Socket.IO inside of a session of the raw engine: namespaces, events and acknowledgements, as Node does them.

It understands the events of :mod:`wsgui.lab.events`, in ``/`` and ``/admin``, and explains itself with ``welcome``.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable

from wsgui.core.i18n import _
from wsgui.lab.events import EVENTS, NO_ANSWER
from wsgui.lab.raw.engine import Engine
from wsgui.lab.raw.engine_session import EngineSession
from wsgui.lab.raw.payloads import EnginePacket
from wsgui.lab.raw.socket_packets import (
    ACK,
    BINARY_ACK,
    BINARY_EVENT,
    CONNECT,
    CONNECT_ERROR,
    DISCONNECT,
    EVENT,
    BrokenPacket,
    SocketPacket,
    decode,
    encode,
    with_bytes,
)

MOST_QUESTIONS = 1000
"""Acknowledgements that one client may still owe."""

Report = Callable[..., Awaitable[None]]


class Namespace:
    """A client in one namespace: what an event handler gets."""

    def __init__(self, talk: SocketIO, name: str) -> None:
        self.name = name
        self.sid = secrets.token_urlsafe(15)
        self._talk = talk
        self._questions: dict[int, Report] = {}
        self._asked = 0

    async def emit(self, event: str, *args: object) -> None:
        self._talk.send(SocketPacket(EVENT, self.name, [event, *args]))

    async def broadcast(self, event: str, *args: object) -> None:
        for session in list(self._talk.engine.sessions.values()):
            if isinstance(session.conversation, SocketIO) and self.name in session.conversation.joined:
                await session.conversation.joined[self.name].emit(event, *args)

    async def ask(self, event: str, args: tuple[object, ...], report: Report) -> None:
        if len(self._questions) < MOST_QUESTIONS:
            self._asked += 1
            self._questions[self._asked] = report
            self._talk.send(SocketPacket(EVENT, self.name, [event, *args], self._asked))

    async def disconnect(self) -> None:
        self._talk.send(SocketPacket(DISCONNECT, self.name))
        self._talk.joined.pop(self.name, None)

    async def answered(self, number: int, args: list[object]) -> None:
        """The client has acknowledged."""
        report = self._questions.pop(number, None)
        if report is not None:
            await report(*args)


class SocketIO:
    """The conversation of one session."""

    def __init__(self, engine: Engine, session: EngineSession) -> None:
        self.engine = engine
        self.session = session
        self.joined: dict[str, Namespace] = {}
        self._waiting: SocketPacket | None = None
        self._attachments: list[bytes] = []

    @property
    def generation(self) -> int:
        """2 for Socket.IO 2, 4 for what came later."""
        return 2 if self.session.protocol == 3 else 4

    def send(self, packet: SocketPacket) -> None:
        for message in encode(packet):
            self.session.message(message)

    def open(self) -> None:
        """A client of Socket.IO 2 is in ``/`` without asking."""
        if self.generation == 2:
            self.accept("/")

    async def receive(self, message: EnginePacket) -> None:
        """Take a message. One that is no Socket.IO ends the session, as in Node."""
        try:
            packet = self._whole(message)
            if packet is not None:
                await self.take(packet)
        except BrokenPacket:
            self.engine.drop(self.session)

    def _whole(self, message: EnginePacket) -> SocketPacket | None:
        """The packet that is whole with this message."""
        if isinstance(message, str):
            if self._waiting is not None:
                raise BrokenPacket("attachments are missing")
            packet = decode(message)
            if not packet.missing:
                return packet
            self._waiting, self._attachments = packet, []
            return None
        if self._waiting is None:
            raise BrokenPacket("bytes that nobody announced")
        self._attachments.append(message)
        if len(self._attachments) < self._waiting.missing:
            return None
        packet, self._waiting = self._waiting, None
        packet.data = with_bytes(packet.data, self._attachments)
        return packet

    async def take(self, packet: SocketPacket) -> None:
        """Act on a packet."""
        if packet.type == CONNECT:
            await self.join(packet.namespace, packet.data)
            return
        namespace = self.joined.get(packet.namespace)
        if namespace is None or not isinstance(packet.data, list | None):
            raise BrokenPacket(packet.namespace)
        data = packet.data or []
        if packet.type == DISCONNECT:
            del self.joined[packet.namespace]
        elif packet.type in (EVENT, BINARY_EVENT) and data:
            await self.event(namespace, str(data[0]), data[1:], packet.id)
        elif packet.type in (ACK, BINARY_ACK) and packet.id is not None:
            await namespace.answered(packet.id, data)
        else:
            raise BrokenPacket(str(packet.type))

    async def event(self, namespace: Namespace, name: str, args: list[object], number: int | None) -> None:
        """Handle an event, and acknowledge it if that was asked for."""
        event = next((event for event in EVENTS if event.name == name), None)
        if event is None:
            return
        answer = await event.handle(namespace, *args)
        if number is not None and answer is not NO_ANSWER:
            returned = list(answer) if isinstance(answer, tuple) else [answer]
            self.send(SocketPacket(ACK, namespace.name, [] if answer is None else returned, number))

    # Joining a namespace

    async def join(self, name: str, auth: object) -> None:
        """A client wants to join a namespace."""
        if name in ("/", "/admin"):
            self.accept(name)
        else:
            self.refuse(name, {"message": "Invalid namespace"})

    def accept(self, name: str) -> None:
        namespace = Namespace(self, name)
        self.joined[name] = namespace
        self.send(SocketPacket(CONNECT, name, {"sid": namespace.sid} if self.generation == 4 else None))
        welcome = {event.name: _(event.effect) for event in EVENTS}
        self.send(SocketPacket(EVENT, name, ["welcome", {"events": welcome}]))

    def refuse(self, name: str, error: dict[str, object]) -> None:
        """Say no; Socket.IO 2 has only the message."""
        self.send(SocketPacket(CONNECT_ERROR, name, error if self.generation == 4 else error["message"]))
