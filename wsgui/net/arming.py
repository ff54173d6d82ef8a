"""The safety catch of the faults on purpose: one per session, locked until a person arms it.

It knows the connections of its session, so that a fault can lay hands on them. Nothing asks it anything per frame: a
fault changes the connection itself, and only while it lasts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Protocol

from wsgui.core.i18n import _
from wsgui.core.records import Direction, Kind
from wsgui.net.slow_transport import Slowness, SlowTransport
from wsgui.net.stream import Stream
from wsgui.net.tap import Tap

if TYPE_CHECKING:
    from wsgui.net.client_fault import ClientFault, Prepared


class NotArmedError(Exception):
    """A fault was asked for that cannot be had now; the message is a sentence."""


class OpenWebSocket(Protocol):
    """What a fault needs of a WebSocket, beside its bytes."""

    def close_with(self, body: bytes) -> int:
        """Send a close frame with whatever ``body``, and wait for what the server makes of it."""

    def write_raw(self, data: bytes) -> None:
        """Put bytes on the wire that may be no frame at all."""


class Arming:
    """``running`` has the faults that last, by id."""

    def __init__(self, tap: Tap) -> None:
        self.armed = False
        self.answers_pings = True
        self.websocket: OpenWebSocket | None = None
        self.streams: Callable[[], Iterable[Stream]] = tuple
        """The connections that are open; replaced by whoever opens them."""
        self.running: dict[str, ClientFault] = {}
        self._slowness: dict[str, Slowness] = {}
        self._tap = tap

    def arm(self) -> None:
        """Release the catch. The log says so."""
        if not self.armed:
            self.armed = True
            self._say(_("Faults on purpose are armed for this connection."))

    def disarm(self) -> None:
        """End what lasts, and let nothing more be done."""
        if self.armed:
            for each in list(self.running):
                self.end(each)
            self.armed = False
            self._say(_("Faults on purpose are disarmed."))

    def commit(self, id: str, fault: ClientFault, prepared: Prepared) -> None:  # noqa: A002 - what it is called everywhere
        """Do it. The log says so first. Raises :class:`NotArmedError`."""
        if not self.armed:
            raise NotArmedError(_("Not done: faults on purpose are not armed."))
        if fault.needs_websocket and self.websocket is None:
            raise NotArmedError(_("Not done: this fault needs an open WebSocket, and there is none."))
        if not any(True for _stream in self.streams()):
            raise NotArmedError(_("Not done: there is no connection."))
        if id in self.running:
            self.end(id)
        via = None if prepared.sent else 0
        self._say(prepared.text, id, raw=prepared.sent or None, via=via)
        if fault.end is not None:
            self.running[id] = fault
        prepared.act(self)

    def end(self, id: str) -> None:  # noqa: A002 - what it is called everywhere
        """Stop a fault that lasts."""
        fault = self.running.pop(id, None)
        if fault is not None and fault.end is not None:
            fault.end(self)
            self._say(_("The fault on purpose has ended: {title}").format(title=_(fault.title)), id)

    # What faults do

    def slow_down(self, reason: str, slowness: Slowness | None) -> None:
        """Send slower from now on, for ``reason``, or as before. Several reasons add up."""
        if slowness is None:
            self._slowness.pop(reason, None)
        else:
            self._slowness[reason] = slowness
        for stream in self.streams():
            self.prepare(stream)

    def prepare(self, stream: Stream) -> None:
        """Let a connection, also one that has just been opened, be as slow as is wanted."""
        transport = stream.transport
        if isinstance(transport, SlowTransport):
            transport.release()
            transport = stream.transport = transport.under
        if transport is not None and self._slowness:
            total = Slowness(
                sum(each.delay for each in self._slowness.values()),
                min((each.rate for each in self._slowness.values() if each.rate), default=0),
            )
            stream.transport = SlowTransport(transport, total)

    def _say(self, text: str, fault: str = "", *, raw: bytes | None = None, via: int | None = 0) -> None:
        facts = {"text": text} | ({"fault": fault} if fault else {})
        self._tap.record(Kind.FAULT, Direction.OUT, None, facts, raw=raw, via=via)
