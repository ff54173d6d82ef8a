"""One namespace, with the behaviour of ``socket.js`` of socket.io-client: it outlives the connections.

It counts its acknowledgements, keeps what is emitted while it is not joined, repeats what must arrive (``retries``),
remembers what connection state recovery needs, and stands on its own: its refusal or end concerns no other.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from wsgui.core.i18n import _
from wsgui.core.records import Kind
from wsgui.core.socket_packets import SocketPacket, SocketType
from wsgui.net.session import EmitOptions
from wsgui.net.tap import Tap

TIMED_OUT = "operation has timed out"
DISCONNECTED = "socket has been disconnected"
"""The messages of the two errors that an acknowledgement can end in, as JavaScript has them."""


class Carrier(Protocol):
    """The connection of the moment, as a namespace uses it."""

    @property
    def writable(self) -> bool:
        """Whether the transport takes a packet at this moment."""

    @property
    def transport_name(self) -> str: ...
    @property
    def url(self) -> str: ...
    def ask(self, namespace: str, data: Mapping[str, object] | None) -> None:
        """Ask the server for a namespace; ``data`` is what its CONNECT packet carries."""

    def transmit(self, packet: SocketPacket, kind: Kind, facts: Mapping[str, object] | None = None) -> int:
        """Send a packet and return the ``seq`` of its record."""


@dataclass
class Emit:
    """An event on its way: buffered, sent and waiting for its acknowledgement, or queued to be repeated."""

    event: str
    args: list[object]
    id: int | None = None
    timeout: float | None = None
    """Seconds for the acknowledgement."""
    seq: int = 0
    """Of the record of its sending; 0 before."""
    sent: float = 0.0
    late: bool = False
    timer: asyncio.TimerHandle | None = None
    queued: Queued | None = None


@dataclass
class Queued:
    """An event that is sent again until it is acknowledged (option ``retries``)."""

    event: str
    args: list[object]
    timeout: float | None
    tries: int = 0
    pending: bool = False


@dataclass
class Namespace:
    """The client's side of a namespace. ``auth`` is what its CONNECT packet carries."""

    name: str
    tap: Tap
    auth: Mapping[str, object] | None = None
    retries: int = 0
    ack_timeout: float | None = None
    active: bool = True
    """Neither left nor refused: it is joined again after a reconnection."""
    sid: str = ""
    """Empty while it is not joined."""
    round_trip: float | None = None
    """Seconds from the last question (CONNECT or emit) to its answer."""
    carrier: Carrier | None = None
    _pid: str = ""
    _offset: str = ""
    _asked: float = 0.0
    _next_id: int = 0
    _pending: dict[int, Emit] = field(default_factory=dict)
    _buffer: list[Emit] = field(default_factory=list)
    _queue: list[Queued] = field(default_factory=list)
    _questions: dict[int, str] = field(default_factory=dict)
    """Number -> event: what the server asked and was not answered. As in JavaScript, the first answer counts."""

    # Joining and leaving

    def join(self, carrier: Carrier) -> None:
        """The connection is open: ask for the namespace."""
        self.carrier = carrier
        self._asked = time.monotonic()
        recovery = {"pid": self._pid, "offset": self._offset} if self._pid else {}
        data = {**recovery, **(self.auth or {})} if recovery or self.auth is not None else None
        carrier.ask(self.name, data)

    def joined(self, packet: SocketPacket, data: str | bytes) -> None:
        """The server accepted it."""
        assert self.carrier is not None
        answer = packet.data if isinstance(packet.data, dict) else {}
        pid = str(answer.get("pid") or "")
        self.sid = str(answer.get("sid") or "")
        self.round_trip = time.monotonic() - self._asked
        facts: dict[str, object] = {
            "namespace": self.name,
            "sid": self.sid,
            "transport": self.carrier.transport_name,
            "url": self.carrier.url,
        }
        if pid:
            facts["recovered"] = pid == self._pid
        self._pid = pid
        self.tap.received(Kind.CONNECT, data, facts)
        buffered, self._buffer = self._buffer, []
        for emit in buffered:
            self._transmit(emit)
        self._drain_queue(force=True)

    def refused(self, packet: SocketPacket, data: str | bytes, *, for_good: bool = True) -> str:
        """The server refused it; returns why. It is asked for again in the next connection, unless ``for_good``."""
        refusal = packet.data if isinstance(packet.data, dict) else {"message": packet.data}
        text = str(refusal.get("message"))
        facts = {"namespace": self.name, "text": text, "data": refusal.get("data")}
        self.tap.received(Kind.CONNECT_ERROR, data, facts)
        self.active = not for_good
        return _("{namespace} refused: {text}").format(namespace=self.name, text=text)

    def leave(self) -> None:
        """Say goodbye, if it is joined; it is not joined again."""
        if self.sid and self.carrier:
            self.carrier.transmit(SocketPacket(SocketType.DISCONNECT, self.name), Kind.ENGINE)
        self.active = False

    def closed(self, reason: str, details: str = "", data: str | bytes | None = None) -> None:
        """It is not joined any more, for this JavaScript reason."""
        facts = {"namespace": self.name, "reason": reason} | ({"details": details} if details else {})
        if data:
            self.tap.received(Kind.DISCONNECT, data, facts)
        else:
            self.tap.record(Kind.DISCONNECT, facts=facts)
        self.sid = ""
        self.carrier = None
        self._questions.clear()
        for number, emit in list(self._pending.items()):
            if emit not in self._buffer:
                del self._pending[number]
                self._give_up(emit, DISCONNECTED)

    def forget(self) -> None:
        """The session ends: no timer may outlive it, and what was kept is not dropped in silence."""
        for emit in self._buffer:
            self._note(_("“{event}” was never sent: the session has ended.").format(event=emit.event))
        for emit in self._pending.values():
            if emit.timer:
                emit.timer.cancel()
        self._pending.clear()
        self._buffer.clear()
        self._queue.clear()

    # Emitting

    def emit(self, event: str, args: list[object], options: EmitOptions) -> int:
        """Send an event, or keep it until the namespace is joined; returns the ``seq`` of the record that says so."""
        timeout = self.ack_timeout if options.timeout is None else options.timeout
        if self.retries and not options.volatile:
            self._queue.append(Queued(event, args, timeout))
            if not self.sid:
                return self._say_kept(event)
            text = _("“{event}” waits for the acknowledgement of the one before.")
            return self._drain_queue() or self._note(text.format(event=event))
        emit = Emit(event, args, self._take_id() if options.ack else None, timeout)
        return self._send(emit, volatile=options.volatile)

    def asked(self, packet: SocketPacket) -> None:
        """An event came; it may ask for an acknowledgement."""
        if packet.id is not None:
            self._questions[packet.id] = packet.event

    def acknowledge(self, number: int, args: list[object]) -> int | None:
        """Answer an event of the server that asked for it; ``None`` if none did, or if it is answered already."""
        event = self._questions.pop(number, None)
        if event is None or self.carrier is None:
            return None
        packet = SocketPacket(SocketType.ACK, self.name, number, args)
        return self.carrier.transmit(packet, Kind.ACK, {"id": number, "namespace": self.name, "event": event})

    def _take_id(self) -> int:
        self._next_id += 1
        return self._next_id - 1

    def _send(self, emit: Emit, *, volatile: bool = False) -> int:
        self._expect_ack(emit)
        if volatile and not (self.carrier and self.carrier.writable and self.sid):
            text = _("“{event}” was dropped: it is volatile, and the connection does not take it at this moment.")
            return self._note(text.format(event=emit.event))
        if self.sid:
            return self._transmit(emit)
        self._buffer.append(emit)
        return self._say_kept(emit.event)

    def _transmit(self, emit: Emit) -> int:
        assert self.carrier is not None
        packet = SocketPacket(SocketType.EVENT, self.name, emit.id, [emit.event, *emit.args])
        emit.sent = time.monotonic()
        emit.seq = self.carrier.transmit(packet, Kind.EVENT, None if emit.id is None else {"id": emit.id})
        return emit.seq

    def _say_kept(self, event: str) -> int:
        text = _("“{event}” is kept and sent when {namespace} is joined.")
        return self._note(text.format(event=event, namespace=self.name))

    def _note(self, text: str) -> int:
        return self.tap.record(Kind.NOTE, facts={"text": text})

    # Acknowledgements

    def acknowledged(self, packet: SocketPacket, data: str | bytes) -> None:
        """The answer to an emit came, in time, late, or to none of ours."""
        number = -1 if packet.id is None else packet.id
        emit = self._pending.pop(number, None)
        facts: dict[str, object] = {"id": number, "namespace": self.name}
        if emit is not None:
            self.round_trip = time.monotonic() - emit.sent
            facts |= {"event": emit.event, "emit": emit.seq, "rtt": self.round_trip}
            facts |= {"late": True} if emit.late else {}
            if emit.timer:
                emit.timer.cancel()
        self.tap.received(Kind.ACK, data, facts)
        if emit is not None and emit.queued is not None and not emit.late:
            self._queue.remove(emit.queued)
            self._drain_queue()

    def note_offset(self, data: object) -> None:
        """Connection state recovery: a text as the last argument of the last event is where the server continues."""
        if self._pid and isinstance(data, list) and data and isinstance(data[-1], str):
            self._offset = data[-1]

    @property
    def recovers(self) -> bool:
        """Whether the server offered connection state recovery."""
        return bool(self._pid)

    def _expect_ack(self, emit: Emit) -> None:
        if emit.id is None:
            return
        self._pending[emit.id] = emit
        if emit.timeout is not None:
            emit.timer = asyncio.get_running_loop().call_later(emit.timeout, self._time_out, emit)

    def _time_out(self, emit: Emit) -> None:
        emit.late, emit.timer = True, None
        if emit in self._buffer:
            self._buffer.remove(emit)
        self._give_up(emit, TIMED_OUT)

    def _give_up(self, emit: Emit, why: str) -> None:
        if emit.timer:
            emit.timer.cancel()
        if why == DISCONNECTED and emit.late:
            return  # it was said when the time was up
        text = _("No acknowledgement of “{event}”: {why}.").format(event=emit.event, why=why)
        final = emit.queued is None or emit.queued.tries > self.retries
        kind = Kind.ERROR if final else Kind.NOTE  # JavaScript says nothing of a try that is not the last
        self.tap.record(kind, facts={"text": text, "emit": emit.seq, "namespace": self.name})
        if emit.queued is not None:
            self._try_again(emit.queued)

    # The queue of `retries`

    def _try_again(self, queued: Queued) -> None:
        queued.pending = False
        if queued.tries > self.retries:
            self._queue.remove(queued)
            text = _("“{event}” was given up after {n} tries (option “retries”).")
            self._note(text.format(event=queued.event, n=queued.tries))
        self._drain_queue()

    def _drain_queue(self, *, force: bool = False) -> int:
        if not self.sid or not self._queue:
            return 0
        first = self._queue[0]
        if first.pending and not force:
            return 0
        first.pending = True
        first.tries += 1
        return self._send(Emit(first.event, first.args, self._take_id(), first.timeout, queued=first))
