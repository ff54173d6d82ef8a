"""HTTP/1.1 to one server, as a Socket.IO client needs it: requests, and connections that become WebSockets.

Every exchange is told to the tap, whatever becomes of it. Nothing is followed, repeated or unpacked in silence, and
nothing has a time limit of its own: whoever asks decides how long to wait.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial

from wsgui.core.http1 import AnswerReader, Head, HttpError, encode_request
from wsgui.core.i18n import _
from wsgui.core.options import OptionValues, value_of
from wsgui.core.records import Direction, Kind
from wsgui.net.arming import Arming
from wsgui.net.cookies import CookieJar
from wsgui.net.dialler import STILL, Dialled, Dialler, Origin
from wsgui.net.failures import UnusableOptionError, chain, plain
from wsgui.net.proxy import Proxy
from wsgui.net.stream import Stream
from wsgui.net.tap import Pending, Tap

Fields = list[tuple[str, str]]
"""Headers in the order in which they are to be sent."""

FAILURES = (OSError, HttpError, UnusableOptionError)
"""What an exchange may end in, other than in an answer."""
MOST_REFUSAL = 1 << 20
"""Bytes read of the body of a refused WebSocket handshake."""
MOST_UNPACKED_AT_ONCE = 1 << 14
"""Bytes of a compressed answer; they can unfold to a thousand times as many."""
REFUSAL_SECONDS = 5.0
"""How long such a body may take; a server that refuses and then dawdles must not hold the connection attempt."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a request."""

    head: Head
    body: bytes


Tell = Callable[[], int]
"""Records the exchange, to be called once; returns its ``seq``. Whoever asked has more urgent things to do first."""


class Http:
    """The connections of one session to one server; those that are idle are used again, as by a browser.

    ``cookies`` is ``None`` where none are to be kept; ``faults`` may lay hands on all connections.
    """

    def __init__(self, values: OptionValues, tap: Tap, origin: Origin, faults: Arming | None = None) -> None:
        self.faults = faults or Arming(tap)
        self.faults.streams = lambda: (stream for stream in self._all if stream.transport is not None)
        self.cookies = CookieJar() if value_of(values, "withCredentials") else None
        self._origin = origin
        self._dialler = Dialler(values, tap, secure=origin.secure)
        self._tap = tap
        self._idle: list[Dialled] = []
        self._all: set[Stream] = set()

    async def request(
        self,
        method: str,
        target: str,
        headers: Fields,
        body: bytes = b"",
        *,
        seconds: float | None = None,
        carries: Sequence[int] = (),
    ) -> tuple[Answer, Tell]:
        """Send a request and read its answer, within ``seconds`` if they are given.

        ``carries``: the ``seq`` of what the body takes along. Raises ``OSError`` (``TimeoutError`` is one),
        :class:`HttpError` and :class:`UnusableOptionError`, and has recorded the exchange then.
        """
        facts: dict[str, object] = {"carries": list(carries)} if carries else {}
        exchange = _Exchange(self._tap, Kind.HTTP, method, self._origin, target, body, facts)
        with exchange:
            async with asyncio.timeout(seconds) if seconds is not None else nullcontext():
                dialled = await self._connection(exchange, tunnel=False)
                whole = self._ask(dialled.proxy, method, target, headers, body, exchange)
                reader = await exchange.converse(dialled.stream, whole, method)
                try:
                    content = await self._content(reader)
                except BaseException:
                    dialled.stream.close()
                    raise
            head = reader.head
            assert head is not None
            if reader.is_reusable and not reader.rest:
                self._idle.append(dialled)
            else:
                dialled.stream.close()
        if self.cookies is not None:
            self.cookies.keep(head.values("set-cookie"))
        if dialled.proxy and head.status == 407:
            exchange.finish(reader, content)
            raise dialled.proxy.refusal(head)
        return Answer(head, content), partial(exchange.finish, reader, content)

    @staticmethod
    async def _content(reader: AnswerReader) -> bytes:
        """The body, unpacked; where that may take long, beside the loop."""
        if reader.is_packed and reader.size > MOST_UNPACKED_AT_ONCE:
            return await asyncio.to_thread(lambda: reader.body)
        return reader.body

    async def upgrade(self, target: str, headers: Fields) -> tuple[Answer, Stream | None]:
        """Ask for a WebSocket, on a connection of its own. The stream is there if the answer is 101.

        Raises what :meth:`request` raises.
        """
        exchange = _Exchange(self._tap, Kind.WS_OPEN, "GET", self._origin, target, b"", {})
        with exchange:
            dialled = await self._connection(exchange, tunnel=True)
            whole = self._ask(None, "GET", target, headers, b"", exchange)
            reader = await exchange.converse(dialled.stream, whole, "GET", only_head=True)
            head = reader.head
            assert head is not None
            if head.status != 101:
                await self._read_refusal(dialled.stream, reader)
                dialled.stream.close()
            content = b"" if head.status == 101 else reader.body
        if self.cookies is not None:
            self.cookies.keep(head.values("set-cookie"))
        exchange.finish(reader, content)
        answer = Answer(head, content)
        if head.status != 101:
            return answer, None
        dialled.stream.unread(reader.rest)
        return answer, dialled.stream

    async def close(self) -> None:
        """Close all connections and wait until the system has let go of them."""
        streams = list(self._all)
        for stream in streams:
            if stream.transport is not None:
                stream.transport.abort()
        for stream in streams:
            await stream.wait_closed()
        self._all.clear()

    async def _connection(self, exchange: _Exchange, *, tunnel: bool) -> Dialled:
        self._all = {stream for stream in self._all if stream.transport is not None}
        while self._idle and not tunnel:
            dialled = self._idle.pop()
            if not dialled.stream.has_ended:
                exchange.uses(dialled)
                return dialled
        dialled = await self._dialler.dial(self._origin, exchange.timing, tunnel=tunnel)
        self._all.add(dialled.stream)
        self.faults.prepare(dialled.stream)
        exchange.uses(dialled)
        return dialled

    def _ask(
        self, proxy: Proxy | None, method: str, target: str, headers: Fields, body: bytes, exchange: _Exchange
    ) -> bytes:
        """The bytes of the request, with the headers that every request has."""
        known = {name.lower() for name, _value in headers}
        own = [] if "host" in known else [("Host", self._origin.netloc)]
        own += headers
        if self.cookies is not None and (cookies := self.cookies.header):
            own = [pair for pair in own if pair[0].lower() != "cookie"]
            own.append(("Cookie", cookies))
        if (body or method == "POST") and "content-length" not in known:
            own.append(("Content-Length", str(len(body))))
        if proxy is not None:
            target = f"http://{self._origin.netloc}{target}"
            if proxy.authorization:
                own.append(("Proxy-Authorization", proxy.authorization))
        exchange.request_headers = own
        return encode_request(method, target, own, body)

    @staticmethod
    async def _read_refusal(stream: Stream, reader: AnswerReader) -> None:
        """The first part of the body with which a WebSocket handshake was refused."""
        try:
            async with asyncio.timeout(REFUSAL_SECONDS):
                while not reader.done and reader.size < MOST_REFUSAL:
                    if data := await stream.read():
                        reader.feed(data)
                    else:
                        reader.end()
        except (HttpError, TimeoutError):
            return  # the refusal itself is what matters; what came of its body is kept, and the record shows it


class _Exchange:
    """One exchange on its way into the log. A failure inside its block is recorded, and goes on."""

    def __init__(
        self, tap: Tap, kind: Kind, method: str, origin: Origin, target: str, body: bytes, facts: dict[str, object]
    ) -> None:
        scheme = {Kind.HTTP: "http", Kind.WS_OPEN: "ws"}[kind] + ("s" if origin.secure else "")
        self.request_headers: Fields = []
        self._tap = tap
        self._kind = kind
        self._body = body
        self._facts: dict[str, object] = {"method": method, "url": f"{scheme}://{origin.netloc}{target}"} | facts
        self.timing: dict[str, float] = {}
        self._began = time.monotonic()
        self._ended = 0.0
        self._reader: AnswerReader | None = None

    def __enter__(self) -> None:
        url, method = str(self._facts["url"]), str(self._facts["method"])
        self._tap.pending[id(self)] = Pending(method, url, self._began)

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        del self._tap.pending[id(self)]
        if error is not None:
            raw = self._reader.raw if self._reader and self._reader.size else None
            self._facts |= {"error": self._explain(error), "chain": chain(error)}
            self._say_answer(self._reader)
            self._record(b"", raw)

    def _explain(self, error: BaseException) -> str:
        """What happened; where there is no connection yet, also at which step towards it the time was up."""
        if "socket" in self._facts or not self.timing or not isinstance(error, TimeoutError | asyncio.CancelledError):
            return plain(error)
        return f"{plain(error)} {_(STILL[list(self.timing)[-1]])}"

    def uses(self, dialled: Dialled) -> None:
        """The connection is there."""
        self._facts["socket"] = dialled.number
        if dialled.proxy:
            self._facts["proxy"] = str(dialled.proxy)

    async def converse(self, stream: Stream, request: bytes, method: str, *, only_head: bool = False) -> AnswerReader:
        """Send the request and read the answer, or only its head. The connection is cut if that fails."""
        reader = self._reader = AnswerReader(method)
        sent = time.monotonic()
        stream.write(request)
        try:
            first = 0.0
            while not reader.done and not (only_head and reader.head):
                data = await stream.read()
                first = first or time.monotonic()
                if data:
                    reader.feed(data)
                    continue
                try:
                    reader.end()
                except HttpError as error:
                    raise error from stream.lost
        except BaseException:
            stream.close()
            raise
        self._ended = time.monotonic()
        self.timing |= {"wait": first - sent, "receive": self._ended - first}
        return reader

    def finish(self, reader: AnswerReader, content: bytes) -> int:
        """Record what came; returns the ``seq``."""
        self._say_answer(reader)
        return self._record(content, reader.raw if reader.is_odd else None)

    def _say_answer(self, reader: AnswerReader | None) -> None:
        if reader is None or reader.head is None:
            return
        self._facts |= {
            "version": reader.head.version,
            "status": reader.head.status,
            "reason": reader.head.reason,
            "headers": list(map(list, reader.head.headers)),
            "size": reader.size,
        }

    def _record(self, content: bytes, raw: bytes | None) -> int:
        self._facts |= {
            "request_headers": list(map(list, self.request_headers)),
            "seconds": (self._ended or time.monotonic()) - self._began,
            "timing": self.timing,
        }
        if self._body:
            self._facts["request_body"] = self._body.decode("utf-8", "replace")
        return self._tap.record(self._kind, Direction.OUT, _text(content) or None, self._facts, raw=raw, via=None)


def _text(data: bytes) -> str | bytes:
    """As text, if it is text."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data
