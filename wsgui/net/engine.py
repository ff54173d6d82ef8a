"""The Engine.IO client, with the behaviour of ``socket.js`` of engine.io-client 6.6.

python-socketio takes it in place of its own engine. It is usable at once on the first transport while the probe
of a better one runs beside it; only a ping restarts the heartbeat; a payload never exceeds ``maxPayload``; every
failure carries the JavaScript message and what lay behind it.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Sequence
from enum import StrEnum

from wsgui.core.engine_packets import EnginePacket, PacketType
from wsgui.core.i18n import _
from wsgui.core.records import Kind
from wsgui.core.tasks import TaskOwner
from wsgui.net.engine_options import EngineOptions
from wsgui.net.failures import chain, plain
from wsgui.net.handshake import Handshake, HandshakeError, read_handshake
from wsgui.net.heartbeat import Heartbeat
from wsgui.net.http import Http
from wsgui.net.pinger import Pinger
from wsgui.net.polling import Polling
from wsgui.net.tap import Source, Tap
from wsgui.net.transport import DEAF, WAITING, Letter, Outgoing, Transport, TransportError
from wsgui.net.upgrade import Probe
from wsgui.net.websocket import WebSocket

GOODBYE_SECONDS = 1.2
"""How long the last packets and the close handshake may take before the connection is cut."""

PRIOR_WEBSOCKET: set[str] = set()
"""The servers (scheme, host and port) whose last WebSocket worked, for ``rememberUpgrade``.

JavaScript keeps one flag for the whole page; a program that tests many servers must not mix them up.
"""


class EngineState(StrEnum):
    """``readyState`` of the JavaScript engine."""

    OPENING = "opening"
    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"


class Engine:
    """One Engine.IO connection.

    ``on_open()``, ``on_messages(contents)`` and ``on_close(reason, details)`` are called by it. ``on_close`` comes
    once, also when opening failed: then ``reason`` is the JavaScript error (``xhr poll error``) and ``error`` is set.
    """

    def __init__(
        self,
        options: EngineOptions,
        http: Http,
        tap: Tap,
        *,
        on_open: Callable[[], None],
        on_messages: Callable[[Sequence[str | bytes]], None],
        on_close: Callable[[str, str], None],
        on_upgrade: Callable[[], None] = lambda: None,
        slow_down: Callable[[], bool] = lambda: False,
    ) -> None:
        self.state = EngineState.CLOSED
        self.sid: str | None = None
        self.handshake: Handshake | None = None
        self.error: TransportError | None = None
        self._options = options
        self._http = http
        self._tap = tap
        self._on_open, self._on_messages, self._on_close = on_open, on_messages, on_close
        self._on_upgrade = on_upgrade
        self._slow_down = slow_down
        self._tasks = TaskOwner("engine", self._broke)
        self._names = options.transports
        self._transport: Transport | None = None
        self._probe: Probe | None = None
        self._upgrading = False
        self._buffer: list[Outgoing] = []
        self._under_way = 0
        self._flushed = asyncio.Event()
        self._upgrade_over = asyncio.Event()
        self._heartbeat: Heartbeat | Pinger | None = None

    @property
    def transport_name(self) -> str:
        return self._transport.name if self._transport else ""

    @property
    def url(self) -> str:
        """The URL of the transport in use."""
        return self._transport.url if self._transport else ""

    @property
    def writable(self) -> bool:
        """Whether the transport takes packets at this moment."""
        return bool(self._transport and self._transport.writable)

    def open(self) -> None:
        """Begin to open the first transport."""
        if not self._names:
            self._end("transport error", TransportError("No transports available"))
            return
        self.state = EngineState.OPENING
        remembered = self._options.get("rememberUpgrade") and self._server in PRIOR_WEBSOCKET
        name = "websocket" if remembered and "websocket" in self._names else self._names[0]
        self._use(self._create(name))
        if self._transport:
            self._transport.open()

    def send(self, messages: Sequence[str | bytes], tell: Callable[[Source], int]) -> int:
        """Send what message packets hold, or keep it until the transport takes it. ``tell`` makes the record of it.

        Returns the ``seq`` of that record.
        """
        letter = Letter(tell)
        self._send([Outgoing(EnginePacket(PacketType.MESSAGE, data), letter) for data in messages])
        return letter.tell(WAITING)

    async def close(self) -> None:
        """Send what is buffered, say goodbye to the server, end all tasks; at most :data:`GOODBYE_SECONDS`."""
        if self.state in (EngineState.OPENING, EngineState.OPEN):
            self.state = EngineState.CLOSING
            self._flushed.clear()
            self._flush()
            try:
                async with asyncio.timeout(GOODBYE_SECONDS / 2):
                    if self._buffer and self._transport:
                        await self._flushed.wait()
                    if self._upgrading:  # nothing can be sent while polling pauses
                        await self._upgrade_over.wait()
            except TimeoutError:
                self._tap.note(_("The last packets could not be sent in time."))
            self._end("forced close", None)
        if not await self._tasks.finish(self._goodbye, GOODBYE_SECONDS / 2):
            self._tap.note(_("The server did not answer the goodbye in time; the connection was cut."))
        await self._tasks.close()

    # What the transport in use says

    def opened(self, transport: Transport) -> None:
        pass  # the engine is open when the handshake has come

    def drained(self, transport: Transport) -> None:
        del self._buffer[: self._under_way]
        self._under_way = 0
        self._flush()
        if not self._buffer:
            self._flushed.set()

    def messages(self, contents: Sequence[str | bytes]) -> None:
        if isinstance(self._heartbeat, Pinger):
            self._heartbeat.beat()
        self._on_messages(contents)

    def received(self, transport: Transport, packet: EnginePacket) -> None:
        if packet.type is PacketType.OPEN:
            self._open_packet(transport, packet)
            return
        if packet.type is PacketType.MESSAGE:  # bytes in Base64; all others come another, quicker way
            self.messages([packet.data])
            return
        self.tell_received(packet, transport)
        if isinstance(self._heartbeat, Pinger):
            self._heartbeat.beat()
            if packet.type is PacketType.PONG:
                self._heartbeat.pong()
        elif packet.type is PacketType.PING:
            if self._http.faults.answers_pings and transport.takes_answer():
                self._send([self.tell(EnginePacket(PacketType.PONG), transport)])
            if self._heartbeat:
                self._heartbeat.beat()
        if packet.type is PacketType.ERROR:
            self.failed(transport, TransportError("server error", f"not an Engine.IO packet: {packet.data[:200]!r}"))

    def tell(self, packet: EnginePacket, transport: Transport) -> Outgoing:
        """A packet of the engine itself, to be recorded when it goes out."""
        facts = {"packet": packet.type.value, "transport": transport.name}

        def tell(source: Source) -> int:
            return self._tap.sent(Kind.ENGINE, packet.data or None, facts, source)

        return Outgoing(packet, Letter(tell))

    def tell_received(self, packet: EnginePacket, transport: Transport) -> None:
        """Record a packet of the engine itself that came."""
        facts = {"packet": packet.type.value, "transport": transport.name}
        self._tap.received(Kind.ENGINE, packet.data or None, facts)

    def failed(self, transport: Transport, error: TransportError) -> None:
        PRIOR_WEBSOCKET.discard(self._server)
        if self._options.get("tryAllTransports") and len(self._names) > 1 and self.state is EngineState.OPENING:
            dropped = self._names.pop(0)
            facts = {"text": f"{dropped}: {error}", "description": error.description, "chain": chain(error)}
            self._tap.record(Kind.ERROR, facts=facts)
            self._tap.note(
                _("tryAllTransports: {name} failed, now {next} is tried.").format(name=dropped, next=self._names[0])
            )
            self.open()
            return
        self._end("transport error", error)

    def closed(self, transport: Transport, details: str) -> None:
        self._end("transport close", None, details)

    # What the probe says

    def upgrade_begins(self, probe: Probe) -> None:
        self._upgrading = True
        PRIOR_WEBSOCKET.add(self._server)

    def upgrade_done(self, probe: Probe) -> None:
        self._probe = None
        self._use(probe.transport)
        self._tap.record(Kind.UPGRADE, facts={"transport": probe.transport.name, "url": probe.transport.url})
        self._upgrading = False
        self._upgrade_over.set()
        self._on_upgrade()
        self._flush()

    def upgrade_failed(self, probe: Probe, error: TransportError) -> None:
        self._upgrade_over.set()
        facts = {"transport": probe.transport.name, "text": str(error), "description": error.description}
        self._tap.record(Kind.UPGRADE_ERROR, facts=facts | {"chain": chain(error)})

    # The rest

    @property
    def _server(self) -> str:
        return self._options.address.url()

    def _create(self, name: str) -> Polling | WebSocket:
        query = self._options.request_query(name, self.sid)
        if name == "websocket":
            return WebSocket(self._options, query, self._http, self._tasks, self._tap, self._slow_down)
        return Polling(self._options, query, self._http, self._tasks, self._tap)

    def _use(self, transport: Transport) -> None:
        if self._transport:
            self._transport.listener = DEAF
        self._transport = transport
        transport.listener = self

    def _open_packet(self, transport: Transport, packet: EnginePacket) -> None:
        self.tell_received(packet, transport)
        if transport is not self._transport or self.state is not EngineState.OPENING:
            self._tap.note(_("An open packet in a session that is open already is ignored here; see docs/parity.md."))
            return
        try:
            handshake = self.handshake = read_handshake(packet.data)
        except HandshakeError as error:
            self.failed(transport, TransportError("server error", str(error)))
            return
        url = transport.url
        self.sid = transport.query["sid"] = handshake.sid
        self.state = EngineState.OPEN
        if transport.name == "websocket":
            PRIOR_WEBSOCKET.add(self._server)
        else:
            PRIOR_WEBSOCKET.discard(self._server)
        self._tap.record(Kind.TRANSPORT, facts={"transport": transport.name, "url": url})
        self._on_open()
        self._flush()
        if self.state is not EngineState.OPEN:
            return
        self._heartbeat = self._start_heartbeat(handshake)
        if self._options.get("upgrade") and isinstance(transport, Polling):
            better = [name for name in handshake.upgrades if name in self._names and name != transport.name]
            if "websocket" in better:
                PRIOR_WEBSOCKET.discard(self._server)
                self._probe = Probe(self, self._create("websocket"), transport)
                self._probe.start()

    def _broke(self, error: BaseException) -> None:
        """A defect of this program must end the connection as an error, not leave it hanging."""
        broken = TransportError("internal error", plain(error))
        broken.__cause__ = error
        self._end("transport error", broken)

    def _start_heartbeat(self, handshake: Handshake) -> Heartbeat | Pinger:
        interval, patience = handshake.ping_interval / 1000, handshake.ping_timeout / 1000
        if self._options.dialect.client_pings:
            return Pinger(interval, patience, self._ping, self._heart_stopped, self._clock_jumped)
        return Heartbeat(interval + patience, self._heart_stopped, self._clock_jumped)

    def _ping(self) -> None:
        if self._transport and self._http.faults.answers_pings:  # in Engine.IO 3 the server waits for our pings
            self._send([self.tell(EnginePacket(PacketType.PING), self._transport)])

    def _heart_stopped(self) -> None:
        pings = self._options.dialect.client_pings
        missed = _("nothing came within pingTimeout of a ping") if pings else ""
        self._end("ping timeout", None, missed or _("no ping came within pingInterval + pingTimeout"))

    def _clock_jumped(self, seconds: float) -> None:
        self._tap.note(
            _("The clock jumped by {seconds:.0f} s: the computer slept, or its time was set.").format(seconds=seconds)
        )

    def _send(self, outgoing: Sequence[Outgoing]) -> None:
        if self.state in (EngineState.OPENING, EngineState.OPEN):
            for each in outgoing:
                self._buffer.append(each)
                if self.transport_name == "polling":  # as in JavaScript, attachments follow in the next request
                    self._flush()
            self._flush()
        for each in outgoing:
            each.letter.tell(WAITING)

    def _flush(self) -> None:
        transport = self._transport
        if not transport or not transport.writable or self._upgrading or not self._buffer:
            return
        if self.state is EngineState.CLOSED:
            return
        self._under_way = self._fitting()
        transport.send(self._buffer[: self._under_way])

    def _fitting(self) -> int:
        """How many of the buffered packets go into one payload; a single one goes whatever its size."""
        limit = self.handshake.max_payload if self.handshake else 0
        if not limit or self.transport_name != "polling" or not self._options.dialect.obeys_max_payload:
            return len(self._buffer)
        size = 1
        for number, each in enumerate(self._buffer):
            data = each.packet.data
            size += (
                math.ceil(len(data) / 3) * 4 if isinstance(data, bytes) else len(data.encode("utf-8", "surrogatepass"))
            )
            if number and size > limit:
                return number
            size += 2
        return len(self._buffer)

    @property
    def _goodbye(self) -> str:
        """The task in which the transport says goodbye. Requests that merely wait for the server are not waited for."""
        return "websocket" if self.transport_name == "websocket" else "post"

    def _end(self, reason: str, error: TransportError | None, details: str = "") -> None:
        if self.state is EngineState.CLOSED and self._transport:
            return
        self.state = EngineState.CLOSED
        self.error = error
        if self._heartbeat:
            self._heartbeat.stop()
        if self._probe:
            self._probe.engine_closed()
        if self._transport:
            self._transport.listener = DEAF
            self._transport.close()
        self._on_close(reason, details or (": ".join(filter(None, (str(error), error.description))) if error else ""))
