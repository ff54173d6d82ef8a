"""A session: from the press of Connect to the end, whatever the protocol.

Every session owns its tasks and its HTTP session, tells everything to one tap, and can be closed in any state,
twice, in bounded time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple
from typing import Protocol as Interface

from wsgui.core.protocol import Protocol
from wsgui.net.state import State

if TYPE_CHECKING:  # the window begins with what is here, and opens sooner without them
    from wsgui.core.address import Address
    from wsgui.core.option_values import OptionValues
    from wsgui.net.arming import Arming


class Target(NamedTuple):
    """What to connect to and how."""

    address: Address
    values: OptionValues = MappingProxyType({})
    namespaces: tuple[str, ...] = ()
    """The namespaces to join; none means the one in the URL."""
    protocol: Protocol = Protocol.SOCKETIO
    auths: Mapping[str, Mapping[str, object]] = MappingProxyType({})
    """Namespace -> an ``auth`` of its own, in the place of the option of that name."""
    notes: tuple[str, ...] = ()
    """What the person should know of how the options were read; the log says it first."""

    @property
    def joined(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.namespaces)) or (self.address.namespace,)


class EmitOptions(NamedTuple):
    """How an event is to be sent: the flags of ``socket.volatile``, ``socket.timeout(ms)`` and an ack callback."""

    ack: bool = False
    volatile: bool = False
    timeout: float | None = None
    """Seconds; ``None`` takes the option ``ackTimeout``."""


class Status(NamedTuple):
    """What the strip under the URL shows."""

    state: State = State.CLOSED
    transport: str = ""
    sid: str = ""
    round_trip: float | None = None
    """Seconds."""
    namespaces: tuple[str, ...] = ()
    attempt: int = 0
    retry_at: float | None = None
    """While waiting: the ``time.monotonic()`` at which the next attempt to reconnect begins."""
    failed: bool = False
    """The session ended because it could not connect, or lost the connection for good."""
    problem: str = ""
    """What went wrong last, in a sentence; empty again when the connection works."""


class NotConnectedError(Exception):
    """Something was asked of a namespace or a connection that is not there; the message is a sentence."""


class Session(Interface):
    """What the window and the command line need of every session."""

    @property
    def status(self) -> Status: ...
    @property
    def faults(self) -> Arming:
        """What it can be made to do wrong, once that is armed."""

    def open(self) -> None:
        """Begin; everything that follows is told to the tap."""

    async def close(self) -> None:
        """End it; at most about 1.5 s."""

    async def wait(self) -> None:
        """Until it has ended."""


class EventSession(Session, Interface):
    """A session that speaks Socket.IO."""

    def send(self, event: str, args: list[object], *, namespace: str, options: EmitOptions) -> int:
        """Emit an event, or keep it until the namespace is joined; returns the ``seq`` of the record that says so.

        Raises :class:`NotConnectedError`, as the next one does.
        """

    def acknowledge(self, number: int, args: list[object], *, namespace: str) -> int:
        """Answer an event of the server that asked for an acknowledgement; returns the ``seq`` of its record."""

    def join(self, namespace: str, auth: Mapping[str, object] | None) -> None:
        """Join a namespace, now or when the connection is open; ``auth`` replaces the option of that name."""

    def leave(self, namespace: str) -> None:
        """Leave a namespace; with the last one the session ends."""


class MessageSession(Session, Interface):
    """A session that speaks plain WebSocket. What is sent returns the ``seq`` of its record.

    All but the inherited ones raise :class:`NotConnectedError` while the connection is not open.
    """

    def send_message(self, data: str | bytes) -> int:
        """Send a text or a binary message."""

    def ping(self, payload: bytes) -> int:
        """Send a ping; the pong that answers it is recorded with the round trip."""

    def close_with(self, body: bytes) -> int:
        """Send a close frame with whatever ``body``, also an illegal one, and await the server's answer."""


StatusChanged = Callable[[Status], None]
