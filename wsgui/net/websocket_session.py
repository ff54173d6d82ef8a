"""A plain WebSocket session: one connection, from its handshake to its close frame. It does not reconnect.

It behaves as the ``ws`` library of Node does, and sends what no library would: any close frame, no pong. Every frame
that is not part of a message, and every message, is told to the tap before anything else is done about it.
"""

from __future__ import annotations

import asyncio
import base64
import os
import time
from collections.abc import Callable, Mapping

from wsgui.core import ws_deflate
from wsgui.core.i18n import _
from wsgui.core.option_types import Protocol
from wsgui.core.options import applying, caveats, value_of
from wsgui.core.records import Direction, Kind
from wsgui.core.tasks import TaskOwner
from wsgui.core.verification import warnings
from wsgui.core.ws_close import close_body, read_close
from wsgui.core.ws_deflate import Deflater, Inflater
from wsgui.core.ws_frames import Frame, Opcode, utf8
from wsgui.core.ws_messages import Control, Message, MessageReader
from wsgui.core.ws_protocol_error import ProtocolError
from wsgui.net.arming import Arming
from wsgui.net.dialler import origin_of
from wsgui.net.failures import UnusableOptionError, chain, in_one_line, opening_facts, plain
from wsgui.net.frame_records import close_facts, frame_source, message_source, tell_rest
from wsgui.net.http import Http
from wsgui.net.session import NotConnectedError, Status, StatusChanged, Target
from wsgui.net.state import State
from wsgui.net.tap import Tap
from wsgui.net.transport import TransportError
from wsgui.net.websocket_handshake import Opened, Wish, shake_hands

SLICE_SECONDS = 0.004
"""How long messages are read before everybody else has a turn."""
GOODBYE_SECONDS = 1.2
"""How long the server may take to answer our close frame when the session is to end."""
PATIENCE_SECONDS = 10.0
"""The same for a close frame sent by hand."""

_QUIET_CODES = (1000, 1005)
"""With these a server ends a connection that had no problem."""


class WebSocketSession:
    """One press of Connect. ``changed`` is told of each new status; ``slow_down`` holds reading back."""

    def __init__(
        self,
        target: Target,
        tap: Tap,
        changed: StatusChanged = lambda status: None,
        slow_down: Callable[[], bool] = lambda: False,
    ) -> None:
        self._target = target
        self._values = applying(target.values, Protocol.WEBSOCKET)
        self._tap = tap
        self.faults = Arming(tap)
        self._changed = changed
        self._slow_down = slow_down
        self._tasks = TaskOwner("session")
        self._opened: Opened | None = None
        self._deflater: Deflater | None = None
        self._pings: dict[bytes, float] = {}
        self._said_goodbye = False
        self._patience = asyncio.timeout(None)
        """Of the connection; without an end until a close frame is sent by hand."""
        self._over = asyncio.Event()
        self._status = Status()

    @property
    def status(self) -> Status:
        return self._status

    def open(self) -> None:
        self._tap.connection += 1
        insecure = warnings(self._values, secure=self._target.address.secure)
        for note in (*self._target.notes, *insecure, *caveats(self._values)):
            self._tap.note(note)
        for name in self._target.values:
            if name not in self._values:
                self._tap.note(_("{name}: means nothing for a plain WebSocket.").format(name=name))
        self._tasks.start(self._live(), "live")

    def send_message(self, data: str | bytes) -> int:
        payload = utf8(data) if isinstance(data, str) else data
        opcode = Opcode.TEXT if isinstance(data, str) else Opcode.BINARY
        self._must_be_open()
        packed = self._deflater.deflate(payload) if self._deflater else None
        frame = Frame(opcode, payload) if packed is None else Frame(opcode, packed, rsv=4)
        return self._send(frame, Kind.WS_MESSAGE, data)

    def ping(self, payload: bytes = b"") -> int:
        self._must_be_open()
        self._pings[payload] = time.monotonic()
        return self._control(Opcode.PING, payload, Kind.WS_PING)

    def close_with(self, body: bytes) -> int:
        self._must_be_open()
        self._patience.reschedule(asyncio.get_running_loop().time() + PATIENCE_SECONDS)
        return self._say_goodbye(body)

    def write_raw(self, data: bytes) -> None:
        """Put bytes on the wire that may be no frame at all; nothing records them here."""
        self._must_be_open()
        assert self._opened is not None
        self._opened.stream.write(data)

    async def close(self) -> None:
        if self._status.state is not State.CLOSED:
            if self._opened and not self._said_goodbye:
                self._say_goodbye(close_body(1000))
            if self._opened and not await self._tasks.finish("live", GOODBYE_SECONDS):
                self._tap.note(_("The server did not answer the close frame in time; the connection was cut."))
        await self._tasks.close()
        self._over.set()  # a task that is cancelled before its first step does not come to its end

    async def wait(self) -> None:
        await self._over.wait()

    async def _live(self) -> None:
        problem = ""
        try:
            self._show(State.CONNECTING)
            problem = await self._connect()
        finally:
            self._show(State.CLOSED, problem=problem)
            self._over.set()

    async def _connect(self) -> str:
        """The connection from its opening to its end. Returns what went wrong, in a sentence, or nothing."""
        try:
            http = Http(self._values, self._tap, origin_of(self._target.address), self.faults)
        except UnusableOptionError as error:
            return self._say_failed(error)
        try:
            try:
                opened = self._opened = await self._open(http)
                self.faults.websocket = self
            except TransportError as error:
                return self._say_failed(error)
            try:
                return await self._converse(opened)
            finally:
                self._opened = self.faults.websocket = None
                opened.stream.close()
        finally:
            await http.close()

    async def _open(self, http: Http) -> Opened:
        limit = value_of(self._values, "timeout")
        seconds = None if isinstance(limit, bool) or not isinstance(limit, int | float) else limit / 1000
        try:
            async with asyncio.timeout(seconds):
                return await shake_hands(http, self._target.address.target, self._wish())
        except TimeoutError as error:
            why = _("The connection was not open within {limit:g} s (option “timeout”).").format(limit=seconds)
            raise TransportError("Opening handshake has timed out", why) from error

    async def _converse(self, opened: Opened) -> str:
        threshold = self._compression.get("threshold", 1024)
        if opened.deflate:
            self._deflater = Deflater(opened.deflate, threshold if isinstance(threshold, int) else 1024)
        limit = value_of(self._values, "maxPayload")
        reader = MessageReader(int(limit) if isinstance(limit, int) else 0, Inflater() if opened.deflate else None)
        url = self._target.address.url(self._target.address.target, websocket=True)
        facts = {"transport": "websocket", "url": url, "protocol": opened.protocol, "compression": bool(opened.deflate)}
        self._tap.record(Kind.CONNECT, Direction.IN, facts=facts)
        self._show(State.CONNECTED)
        last = None
        try:
            async with self._patience:
                last = await self._read(opened, reader)
        except ProtocolError as violation:
            return await self._refuse(opened, violation, reader.rest)
        except TimeoutError:
            text = _("The server did not answer the close frame within {seconds:g} s; the connection was cut.")
            self._tap.note(text.format(seconds=PATIENCE_SECONDS))
        except asyncio.CancelledError:
            tell_rest(self._tap, reader.rest)
            raise
        problem = self._ended(opened, last)
        tell_rest(self._tap, reader.rest)
        return problem

    async def _read(self, opened: Opened, reader: MessageReader) -> bytes | None:
        """Read until the server's close frame, whose payload is returned, or the end without one."""
        turn_ends = time.perf_counter() + SLICE_SECONDS
        while data := await opened.stream.read():
            for each in reader.feed(data):
                if isinstance(each, str):
                    self._tap.received(Kind.WS_MESSAGE, each)
                elif isinstance(each, Message):
                    with self._tap.reading(message_source(each)):
                        self._tap.received(Kind.WS_MESSAGE, each.data)
                elif each.opcode == Opcode.CLOSE:
                    return each.payload
                else:
                    self._received_control(each)
                if time.perf_counter() > turn_ends:
                    await asyncio.sleep(0)
                    while self._slow_down():  # noqa: ASYNC110 - it asks how far the writer thread has come
                        await asyncio.sleep(0.005)
                    turn_ends = time.perf_counter() + SLICE_SECONDS
        return None

    def _received_control(self, control: Control) -> None:
        if control.opcode == Opcode.PING:
            self._tap.received(Kind.WS_PING, control.payload)
            answers = value_of(self._values, "autoPong") and not self._said_goodbye and self.faults.answers_pings
            if answers and self._opened and self._opened.stream.takes_answer():
                self._control(Opcode.PONG, control.payload, Kind.WS_PONG)
            return
        sent = self._pings.pop(control.payload, None)
        round_trip = None if sent is None else time.monotonic() - sent
        self._tap.received(Kind.WS_PONG, control.payload, {"rtt": round_trip})
        if round_trip is not None:
            self._status = self._status._replace(round_trip=round_trip)
            self._changed(self._status)

    # The end

    def _ended(self, opened: Opened, body: bytes | None) -> str:
        """The server has sent its close frame, or nothing more. Returns what is wrong with that."""
        if body is None:
            lost = opened.stream.lost
            why = {"error": plain(lost), "chain": chain(lost)} if lost else {}
            self._tap.record(Kind.WS_CLOSE, Direction.IN, None, close_facts(None, Direction.IN) | why)
            if self._said_goodbye:
                return ""
            return plain(lost) if lost else _("The server ended the connection without a close frame.")
        close = read_close(body)
        answers = self._said_goodbye
        facts = close_facts(body, Direction.IN, answers=answers)
        self._tap.received(Kind.WS_CLOSE, body or None, facts)
        if close.violation:
            self._say_violation(close.violation)
        if not answers:  # as ws does: the code comes back, and 1002 or 1007 for what is illegal
            code = close.violation.close_code if close.violation else close.code
            self._say_goodbye(close_body(None if code == 1005 else code), answers=True)
        if close.violation:
            return str(close.violation)
        quiet = answers or close.code in _QUIET_CODES
        return "" if quiet else _("The server closed with code {code}.").format(code=close.code)

    async def _refuse(self, opened: Opened, violation: ProtocolError, rest: bytes) -> str:
        """The server broke the protocol: say so, close with the code for it, and give it time to take that."""
        self._say_violation(violation, rest)
        if not self._said_goodbye:
            self._say_goodbye(close_body(violation.close_code))
        more = 0
        try:
            async with asyncio.timeout(GOODBYE_SECONDS):
                while data := await opened.stream.read():
                    more += len(data)
        except TimeoutError:
            self._tap.note(_("The connection was cut: after what broke the protocol nothing can be read."))
        if more:
            self._tap.note(_("{n:,} more bytes came; after a broken frame they mean nothing.").format(n=more))
        return str(violation)

    def _say_goodbye(self, body: bytes, *, answers: bool = False) -> int:
        self._said_goodbye = True
        if not answers:
            self._show(State.CLOSING)
        facts = close_facts(body, Direction.OUT, answers=answers)
        return self._send(Frame(Opcode.CLOSE, body), Kind.WS_CLOSE, body or None, facts)

    def _say_violation(self, violation: ProtocolError, rest: bytes = b"") -> None:
        facts = {"text": str(violation), "description": violation.name, "chain": chain(violation)}
        if rest:
            self._tap.record(Kind.ERROR, Direction.IN, None, facts, raw=rest, via=None)
        else:  # of a close frame, whose record shows its bytes
            self._tap.record(Kind.ERROR, Direction.IN, None, facts)

    def _say_failed(self, error: Exception) -> str:
        facts = opening_facts(error)
        self._tap.record(Kind.CONNECT_ERROR, facts=facts)
        return in_one_line(facts)

    # What goes out

    def _must_be_open(self) -> None:
        if self._opened is None or self._said_goodbye:
            raise NotConnectedError(_("Not sent: the WebSocket is not open. Press Connect first."))

    def _control(self, opcode: Opcode, payload: bytes, kind: Kind) -> int:
        return self._send(Frame(opcode, payload), kind, payload)

    def _send(
        self, frame: Frame, kind: Kind, data: str | bytes | None, facts: Mapping[str, object] | None = None
    ) -> int:
        assert self._opened is not None
        frame = frame._replace(mask=os.urandom(4))
        seq = self._tap.sent(kind, data, facts, frame_source([frame]))
        self._opened.stream.write(frame.encode())
        return seq

    def _wish(self) -> Wish:
        """What the options ask for in the handshake."""
        values, address = self._values, self._target.address
        extra, protocols, version = (
            value_of(values, name) for name in ("extraHeaders", "protocols", "protocolVersion")
        )
        headers = [(name, str(value)) for name, value in extra.items()] if isinstance(extra, Mapping) else []
        if address.credentials and "authorization" not in {name.lower() for name, _value in headers}:
            encoded = base64.b64encode(address.credentials.encode()).decode()
            headers.append(("Authorization", f"Basic {encoded}"))
        return Wish(
            headers,
            version if isinstance(version, int) else 13,
            [str(name) for name in protocols] if isinstance(protocols, list | tuple) else [],
            "" if value_of(values, "perMessageDeflate") is False else ws_deflate.offer(self._compression),
            str(value_of(values, "origin") or ""),
        )

    @property
    def _compression(self) -> Mapping[str, object]:
        options = value_of(self._values, "perMessageDeflate")
        return options if isinstance(options, Mapping) else {}

    def _show(self, state: State, *, problem: str = "") -> None:
        facts: dict[str, object] = {"state": state.value}
        if state is State.CONNECTING:
            address = self._target.address
            facts |= {"url": address.url(address.target, websocket=True), "attempt": 0}
        if state is State.CLOSED and problem:
            self._tap.note(_("A plain WebSocket does not reconnect by itself, here as in JavaScript."))
        if state is not self._status.state:
            self._tap.record(Kind.STATE, facts=facts)
        transport = "websocket" if state in (State.CONNECTED, State.CLOSING) and self._opened else ""
        self._status = Status(state, transport, failed=bool(problem), problem=problem)
        self._changed(self._status)
