"""python-socketio's client on our engine, made to behave as ``socket.io-client``.

One object is one connection, never reused: the session makes a fresh one for each attempt. What the library does
well stays its own (packet encoding, emitting); what it loses or does otherwise is replaced here: the namespaces
stand on their own, an acknowledgement is sent only by a person, a plain event costs one JSON check and one record.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import socketio
from socketio.packet import Packet

from wsgui.core import javascript_json
from wsgui.core.i18n import _
from wsgui.core.records import Direction, Kind
from wsgui.core.socket_packets import PacketError, SocketPacket, SocketType, check_event, decode, join_attachments
from wsgui.net.engine import Engine, EngineState
from wsgui.net.reconnection import REFUSED
from wsgui.net.tap import Tap
from wsgui.net.transport import TransportError


class JavaScriptJson:
    """The module that python-socketio's packets write their JSON with."""

    @staticmethod
    def dumps(value: object, **_formatting: object) -> str:
        return javascript_json.dumps(value)


class JavaScriptPacket(Packet):  # type: ignore[misc] # python-socketio has no type information
    """Packets with that JSON; the library's own ``json=`` argument would change every client of the process."""

    json = JavaScriptJson


@dataclass
class PendingAck:
    """An emit whose acknowledgement has not come."""

    event: str
    namespace: str
    seq: int
    sent: float
    timer: asyncio.TimerHandle | None = None
    late: bool = False


class EngineSeam:
    """Those members of ``engineio.AsyncClient`` that ``socketio.AsyncClient`` uses, over our engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    @property
    def sid(self) -> str | None:
        return self._engine.sid

    def on(self, event: str, handler: object) -> None:
        """Nothing to register: the engine calls the client itself, without a task per packet."""

    def create_event(self) -> asyncio.Event:
        return asyncio.Event()

    async def connect(self, url: str, headers: object, transports: object, engineio_path: str) -> None:
        """Open the engine; what to open and how was given to it when it was made."""
        self._engine.open()
        await self.opened

    async def send(self, data: str | bytes) -> None:
        self._engine.send(data)

    async def disconnect(self) -> None:
        await self._engine.close()


class SocketioClient(socketio.AsyncClient):  # type: ignore[misc] # python-socketio has no type information
    """One connection. ``ended`` resolves to the JavaScript disconnect reason and its details, once it was open."""

    def __init__(
        self,
        make_engine: Callable[[SocketioClient], Engine],
        tap: Tap,
        wanted: tuple[str, ...],
        auth: Mapping[str, object] | None,
        ack_timeout: float | None,
        on_joined: Callable[[], None],
    ) -> None:
        self.engine = make_engine(self)
        self._seam = EngineSeam(self.engine)
        super().__init__(
            reconnection=False,
            handle_sigint=False,
            logger=logging.getLogger("wsgui.socketio"),
            serializer=JavaScriptPacket,
        )
        self.ended: asyncio.Future[tuple[str, str]] = asyncio.get_running_loop().create_future()
        self.active = list(wanted)
        """The namespaces that were neither refused nor left; without one the connection ends."""
        self.round_trip: float | None = None
        """Seconds from the last question (CONNECT or emit) to its answer."""
        self.refusal = ""
        """The last refusal of a namespace, in a sentence."""
        self._tap = tap
        self._wanted_auth = auth
        self._ack_timeout = ack_timeout
        self._on_joined = on_joined
        self._pending: dict[tuple[str, int], PendingAck] = {}
        self._next_id: dict[str, int] = {}
        self._asked = 0.0
        self._was_open = False
        self._collecting: tuple[str, int, list[bytes]] | None = None

    def _engineio_client_class(self) -> Callable[..., EngineSeam]:
        return lambda **_options: self._seam

    # What the engine says

    def engine_opened(self) -> None:
        """The engine is open: ask for the namespaces."""
        self._asked = time.monotonic()
        self._was_open = True
        for namespace in self.active:
            self._send_now(JavaScriptPacket(SocketType.CONNECT, data=self._wanted_auth, namespace=namespace))
        if not self._seam.opened.done():
            self._seam.opened.set_result(None)

    def engine_closed(self, reason: str, details: str) -> None:
        """The engine ended, or never opened."""
        if not self._was_open:
            if not self._seam.opened.done():  # done, if nobody waits for it any more
                self._seam.opened.set_exception(self.engine.error or TransportError(reason, details))
        else:
            self._finish("io client disconnect" if reason == "forced close" else reason, details)

    def engine_message(self, data: str | bytes) -> None:
        """A Socket.IO packet, or an attachment of the one before."""
        try:
            if isinstance(data, bytes):
                self._attachment(data)
            elif data[:2] == "2[" and self._collecting is None:
                # The fast path: a plain event in the main namespace. Whether it is valid must be known now, as in
                # JavaScript; what it says is worked out when somebody looks at the record.
                check_event(javascript_json.loads(data[1:]))
                self._tap.record(Kind.EVENT, Direction.IN, data)
            else:
                self._packet(data)
        except (PacketError, javascript_json.JsonError) as error:
            why = str(error) if isinstance(error, PacketError) else f"its JSON is broken: {error}"
            self._tap.record(
                Kind.ERROR, Direction.IN, data, {"text": _("Not a Socket.IO packet: {why}").format(why=why)}
            )
            self._finish("parse error", why)

    def _packet(self, data: str) -> None:
        if self._collecting is not None:
            raise PacketError("got plaintext data when reconstructing a packet")
        packet = decode(data)
        if packet.attachments:
            self._collecting = (data, packet.attachments, [])
            return
        self._dispatch(packet, data)

    def _attachment(self, data: bytes) -> None:
        if self._collecting is None:
            raise PacketError("got binary data when not reconstructing a packet")
        text, count, parts = self._collecting
        parts.append(data)
        if len(parts) == count:
            self._collecting = None
            whole = join_attachments(text, parts)
            self._dispatch(decode(whole), whole)

    def _dispatch(self, packet: SocketPacket, data: str) -> None:
        match packet.type:
            case SocketType.EVENT | SocketType.BINARY_EVENT:
                self._tap.record(Kind.EVENT, Direction.IN, data)
            case SocketType.ACK | SocketType.BINARY_ACK:
                self._acknowledged(packet, data)
            case SocketType.CONNECT:
                self._joined(packet, data)
            case SocketType.CONNECT_ERROR:
                self._refused(packet, data)
            case SocketType.DISCONNECT:
                self._left(packet.namespace, "io server disconnect", data)

    # Namespaces

    def _joined(self, packet: SocketPacket, data: str) -> None:
        sid = packet.data.get("sid") if isinstance(packet.data, dict) else None
        if not sid:
            text = _(
                "The server speaks Socket.IO v2: it accepted the namespace without a session id. "
                "This is a client of v3 and later."
            )
            self._tap.record(Kind.CONNECT_ERROR, Direction.IN, data, {"namespace": packet.namespace, "text": text})
            return
        self.round_trip = time.monotonic() - self._asked
        self.namespaces[packet.namespace] = sid
        facts = {
            "namespace": packet.namespace,
            "sid": sid,
            "transport": self.engine.transport_name,
            "url": self.engine.url,
        }
        self._tap.record(Kind.CONNECT, Direction.IN, data, facts)
        self._on_joined()

    def _refused(self, packet: SocketPacket, data: str) -> None:
        refusal = packet.data if isinstance(packet.data, dict) else {"message": packet.data}
        facts = {"namespace": packet.namespace, "text": str(refusal.get("message")), "data": refusal.get("data")}
        self._tap.record(Kind.CONNECT_ERROR, Direction.IN, data, facts)
        self.refusal = _("{namespace} refused: {text}").format(namespace=packet.namespace, text=facts["text"])
        self._drop(packet.namespace, REFUSED)

    def _left(self, namespace: str, reason: str, data: str | None = None) -> None:
        if namespace in self.active:
            self._tap.record(Kind.DISCONNECT, Direction.IN, data, {"namespace": namespace, "reason": reason})
            self._forget_acks(namespace)
            self._drop(namespace, reason)

    def _drop(self, namespace: str, reason: str) -> None:
        """A namespace is gone for good. With the last one the connection has no purpose and is closed."""
        self.namespaces.pop(namespace, None)
        if namespace in self.active:
            self.active.remove(namespace)
        self._on_joined()
        if not self.active:
            self._finish(reason, self.refusal if reason == REFUSED else "")

    def leave_all(self) -> None:
        """Say goodbye to every namespace, as ``socket.disconnect()`` does."""
        for namespace in self.namespaces:
            self._send_now(JavaScriptPacket(SocketType.DISCONNECT, namespace=namespace))

    def _finish(self, reason: str, details: str) -> None:
        if self.ended.done():
            return
        for namespace in self.active:
            facts = {"namespace": namespace, "reason": reason, "details": details}
            self._tap.record(Kind.DISCONNECT, facts=facts)
            self._forget_acks(namespace)
        self.active = []
        self.namespaces: dict[str, str] = {}
        self.ended.set_result((reason, details))

    # Emits and their acknowledgements

    def emit_now(self, event: str, args: list[object], namespace: str, *, ack: bool) -> int:
        """Send an event and return the ``seq`` of its record."""
        number = None
        if ack:
            number = self._next_id.get(namespace, 0)  # JavaScript counts from 0, python-socketio from 1
            self._next_id[namespace] = number + 1
        packet = JavaScriptPacket(SocketType.EVENT, data=[event, *args], namespace=namespace, id=number)
        seq = self._send_now(packet, Kind.EVENT, {"id": number} if ack else None)
        if number is not None:
            self._expect_ack(number, PendingAck(event, namespace, seq, time.monotonic()))
        return seq

    def _send_now(self, packet: Packet, kind: Kind = Kind.ENGINE, facts: Mapping[str, object] | None = None) -> int:
        encoded = packet.encode()
        text, *parts = encoded if isinstance(encoded, list) else [encoded]
        seq = self._tap.record(
            kind,
            Direction.OUT,
            join_attachments(text, parts),
            facts or (None if kind is Kind.EVENT else {"packet": "message", "transport": self.engine.transport_name}),
        )
        for part in (text, *parts):
            self.engine.send(part)
        return seq

    def _expect_ack(self, number: int, pending: PendingAck) -> None:
        self._pending[pending.namespace, number] = pending
        if self._ack_timeout is not None:
            pending.timer = asyncio.get_running_loop().call_later(self._ack_timeout, self._ack_late, pending)

    def _ack_late(self, pending: PendingAck) -> None:
        pending.late, pending.timer = True, None
        text = _("No acknowledgement of “{event}” within {seconds:g} s.").format(
            event=pending.event, seconds=self._ack_timeout
        )
        self._tap.record(Kind.ERROR, facts={"text": text, "emit": pending.seq})

    def _acknowledged(self, packet: SocketPacket, data: str) -> None:
        number = -1 if packet.id is None else packet.id
        pending = self._pending.pop((packet.namespace, number), None)
        facts: dict[str, object] = {"id": number, "namespace": packet.namespace}
        if pending:
            self.round_trip = time.monotonic() - pending.sent
            facts |= {"event": pending.event, "emit": pending.seq, "rtt": self.round_trip}
            if pending.late:
                facts["late"] = True
            if pending.timer:
                pending.timer.cancel()
        self._tap.record(Kind.ACK, Direction.IN, data, facts)

    def _forget_acks(self, namespace: str) -> None:
        for key in [key for key in self._pending if key[0] == namespace]:
            pending = self._pending.pop(key)
            if pending.timer:
                pending.timer.cancel()
            if not pending.late:
                text = _("“{event}” was not acknowledged before the disconnection.").format(event=pending.event)
                self._tap.record(Kind.ERROR, facts={"text": text, "emit": pending.seq})

    @property
    def is_open(self) -> bool:
        return self.engine.state is EngineState.OPEN
