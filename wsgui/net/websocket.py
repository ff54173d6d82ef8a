"""The WebSocket transport: one Engine.IO packet per message.

Behaves as ``transports/websocket.js`` of engine.io-client 6.6 on the ``ws`` library. What one read of the socket
brings is worked through in one go, because a flood brings hundreds of thousands of messages a second; between two reads
the rest of the loop has its turn, or the window would freeze while the socket's buffer is full.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum

from wsgui.core import ws_deflate
from wsgui.core.address import encode_target
from wsgui.core.engine_packets import EnginePacket, PacketType
from wsgui.core.records import Direction, Kind
from wsgui.core.tasks import TaskOwner
from wsgui.core.ws_close import close_body, read_close
from wsgui.core.ws_deflate import Deflater, Inflater
from wsgui.core.ws_frames import Frame, Opcode, utf8
from wsgui.core.ws_messages import Control, Message, MessageReader
from wsgui.core.ws_protocol_error import ProtocolError
from wsgui.net.engine_options import EngineOptions, timestamp
from wsgui.net.failures import chain, plain
from wsgui.net.frame_records import close_facts, frame_source, message_source, tell_rest, whole_source
from wsgui.net.http import Http
from wsgui.net.tap import FRAME, Tap
from wsgui.net.transport import DEAF, Deaf, Listener, Outgoing, Phase, Transport, TransportError
from wsgui.net.websocket_handshake import Opened, RefusedError, Wish, shake_hands

SLICE_SECONDS = 0.004
"""How long messages are read before everybody else has a turn."""
PIECE = 1 << 15
"""Bytes that are read in one go: some hundred messages of a flood."""
BATCH = 500
"""Messages that are handed on together, before the next look at the clock."""


class Progress(Enum):
    """How far what came is worked through."""

    SOME = "some"
    DONE = "done"
    END = "end"
    """All that will ever mean anything."""


class Unheard(Deaf):
    """The listener after our goodbye: what still comes is told, and means nothing."""

    def __init__(self, tap: Tap) -> None:
        self._tap = tap

    def received(self, transport: Transport, packet: EnginePacket) -> None:
        facts = {"packet": packet.type.value, "transport": transport.name}
        self._tap.received(Kind.ENGINE, packet.data or None, facts)

    def messages(self, contents: Sequence[str | bytes]) -> None:
        for content in contents:
            facts = {"packet": PacketType.MESSAGE.value, "transport": WebSocket.name}
            self._tap.received(Kind.ENGINE, content or None, facts)


class WebSocket:
    """The WebSocket transport of one engine. ``slow_down`` says whether reading must wait for the recording."""

    name = "websocket"

    def __init__(
        self,
        options: EngineOptions,
        query: dict[str, str],
        http: Http,
        tasks: TaskOwner,
        tap: Tap,
        slow_down: Callable[[], bool],
    ) -> None:
        self.phase = Phase.NEW
        self.writable = False
        self.listener: Listener = DEAF
        self.query = query
        self._options = options
        self._http = http
        self._tasks = tasks
        self._tap = tap
        self._slow_down = slow_down
        self._running: asyncio.Task[None] | None = None
        self._opened: Opened | None = None
        self._deflater: Deflater | None = None
        self._said_goodbye = False
        self._encode = options.dialect.encode_packet
        protocols = options.get("protocols", self.name)
        self._protocols = [protocols] if isinstance(protocols, str) else [str(item) for item in _items(protocols)]
        self._deflate = options.get("perMessageDeflate", self.name)
        self._binary = not options.get("forceBase64", self.name)

    @property
    def url(self) -> str:
        return self._options.address.url(self._options.request_path(self.name), self.query, websocket=True)

    def open(self) -> None:
        self.phase = Phase.OPENING
        self._running = self._tasks.start(self._run(), "websocket")

    def send(self, outgoing: Sequence[Outgoing]) -> None:
        self.writable = False
        for letter, group in itertools.groupby(outgoing, lambda each: each.letter):
            packets = [each.packet for each in group]
            frames = [self._frame(packet) for packet in packets]
            self._write(*frames)
            if not letter.seq:
                letter.tell(frame_source(frames))
                continue
            # It had to wait, and the log says so; now it says that it went out, and how.
            for packet, frame in zip(packets, frames, strict=True):
                facts = {"packet": packet.type.value, "transport": self.name, "carries": [letter.seq]}
                self._tap.sent(Kind.ENGINE, packet.data or None, facts, frame_source([frame]))
        asyncio.get_running_loop().call_soon(self._drained)

    def close(self) -> None:
        was, self.phase = self.phase, Phase.CLOSED
        self.listener = Unheard(self._tap)
        if was is Phase.OPENING and self._running:
            self._running.cancel()  # ws breaks off a handshake that is not wanted any more
        elif was is not Phase.CLOSED:
            self._say_goodbye(b"")  # a close frame without a code, as `ws.close()` sends it

    def close_with(self, body: bytes) -> int:
        """Send a close frame of any kind, as a fault on purpose, and wait for what the server makes of it."""
        return self._say_goodbye(body)

    def write_raw(self, data: bytes) -> None:
        """Put bytes on the wire that may be no frame at all; nothing records them here."""
        if self._opened:
            self._opened.stream.write(data)

    def takes_answer(self) -> bool:
        return self._opened is not None and self._opened.stream.takes_answer()

    def _drained(self) -> None:
        if self.phase is not Phase.CLOSED:
            self.writable = True
            self.listener.drained(self)

    async def _run(self) -> None:
        try:
            opened = self._opened = await self._open()
        except TransportError as error:
            answer = error.body if isinstance(error, RefusedError) else ""
            description = self._advise(error.description or str(error), answer)
            self._fail(TransportError("websocket error", description, status=error.status), error)
            return
        except ValueError as error:  # an option that no request can be made of
            self._fail(TransportError("websocket error", plain(error)), error)
            return
        limit = self._options.get("maxPayload", self.name)
        reader = MessageReader(int(limit) if isinstance(limit, int) else 0, Inflater() if opened.deflate else None)
        if opened.deflate:
            self._deflater = Deflater(opened.deflate, 0)
        try:
            if self.phase is Phase.OPENING:
                self.phase = Phase.OPEN
                self.writable = True
                self.listener.opened(self)
            self._http.faults.websocket = self
            await self._read(opened, reader)
        except asyncio.CancelledError:
            tell_rest(self._tap, reader.rest)
            raise
        finally:
            if self._http.faults.websocket is self:
                self._http.faults.websocket = None
            opened.stream.close()

    async def _open(self) -> Opened:
        query = dict(self.query)
        if self._options.get("timestampRequests", self.name):
            query[str(self._options.get("timestampParam", self.name))] = timestamp()
        if not self._binary:
            query["b64"] = "1"
        keeps_cookies = bool(self._http.cookies and self._http.cookies.header)
        headers = self._options.headers(self.name, keeps_cookies=keeps_cookies)
        version, origin = (self._options.get(name, self.name) for name in ("protocolVersion", "origin"))
        deflate = self._deflate if isinstance(self._deflate, Mapping) else {}
        wish = Wish(
            list(headers.items()),
            version if isinstance(version, int) else 13,
            self._protocols,
            "" if self._deflate is False else ws_deflate.offer(deflate),
            str(origin or ""),
        )
        return await shake_hands(self._http, encode_target(self._options.request_path(self.name), query), wish)

    # What comes in

    async def _read(self, opened: Opened, reader: MessageReader) -> None:
        stream = opened.stream
        turn_ends = time.perf_counter() + SLICE_SECONDS
        while data := await stream.read():
            for start in range(0, len(data), PIECE):
                found = reader.feed(data[start : start + PIECE])
                progress = Progress.SOME
                while progress is Progress.SOME:
                    try:
                        progress = self._work_through(found, turn_ends)
                    except ProtocolError as violation:
                        self._refuse(violation, reader.rest + data[start + PIECE :])
                        return
                    if progress is Progress.END:
                        tell_rest(self._tap, reader.rest + data[start + PIECE :])
                        return
                    if time.perf_counter() > turn_ends:
                        await asyncio.sleep(0)
                        while self._slow_down():  # noqa: ASYNC110 - it asks how far the writer thread has come
                            await asyncio.sleep(0.005)
                        turn_ends = time.perf_counter() + SLICE_SECONDS
        tell_rest(self._tap, reader.rest)
        if self._said_goodbye and self.phase is Phase.CLOSED:
            return
        self._record_close(None, Direction.IN)
        if stream.lost is not None:
            self._fail(TransportError("websocket error", plain(stream.lost)), stream.lost)
        self._end("websocket connection closed with code 1006")

    def _work_through(self, messages: Iterator[str | Message | Control], turn_ends: float) -> Progress:
        """Hand on what is whole now, until the turn ends. Raises :class:`ProtocolError`."""
        batch: list[str | bytes] = []
        try:
            for found in messages:
                is_message = False
                if type(found) is str and found[:1] == "4":
                    is_message = True
                    batch.append(found[1:])
                    if len(batch) < BATCH:
                        continue
                if batch:
                    self.listener.messages(batch)
                    batch = []
                if not is_message and self._take_one(found):
                    return Progress.END
                if time.perf_counter() > turn_ends:
                    return Progress.SOME
        finally:  # also what came before something that breaks the protocol
            if batch:
                self.listener.messages(batch)
        return Progress.DONE

    def _take_one(self, found: str | Message | Control) -> bool:
        """Hand on what may be anything; whether it was the last."""
        if isinstance(found, Control):
            return self._take_control(found)
        data = found if isinstance(found, str) else found.data
        packet = self._options.dialect.decode_packet(data)
        source = FRAME if isinstance(found, str) else message_source(found)
        is_message = packet.type is PacketType.MESSAGE and bool(packet.data)
        is_plain = data[:1] != "b" if isinstance(data, str) else is_message
        if source is FRAME and not is_plain:
            source = whole_source(data)
        with self._tap.reading(source):
            if packet.type is PacketType.MESSAGE:
                self.listener.messages([packet.data])
            else:
                self.listener.received(self, packet)
        return False

    def _take_control(self, control: Control) -> bool:
        if control.opcode == Opcode.CLOSE:
            self._closed_by_server(control.payload)
            return True
        kind = Kind.WS_PING if control.opcode == Opcode.PING else Kind.WS_PONG
        self._tap.received(kind, control.payload)
        answers = kind is Kind.WS_PING and not self._said_goodbye and self._http.faults.answers_pings
        if answers and self.takes_answer():
            pong = Frame(Opcode.PONG, control.payload, mask=os.urandom(4))
            self._tap.sent(Kind.WS_PONG, control.payload, None, frame_source([pong]))
            self._write(pong)
        return False

    def _closed_by_server(self, body: bytes) -> None:
        close = read_close(body)
        self._record_close(body, Direction.IN, answers=self._said_goodbye)
        if not self._said_goodbye:
            code = close.violation.close_code if close.violation else close.code
            reason = "" if close.violation else close.reason
            self._say_goodbye(close_body(None if code == 1005 else code, reason), answers=True)
        if close.violation:
            text = f"{close.violation} ({close.violation.name})"
            self._fail(TransportError("websocket error", text), close.violation)
        reason = f" ({close.reason})" if close.reason else ""
        self._end(f"websocket connection closed with code {close.code}{reason}")

    def _refuse(self, violation: ProtocolError, rest: bytes) -> None:
        """The server broke the protocol: show the bytes, say goodbye with the code for it."""
        facts = {"text": str(violation), "description": violation.name, "chain": chain(violation)}
        self._tap.record(Kind.ERROR, Direction.IN, None, facts, raw=rest, via=None)
        if not self._said_goodbye:
            self._say_goodbye(close_body(violation.close_code))
        described = self._advise(f"{violation} ({violation.name})", rest[:1024].decode("latin-1"))
        self._fail(TransportError("websocket error", described), violation)

    # What goes out

    def _frame(self, packet: EnginePacket) -> Frame:
        data = self._encode(packet, binary=self._binary)
        payload = utf8(data) if isinstance(data, str) else data
        opcode = Opcode.TEXT if isinstance(data, str) else Opcode.BINARY
        packed = self._deflater.deflate(payload) if self._deflater and self._is_compressed(len(payload)) else None
        if packed is not None:
            return Frame(opcode, packed, rsv=4, mask=os.urandom(4))
        return Frame(opcode, payload, mask=os.urandom(4))

    def _is_compressed(self, size: int) -> bool:
        """Whether a message is long enough; the threshold is in bytes, and none means that all are."""
        threshold = self._deflate.get("threshold") if isinstance(self._deflate, Mapping) else None
        if not isinstance(threshold, int | float):
            forgets = self._opened and self._opened.deflate and self._opened.deflate.client_forgets
            # The one of ws itself, which it keeps to only where a message is compressed by itself.
            threshold = 1024 if forgets else 0
        return size >= threshold

    def _write(self, *frames: Frame) -> None:
        if self._opened:
            self._opened.stream.write(b"".join(frame.encode() for frame in frames))

    def _say_goodbye(self, body: bytes, *, answers: bool = False) -> int:
        self._said_goodbye = True
        frame = Frame(Opcode.CLOSE, body, mask=os.urandom(4))
        seq = self._record_close(body, Direction.OUT, answers=answers, frame=frame)
        self._write(frame)
        return seq

    def _record_close(
        self, body: bytes | None, direction: Direction, *, answers: bool = False, frame: Frame | None = None
    ) -> int:
        source = frame_source([frame]) if frame else FRAME
        facts = {**close_facts(body, direction, answers=answers), **(source.facts or {})}
        via = None if body is not None else 0
        return self._tap.record(Kind.WS_CLOSE, direction, body or None, facts, raw=source.raw, via=via)

    def _advise(self, description: str, answer: str) -> str:
        """The description of a failure, with what to do about it where the first answer says that."""
        advice = "" if "sid" in self.query else self._options.dialect.advice(answer)
        return " · ".join(filter(None, (description, advice)))

    def _end(self, details: str) -> None:
        if self.phase is not Phase.CLOSED:
            self.phase = Phase.CLOSED
            self.listener.closed(self, details)

    def _fail(self, error: TransportError, cause: BaseException | None = None) -> None:
        if self.phase is not Phase.CLOSED:
            self.phase = Phase.CLOSED
            error.__cause__ = cause
            self.listener.failed(self, error)


def _items(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else ()
