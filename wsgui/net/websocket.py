"""The WebSocket transport: one Engine.IO packet per message.

Behaves as ``transports/websocket.js`` of engine.io-client 6.6. Its read loop awaits the socket directly: no task,
no time-out and no log call per message, because a flood brings tens of thousands a second. It gives the rest of
the loop its turn every few milliseconds, or the window would freeze while the socket's buffer is full.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence

import aiohttp
from yarl import URL

from wsgui.core import close_codes, ws_deflate
from wsgui.core.engine_packets import EnginePacket, PacketType
from wsgui.core.i18n import _
from wsgui.core.records import Direction, Kind
from wsgui.core.tasks import TaskOwner
from wsgui.net.engine_options import EngineOptions, timestamp
from wsgui.net.failures import plain
from wsgui.net.http import OFFER
from wsgui.net.tap import HandshakeRefusedError, Tap
from wsgui.net.transport import DEAF, Listener, Phase, TransportError
from wsgui.net.websocket_handshake import judge_agreement

SLICE_SECONDS = 0.004
"""How long messages are read before everybody else has a turn."""
CLOSE_SECONDS = 1.0
"""How long the server may take to answer a close frame before the connection is cut."""
_LOOK_AT_CLOCK = 32
"""Messages between two looks at the clock."""
_CODE_THAT_AIOHTTP_REFUSES = re.compile(r"Invalid close code: (\d+)")
"""The only place where aiohttp keeps an illegal close code below 3000; tests/net/test_ending.py watches over it."""


class WebSocket:
    """The WebSocket transport of one engine. ``slow_down`` says whether reading must wait for the recording."""

    name = "websocket"

    def __init__(
        self,
        options: EngineOptions,
        query: dict[str, str],
        http: aiohttp.ClientSession,
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
        self._answered = asyncio.Event()
        self._outbox: deque[EnginePacket] = deque()
        self._more = asyncio.Event()
        self._goodbye = False
        protocols = options.get("protocols", self.name)
        self._protocols = [protocols] if isinstance(protocols, str) else [str(item) for item in _items(protocols)]
        self._deflate = options.get("perMessageDeflate", self.name)
        self._compressing = self._deflate is not False
        self._binary = not options.get("forceBase64", self.name)

    @property
    def url(self) -> str:
        return self._options.address.url(self._options.request_path(self.name), self.query, websocket=True)

    def open(self) -> None:
        self.phase = Phase.OPENING
        self._running = self._tasks.start(self._run(), "websocket")

    def send(self, packets: Sequence[EnginePacket]) -> None:
        self.writable = False
        self._outbox.extend(packets)
        self._more.set()

    def close(self) -> None:
        was, self.phase = self.phase, Phase.CLOSED
        self.listener = DEAF
        if was is Phase.OPENING and self._running:
            self._running.cancel()  # ws breaks off a handshake that is not wanted any more
        elif was is not Phase.CLOSED:
            self._goodbye = True
            self._more.set()  # the writer sends what is left and then the close frame

    async def _run(self) -> None:
        try:
            socket = await self._connect()
        except (aiohttp.ClientError, OSError, ValueError) as error:
            answer = error.body if isinstance(error, HandshakeRefusedError) else ""
            description = self._advise(plain(error), answer)
            self._fail(TransportError("websocket error", description, status=getattr(error, "status", None)), error)
            return
        try:
            judge_agreement(socket._response.headers, self._protocols, compressing=self._compressing)
        except TransportError as error:
            socket._response.close()
            self._fail(TransportError("websocket error", str(error), status=101), error)
            return
        writer = self._tasks.start(self._write(socket), "websocket write")
        try:
            if self.phase is Phase.OPENING:
                self.phase = Phase.OPEN
                self.writable = True
                self.listener.opened(self)
            await self._read(socket)
            if self._goodbye:
                await writer
        finally:
            writer.cancel()
            socket._response.close()  # aiohttp's own `close()` would say goodbye once more

    async def _connect(self) -> aiohttp.ClientWebSocketResponse:
        query = dict(self.query)
        if self._options.get("timestampRequests", self.name):
            query[str(self._options.get("timestampParam", self.name))] = timestamp()
        if not self._binary:
            query["b64"] = "1"
        limit = self._options.get("maxPayload", self.name)
        return await self._http.ws_connect(
            # aiohttp upgrades http URLs; the record shows what a browser would call them.
            URL(self._options.address.url(self._options.request_path(self.name), query, websocket=True), encoded=True),
            headers=self._headers(),
            protocols=self._protocols,
            compress=15 if self._compressing else 0,
            max_msg_size=int(limit) if isinstance(limit, int) else 0,
            timeout=aiohttp.ClientWSTimeout(ws_close=CLOSE_SECONDS),
            autoclose=False,
        )

    async def _read(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        receive, decode = socket.receive, self._options.dialect.decode_packet
        text, binary = aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY
        turn_ends, left = time.perf_counter() + SLICE_SECONDS, _LOOK_AT_CLOCK
        while True:
            message = await receive()
            if message.type is text:
                data: str = message.data
                if data[:1] == "4":
                    self.listener.message(data[1:])
                else:
                    self._take(decode(data))
            elif message.type is binary:
                self._take(decode(message.data))
            else:
                await self._ended(socket, message)
                return
            left -= 1
            if not left:
                left = _LOOK_AT_CLOCK
                if time.perf_counter() > turn_ends:
                    await asyncio.sleep(0)
                    while self._slow_down():  # noqa: ASYNC110 - it asks how far the writer thread has come
                        await asyncio.sleep(0.005)
                    turn_ends = time.perf_counter() + SLICE_SECONDS

    def _take(self, packet: EnginePacket) -> None:
        if packet.type is PacketType.MESSAGE:
            self.listener.message(packet.data)
        else:
            self.listener.received(self, packet)

    async def _write(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        encode = self._options.dialect.encode_packet
        while True:
            await self._more.wait()
            self._more.clear()
            try:
                while self._outbox:
                    data = encode(self._outbox.popleft(), binary=self._binary)
                    # There is no public way to send one message as it is where compression was agreed.
                    socket._writer.compress = (
                        socket.compress if self._is_compressed(data, forgets=socket.client_notakeover) else 0
                    )
                    await (socket.send_str(data) if isinstance(data, str) else socket.send_bytes(data))
                if self._goodbye:
                    # As `ws.close()` does it: a close frame without a code, answered by the server's. What the server
                    # says is read on, until the end of the engine cuts the connection.
                    self._record_close(1005, "", by="client")
                    await socket.send_frame(b"", aiohttp.WSMsgType.CLOSE)
                    await self._answered.wait()
                    return
            except (aiohttp.ClientError, OSError, RuntimeError) as error:
                # aiohttp raises these when the socket closes between our look and our write; the reader says why.
                if not socket.closed:
                    self._fail(TransportError("websocket error", plain(error)), error)
                return
            self.writable = True
            self.listener.drained(self)

    def _headers(self) -> dict[str, str]:
        version, origin = (self._options.get(name, self.name) for name in ("protocolVersion", "origin"))
        headers = self._options.headers(self.name, keeps_cookies=len(self._http.cookie_jar) > 0)
        headers["Sec-WebSocket-Version"] = str(version)
        if origin:
            headers["Origin" if version == 13 else "Sec-WebSocket-Origin"] = str(origin)
        if self._compressing:  # what aiohttp offers by itself is replaced by it, see http.py
            headers[OFFER] = ws_deflate.offer(self._deflate if isinstance(self._deflate, Mapping) else {})
        return headers

    def _is_compressed(self, data: str | bytes, *, forgets: bool) -> bool:
        """Whether a message is long enough; the threshold is in bytes, and none means that all are."""
        threshold = self._deflate.get("threshold") if isinstance(self._deflate, Mapping) else None
        if not isinstance(threshold, int | float):
            if not forgets:
                return True
            threshold = 1024  # the one of ws itself, which it keeps to only where a message is compressed by itself
        return len(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")) >= threshold

    async def _ended(self, socket: aiohttp.ClientWebSocketResponse, message: aiohttp.WSMessage) -> None:
        """The last message: a close frame, an error, or the end of the stream without either."""
        self._answered.set()
        reason, valid = "", True
        if message.type is aiohttp.WSMsgType.ERROR:
            error = message.data if isinstance(message.data, Exception) else None
            refused = _CODE_THAT_AIOHTTP_REFUSES.fullmatch(str(error))
            if refused is None:
                code = error.code if isinstance(error, aiohttp.WebSocketError) else 1006
                self._record_close(code, str(error or ""), by="client" if code != 1006 else "server")
                broken = str(error or message.data)
                self._fail(TransportError("websocket error", self._advise(broken, broken)), error)
                return
            code, valid = int(refused[1]), False
        elif message.type is aiohttp.WSMsgType.CLOSE and message.data:
            code, reason = int(message.data), str(message.extra or "")
            valid = close_codes.is_valid(code)
        else:
            code = 1005 if message.type is aiohttp.WSMsgType.CLOSE else 1006
        self._record_close(code, reason, by="server", valid=valid)
        if self.phase is Phase.CLOSED:
            return
        if message.type is aiohttp.WSMsgType.CLOSE:  # to what aiohttp refuses it has said goodbye itself
            await self._answer_close(socket, code if valid else 1002, reason if valid else "")
        if not valid:
            illegal = f"Invalid WebSocket frame: invalid status code {code} (WS_ERR_INVALID_CLOSE_CODE)"
            self._fail(TransportError("websocket error", illegal))
            return
        self.phase = Phase.CLOSED
        self.listener.closed(self, f"websocket connection closed with code {code}" + (f" ({reason})" if reason else ""))

    async def _answer_close(self, socket: aiohttp.ClientWebSocketResponse, code: int, reason: str) -> None:
        """Send the server's close frame back, as the protocol wants it."""
        body = b"" if code == 1005 else code.to_bytes(2, "big") + reason.encode()
        try:
            await socket.send_frame(body, aiohttp.WSMsgType.CLOSE)
        except (aiohttp.ClientError, OSError) as error:
            text = _("The server did not wait for the answer to its close frame: {why}")
            self._tap.note(text.format(why=plain(error)))

    def _advise(self, description: str, answer: str) -> str:
        """The description of a failure, with what to do about it where the first answer says that."""
        advice = "" if "sid" in self.query else self._options.dialect.advice(answer)
        return " · ".join(filter(None, (description, advice)))

    def _record_close(self, code: int, reason: str, *, by: str, valid: bool = True) -> None:
        direction = Direction.IN if by == "server" else Direction.OUT
        facts = {"code": code, "reason": reason, "valid": valid, "by": by}
        self._tap.record(Kind.WS_CLOSE, direction, facts=facts)

    def _fail(self, error: TransportError, cause: BaseException | None = None) -> None:
        if self.phase is not Phase.CLOSED:
            self.phase = Phase.CLOSED
            error.__cause__ = cause
            self.listener.failed(self, error)


def _items(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else ()
