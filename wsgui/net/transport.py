"""What the engine and its transports say to each other.

A transport carries Engine.IO packets over one kind of connection. Whoever uses it is its :class:`Listener`: the
engine, or the probe that tries it out as an upgrade. Setting another listener is how the JavaScript client's
``removeAllListeners`` is done here.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

from wsgui.core.engine_packets import EnginePacket


class TransportError(Exception):
    """A transport failed. ``str()`` is the JavaScript message (``xhr poll error``, ``websocket error``)."""

    def __init__(self, reason: str, description: str = "", *, status: int | None = None) -> None:
        super().__init__(reason)
        self.description = description
        """What lies behind it, in a sentence."""
        self.status = status
        """The HTTP status of the answer, if there was one."""


class Phase(StrEnum):
    """Where a transport is in its life; ``PAUSING`` and ``PAUSED`` are of polling that gives way to an upgrade."""

    NEW = "new"
    OPENING = "opening"
    OPEN = "open"
    PAUSING = "pausing"
    PAUSED = "paused"
    CLOSED = "closed"


class Listener(Protocol):
    """Told by a transport what happens to it."""

    def opened(self, transport: Transport) -> None:
        """It can carry packets now."""

    def received(self, transport: Transport, packet: EnginePacket) -> None:
        """A packet came."""

    def message(self, data: str | bytes) -> None:
        """The content of a message packet came; apart from ``received`` because it comes tens of thousands of times."""

    def drained(self, transport: Transport) -> None:
        """All that was given to ``send`` is on its way."""

    def failed(self, transport: Transport, error: TransportError) -> None:
        """It cannot go on."""

    def closed(self, transport: Transport, details: str) -> None:
        """It ended without an error."""


class Transport(Protocol):
    """The two transports: :class:`wsgui.net.polling.Polling` and :class:`wsgui.net.websocket.WebSocket`."""

    name: str
    phase: Phase
    writable: bool
    listener: Listener
    query: dict[str, str]

    @property
    def url(self) -> str:
        """The URL of its requests, without what changes from one to the next."""

    def open(self) -> None:
        """Begin to open; ``opened`` or ``failed`` follows."""

    def send(self, packets: Sequence[EnginePacket]) -> None:
        """Send packets in this order; ``drained`` follows."""

    def close(self) -> None:
        """Say goodbye to the server and end. The listener is told nothing more."""


class Deaf:
    """The listener of a transport that nobody listens to any more."""

    def opened(self, transport: Transport) -> None:
        pass

    def received(self, transport: Transport, packet: EnginePacket) -> None:
        pass

    def message(self, data: str | bytes) -> None:
        pass

    def drained(self, transport: Transport) -> None:
        pass

    def failed(self, transport: Transport, error: TransportError) -> None:
        pass

    def closed(self, transport: Transport, details: str) -> None:
        pass


DEAF = Deaf()
