"""One client of the Engine.IO server: what waits to be sent to it, and whether it is still there."""

from __future__ import annotations

import asyncio
import secrets
from typing import Protocol

from wsgui.lab.raw.payloads import EnginePacket

MOST_WAITING = 10_000
"""Packets for a client that does not fetch them; then it is dropped."""


class Conversation(Protocol):
    """What is spoken inside of a session: Socket.IO, or what a fault makes of it."""

    def open(self) -> None:
        """The session has been opened."""

    async def receive(self, message: EnginePacket) -> None:
        """A message has come: text without the type of its packet, or bytes."""


class EngineSession:
    """A session, with an id as Node makes them. ``protocol`` is the Engine.IO protocol: 3 or 4."""

    def __init__(self, protocol: int) -> None:
        self.sid = secrets.token_urlsafe(15)
        self.protocol = protocol
        self.transport = "polling"
        self.polled = False
        self.upgrading = False
        self.closed = False
        self.heard = asyncio.Event()
        """Set when the client has shown that it lives: by a pong in protocol 4, by a ping in protocol 3."""
        self.conversation: Conversation
        self._waiting: list[EnginePacket] = []
        self._news = asyncio.Event()

    def send(self, packet: EnginePacket) -> None:
        """Send a packet as soon as there is a way to."""
        if len(self._waiting) >= MOST_WAITING:
            self.close()
        if not self.closed:
            self._waiting.append(packet)
            self._news.set()

    def message(self, message: EnginePacket) -> None:
        """Send a message of the conversation."""
        self.send(f"4{message}" if isinstance(message, str) else message)

    async def poll(self) -> list[EnginePacket]:
        """What an answer to a poll has to say: waits for it. The end of the session, and an upgrade, end the wait."""
        while not (self._waiting or self.closed or self.upgrading):
            await self._wait()
        return self.take_waiting() or ["1" if self.closed else "6"]

    async def take(self) -> list[EnginePacket]:
        """What the WebSocket has to send: waits for it. Nothing is the end of the session."""
        while not (self._waiting or self.closed):
            await self._wait()
        return self.take_waiting()

    def take_waiting(self) -> list[EnginePacket]:
        """What waits now."""
        taken, self._waiting = self._waiting, []
        return taken

    def begin_upgrade(self) -> None:
        self.upgrading = True
        self._news.set()

    def close(self) -> None:
        """Nothing more is sent than what waits already."""
        self.closed = True
        self._news.set()

    async def _wait(self) -> None:
        self._news.clear()
        await self._news.wait()
