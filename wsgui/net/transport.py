"""What the engine and its transports say to each other.

A transport carries Engine.IO packets over one kind of connection. Whoever uses it is its :class:`Listener`: the
engine, or the probe that tries it out as an upgrade. Setting another listener is how the JavaScript client's
``removeAllListeners`` is done here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import NamedTuple, Protocol

from wsgui.core.engine_packets import EnginePacket
from wsgui.net.tap import Source


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


WAITING = Source(via=0)
"""Of what goes out: it is not on the wire yet, or another record will take it along."""


class Letter:
    """What one record tells of; it may take several packets. It is told once, when it goes out or has to wait."""

    def __init__(self, tell: Callable[[Source], int]) -> None:
        self._tell = tell
        self.seq = 0
        """Of the record; 0 before there is one."""

    def tell(self, source: Source) -> int:
        """Say where it is, if that was not said before; the ``seq`` of the record."""
        self.seq = self.seq or self._tell(source)
        return self.seq


class Outgoing(NamedTuple):
    """A packet on its way out, and what tells of it."""

    packet: EnginePacket
    letter: Letter


class Listener(Protocol):
    """Told by a transport what happens to it."""

    def opened(self, transport: Transport) -> None:
        """It can carry packets now."""

    def received(self, transport: Transport, packet: EnginePacket) -> None:
        """A packet came."""

    def messages(self, contents: Sequence[str | bytes]) -> None:
        """What message packets held that came together; apart from ``received``, for they come in tens of thousands."""

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

    def send(self, outgoing: Sequence[Outgoing]) -> None:
        """Send packets in this order and tell of each; ``drained`` follows."""

    def takes_answer(self) -> bool:
        """Whether one more ping is to be answered; asked for each of them."""

    def close(self) -> None:
        """Say goodbye to the server and end. The listener is told nothing more."""


class Deaf:
    """The listener of a transport that nobody listens to any more."""

    def opened(self, transport: Transport) -> None:
        pass

    def received(self, transport: Transport, packet: EnginePacket) -> None:
        pass

    def messages(self, contents: Sequence[str | bytes]) -> None:
        pass

    def drained(self, transport: Transport) -> None:
        pass

    def failed(self, transport: Transport, error: TransportError) -> None:
        pass

    def closed(self, transport: Transport, details: str) -> None:
        pass


DEAF = Deaf()
