"""python-socketio's client on our engine, made to behave as ``socket.io-client``.

One object is one connection, never reused: the session makes a fresh one for each attempt. It carries packets between
the engine and the namespaces, which outlive it. The library encodes the packets; what it loses or does otherwise is
replaced here: a plain event costs one JSON check and one record, and nothing is answered by itself.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence

import socketio

from wsgui.core import javascript_json
from wsgui.core.engine_packets import EnginePacket, PacketType
from wsgui.core.i18n import _
from wsgui.core.records import Kind
from wsgui.core.socket_packets import RESERVED_EVENTS, PacketError, SocketPacket, SocketType, check_event
from wsgui.net.engine import Engine, EngineState
from wsgui.net.engine_options import EngineOptions
from wsgui.net.failures import chain
from wsgui.net.frame_records import joined_source, source_of_all
from wsgui.net.namespace import Namespace
from wsgui.net.parsers import make_parser
from wsgui.net.reconnection import REFUSED
from wsgui.net.tap import Source, Tap
from wsgui.net.transport import TransportError

_NO_SESSION_ID = (
    "It seems you are trying to reach a Socket.IO server in v2.x with a v3.x client, but they are not compatible "
    "(more information here: https://socket.io/docs/v3/migrating-from-2-x-to-3-0/)"
)
"""What socket.io-client says to a server that joins without one."""


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

    async def disconnect(self) -> None:
        await self._engine.close()


class SocketioClient(socketio.AsyncClient):  # type: ignore[misc] # python-socketio has no type information
    """One connection. ``ended`` resolves to the JavaScript disconnect reason and its details, once it was open."""

    def __init__(
        self,
        make_engine: Callable[[SocketioClient], Engine],
        options: EngineOptions,
        tap: Tap,
        spaces: Mapping[str, Namespace],
        changed: Callable[[], None],
    ) -> None:
        self.engine = make_engine(self)
        self._seam = EngineSeam(self.engine)
        super().__init__(
            reconnection=False,
            handle_sigint=False,
            logger=logging.getLogger("wsgui.socketio"),
        )
        self.ended: asyncio.Future[tuple[str, str]] = asyncio.get_running_loop().create_future()
        self.refusal = ""
        """The last refusal of a namespace, in a sentence."""
        self._options = options
        self._dialect = options.dialect
        self._tap = tap
        self._spaces = spaces
        self._changed = changed
        self._was_open = False
        self._parser = make_parser(options.get("parser"))
        self._parts: list[tuple[Source, str | bytes]] = []
        """Of the packet that is not whole yet: where each part was read, and the WebSocket message that it would be."""

    def _engineio_client_class(self) -> Callable[..., EngineSeam]:
        return lambda **_options: self._seam

    # The connection, as a namespace uses it

    @property
    def writable(self) -> bool:
        return self.engine.writable

    @property
    def transport_name(self) -> str:
        return self.engine.transport_name

    @property
    def url(self) -> str:
        return self.engine.url

    @property
    def is_open(self) -> bool:
        return self.engine.state is EngineState.OPEN

    def ask(self, namespace: str, data: Mapping[str, object] | None) -> None:
        """Send a CONNECT packet, where it takes one."""
        if not self._dialect.root_joins_itself:
            self.transmit(SocketPacket(SocketType.CONNECT, namespace, data=data), Kind.ENGINE)
            return
        if data:
            self._tap.note(_("Socket.IO 2 has no “auth”: it is left out. Tokens travel in “query”."))
        if namespace != "/":
            query = self._options.query_text
            self.transmit(SocketPacket(SocketType.CONNECT, f"{namespace}?{query}" if query else namespace), Kind.ENGINE)

    def transmit(self, packet: SocketPacket, kind: Kind, facts: Mapping[str, object] | None = None) -> int:
        """Encode and send a packet; returns the ``seq`` of its record."""
        encoded = self._parser.encode(packet)
        if kind is Kind.ENGINE:
            facts = {"packet": "message", "transport": self.transport_name}
        return self.engine.send(encoded.messages, lambda source: self._tap.sent(kind, encoded.record, facts, source))

    # What the engine says

    def engine_opened(self) -> None:
        """The engine is open: ask for the namespaces."""
        self._was_open = True
        for namespace in self._active():
            namespace.join(self)
        if not self._seam.opened.done():
            self._seam.opened.set_result(None)

    def engine_closed(self, reason: str, details: str) -> None:
        """The engine ended, or never opened."""
        if self._parts:
            self._tell_parts(None, _("The connection ended before the attachments of a packet had come."))
        if not self._was_open:
            if not self._seam.opened.done():  # done, if nobody waits for it any more
                self._seam.opened.set_exception(self.engine.error or TransportError(reason, details))
        else:
            if self.engine.error:
                self._tell_unjoined(self.engine.error)
            self._finish("io client disconnect" if reason == "forced close" else reason, details)

    def engine_messages(self, contents: Sequence[str | bytes]) -> None:
        """Socket.IO packets, or attachments of the one before, that came together."""
        if not self._was_open:
            for data in contents:
                text = _("A message before the open packet: JavaScript ignores it.")
                self._tap.received(Kind.NOTE, data, {"text": text})
            return
        events: list[str] = []
        root = self._spaces.get("/")
        recovers = root is not None and root.recovers
        is_plain = self._parser.takes_plain_text
        loads = javascript_json.loads
        for data in contents:
            if is_plain and type(data) is str and data[:2] == "2[":
                # The fast path: a plain event in the main namespace. Whether it is valid must be known now, as in
                # JavaScript; what it says is worked out when somebody looks at the record.
                try:
                    value = loads(data[1:])
                    if type(name := value[0]) is not str or name in RESERVED_EVENTS:  # type: ignore[index] # it begins with [
                        check_event(value)
                except (PacketError, javascript_json.JsonError, IndexError):
                    pass  # the way of all others says what is wrong with it
                else:
                    events.append(data)
                    if recovers and root is not None:
                        root.note_offset(value)
                    continue
            if events:
                self._tap.received_events(events)
                events = []
            self._engine_message(data)
            is_plain = self._parser.takes_plain_text
        if events:
            self._tap.received_events(events)

    def _engine_message(self, data: str | bytes) -> None:
        message = self._dialect.encode_packet(EnginePacket(PacketType.MESSAGE, data), binary=True)
        self._parts.append((self._tap.source, message))
        try:
            if whole := self._parser.feed(data):
                source = joined_source(self._parts)
                self._parts.clear()
                with self._tap.reading(source):
                    self._dispatch(*whole)
        except (PacketError, javascript_json.JsonError) as error:
            broken = _("invalid payload: its JSON is broken: {why}")
            why = str(error) if isinstance(error, PacketError) else broken.format(why=error)
            self._tell_parts(data, _("Not a Socket.IO packet: {why}").format(why=why))
            if self._dialect.parse_errors_end:
                self._finish("parse error", why)

    def _tell_parts(self, data: str | bytes | None, text: str) -> None:
        """Record what came and became no packet; ``data`` is the last of it."""
        parts = self._parts
        source = parts[0][0] if len(parts) == 1 and data is not None else source_of_all(parts)
        parts.clear()
        with self._tap.reading(source):
            self._tap.received(Kind.ERROR, data, {"text": text})

    def _dispatch(self, packet: SocketPacket, data: str | bytes) -> None:
        namespace = self._spaces.get(packet.namespace)
        if packet.is_event:
            if namespace:  # first: a rule may answer as soon as it sees the record
                namespace.asked(packet)
                namespace.note_offset(packet.data)
            self._tap.received(Kind.EVENT, data)
        elif packet.type is SocketType.CONNECT_ERROR and self._dialect.root_joins_itself:
            self._error(packet, data)
        elif packet.type is SocketType.CONNECT and namespace is None and self._dialect.root_joins_itself:
            facts = {"packet": "message", "transport": self.transport_name}
            self._tap.received(Kind.ENGINE, data, facts)
        elif namespace is None or not namespace.active:
            self._ignored(packet, data)
        elif packet.type is SocketType.CONNECT:
            self._joined(namespace, packet, data)
        elif packet.type is SocketType.CONNECT_ERROR:
            self.refusal = namespace.refused(packet, data)
            self._dropped(REFUSED)
        elif packet.type is SocketType.DISCONNECT:
            namespace.active = False
            namespace.closed("io server disconnect", data=data)
            self._dropped("io server disconnect")
        else:
            namespace.acknowledged(packet, data)

    def _ignored(self, packet: SocketPacket, data: str | bytes) -> None:
        text = _("A packet for {namespace}, which was not asked for: JavaScript ignores it.")
        facts = {"text": text.format(namespace=packet.namespace)}
        self._tap.received(Kind.NOTE, data, facts)

    # Namespaces

    def join(self, namespace: Namespace) -> None:
        """Ask for a namespace on a connection that is open already."""
        if self.is_open:
            namespace.join(self)

    def leave(self, namespace: Namespace) -> None:
        """Leave a namespace; with the last one the connection ends."""
        was_joined = bool(namespace.sid)
        namespace.leave()
        if was_joined:
            namespace.closed("io client disconnect")
        self._dropped("io client disconnect")

    def leave_all(self) -> None:
        """Say goodbye to every namespace, as ``socket.disconnect()`` does; their end is told when the engine closes."""
        for namespace in self._active():
            if namespace.sid:
                namespace.carrier = self
                self.transmit(SocketPacket(SocketType.DISCONNECT, namespace.name), Kind.ENGINE)

    def _joined(self, namespace: Namespace, packet: SocketPacket, data: str | bytes) -> None:
        if self._dialect.root_joins_itself:
            prefix = "" if namespace.name == "/" else f"{namespace.name}#"
            packet = packet._replace(data={"sid": f"{prefix}{self.engine.sid}"})
        if not (isinstance(packet.data, dict) and packet.data.get("sid")):
            self.refusal = self._dialect.wrong_generation
            facts = {"namespace": packet.namespace, "text": _NO_SESSION_ID, "description": self.refusal}
            self._tap.received(Kind.CONNECT_ERROR, data, facts)
            self._changed()
            return
        self.refusal = ""
        namespace.joined(packet, data)
        self._changed()

    def _error(self, packet: SocketPacket, data: str | bytes) -> None:
        """Version 2: an error of a namespace that is joined, or a refusal; ``/`` refuses all. Neither ends anything."""
        plain = packet.data is None or isinstance(packet.data, str)
        text = str(packet.data) if plain else javascript_json.dumps(packet.data)
        own = self._spaces.get(packet.namespace)
        if own and own.sid:
            said = _("Error of {namespace}: {text}").format(namespace=own.name, text=text)
            self._tap.received(Kind.ERROR, data, {"text": said, "namespace": own.name})
            return
        waiting = [space for space in self._active() if not space.sid and packet.namespace in ("/", space.name)]
        if not waiting:
            self._ignored(packet, data)
        for namespace in waiting:
            refusal = packet._replace(data={"message": text, "data": None if plain else packet.data})
            self.refusal = namespace.refused(refusal, data, for_good=False)
        self._changed()

    def _dropped(self, reason: str) -> None:
        """A namespace is gone for good. With the last one the connection has no purpose and is closed."""
        self._changed()
        if not self._active():
            self._finish(reason, self.refusal if reason == REFUSED else "")

    def _tell_unjoined(self, error: TransportError) -> None:
        """A transport error is a connect error, too, for a namespace that is still waiting for its answer."""
        for namespace in self._active():
            if not namespace.sid:
                facts: dict[str, object] = {"text": str(error), "description": error.description, "chain": chain(error)}
                facts |= {"status": error.status} if error.status else {}
                self._tap.record(Kind.CONNECT_ERROR, facts=facts | {"namespace": namespace.name})

    def _active(self) -> list[Namespace]:
        return [namespace for namespace in self._spaces.values() if namespace.active]

    def _finish(self, reason: str, details: str) -> None:
        if self.ended.done():
            return
        for namespace in self._active():
            if namespace.sid or reason != "io client disconnect":
                namespace.closed(reason, details)
        self.ended.set_result((reason, details))
