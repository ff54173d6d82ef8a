"""HTTP long-polling: one GET always waiting at the server, one POST at a time.

Behaves as ``transports/polling.js`` of engine.io-client 6.6: the same requests in the same order, pausing for an
upgrade by letting the waiting GET end, a close packet in a last POST.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Iterable, Sequence

from wsgui import __version__
from wsgui.core.address import encode_target
from wsgui.core.engine_packets import EnginePacket, PacketType
from wsgui.core.i18n import _
from wsgui.core.tasks import TaskOwner
from wsgui.net.engine_options import EngineOptions, timestamp
from wsgui.net.failures import plain
from wsgui.net.http import FAILURES, Http, Tell
from wsgui.net.stream import MOST_ANSWERS, unread_answers
from wsgui.net.tap import Source, Tap
from wsgui.net.transport import DEAF, WAITING, Listener, Outgoing, Phase, TransportError

_BINARY = ("application/octet-stream", "application/octet-stream; charset=UTF-8")
"""The content types whose body is no text, spelt as engine.io-client compares them."""


MOST_AT_ONCE = 1 << 17
"""Characters of an answer that is worked through in one go, if it holds nothing but events."""
PACKETS_AT_ONCE = 500
"""How many packets of any other are worked through before everybody else has a turn: a fast server sends millions."""
USER_AGENT = f"wsgui/{__version__}"


class Polling:
    """The polling transport of one engine."""

    name = "polling"

    def __init__(self, options: EngineOptions, query: dict[str, str], http: Http, tasks: TaskOwner, tap: Tap) -> None:
        self.phase = Phase.NEW
        self.writable = False
        self.listener: Listener = DEAF
        self.query = query
        self._options = options
        self._dialect = options.dialect
        self._base64 = options.dialect.base64_polling or bool(options.get("forceBase64", self.name))
        self._http = http
        self._tasks = tasks
        self._tap = tap
        self._known_headers: dict[tuple[bool, bool], list[tuple[str, str]]] = {}
        self._waiting = False
        self._waiting_answers = 0
        self._when_idle: Callable[[], None] | None = None
        self._path = options.request_path(self.name)
        self._stamp = str(options.get("timestampParam", self.name))
        self._stamps = options.get("timestampRequests", self.name) is not False
        self._seconds = options.seconds("requestTimeout", self.name) or None

    @property
    def url(self) -> str:
        return self._options.address.url(
            self._path, {name: value for name, value in self.query.items() if name != self._stamp}
        )

    def open(self) -> None:
        self.phase = Phase.OPENING
        self._tasks.start(self._poll(), "poll")

    def send(self, outgoing: Sequence[Outgoing]) -> None:
        self.writable = False
        carries = list(dict.fromkeys(each.letter.tell(WAITING) for each in outgoing))
        body = self._dialect.encode_payload([each.packet for each in outgoing])
        self._tasks.start(self._post(body, carries), "post")

    def takes_answer(self) -> bool:
        self._waiting_answers = 0 if self.writable else self._waiting_answers + 1
        if self._waiting_answers == MOST_ANSWERS:
            self._tap.note(unread_answers())
        return self._waiting_answers < MOST_ANSWERS

    def pause(self, then: Callable[[], None]) -> None:
        """Make no further request, and call ``then`` when the ones under way have ended."""
        self.phase = Phase.PAUSING
        self._when_idle = then
        self._check_idle()

    def close(self) -> None:
        """Send a close packet if the server knows this session, also after a failure, as JavaScript does.

        What is under way is left to the engine's end.
        """
        was, self.phase = self.phase, Phase.CLOSED
        self.listener = DEAF
        if was is Phase.OPEN:
            self._tasks.start(self._post(self._dialect.encode_payload([EnginePacket(PacketType.CLOSE)])), "post close")

    def _check_idle(self) -> None:
        if self.phase is Phase.PAUSING and not self._waiting and self.writable:
            self.phase = Phase.PAUSED
            if self._when_idle:
                self._when_idle()

    async def _poll(self) -> None:
        while True:
            self._waiting = True
            try:
                body, tell = await self._request("GET", "xhr poll error")
            except TransportError as error:
                self._waiting = False
                self._fail(error)
                return
            is_quick = self.phase is Phase.OPEN and len(body) < MOST_AT_ONCE
            if is_quick and (events := self._dialect.decode_events(body)) is not None:
                # Nothing here is to end the polling: the next request goes out first, and the server works meanwhile.
                asyncio.get_running_loop().call_soon(self._hand_on, events, tell)
                continue
            if not await self._receive(body, Source(tell())):
                return
            self._waiting = False
            # A burst of answers that are already there must not keep the loop from its other work.
            await asyncio.sleep(0)
            if self.phase is not Phase.OPEN:  # an answer without an open packet is not asked for again
                break
        self._check_idle()

    def _hand_on(self, messages: Sequence[str | bytes], tell: Tell) -> None:
        with self._tap.reading(Source(tell())):
            self.listener.messages(messages)

    async def _receive(self, body: str | bytes, source: Source) -> bool:
        """Hand on the packets of one answer, with turns for everybody else; whether polling goes on."""
        if self.phase is Phase.OPENING and (advice := self._dialect.advice(body)):
            with self._tap.reading(source):
                self._fail(TransportError("server error", advice))
            return False
        packets = self._dialect.read_payload(body)
        while some := list(itertools.islice(packets, PACKETS_AT_ONCE)):
            with self._tap.reading(source):
                if not self._take(some):
                    return False
            if len(some) == PACKETS_AT_ONCE:
                await asyncio.sleep(0)
        return self.phase is not Phase.CLOSED

    def _take(self, packets: Iterable[EnginePacket]) -> bool:
        """Hand on some packets; whether those behind them mean anything."""
        messages: list[str | bytes] = []
        for packet in packets:
            if packet.type is PacketType.MESSAGE:
                messages.append(packet.data)
                continue
            if messages:
                self.listener.messages(messages)
                messages = []
            if self.phase is Phase.CLOSED:
                return False
            if self.phase is Phase.OPENING and packet.type is PacketType.OPEN:
                self.phase = Phase.OPEN
                self.writable = True
                self.listener.opened(self)
            if packet.type is PacketType.CLOSE:
                self.phase = Phase.CLOSED
                self.listener.closed(self, "transport closed by the server")
                return False
            self.listener.received(self, packet)
        if messages:
            self.listener.messages(messages)
        return self.phase is not Phase.CLOSED

    async def _post(self, body: str, carries: Sequence[int] = ()) -> None:
        try:
            _body, tell = await self._request("POST", "xhr post error", body, carries)
        except TransportError as error:
            self._fail(error)
            return
        tell()
        self.writable = True
        self.listener.drained(self)
        self._check_idle()

    async def _request(
        self, method: str, reason: str, body: str | None = None, carries: Sequence[int] = ()
    ) -> tuple[str | bytes, Tell]:
        """The body of the answer, and what records the exchange."""
        # As in JavaScript, what is added once stays: the first request decides the order of the parameters.
        if self._stamps:
            self.query[self._stamp] = timestamp()
        if self._base64 and "sid" not in self.query:
            self.query["b64"] = "1"
        headers = self._headers(bool(self._http.cookies and self._http.cookies.header), body is not None)
        target = encode_target(self._path, self.query)
        try:
            answer, tell = await self._http.request(
                method, target, headers, (body or "").encode(), seconds=self._seconds, carries=carries
            )
        except TimeoutError as error:
            raise TransportError(reason, "requestTimeout") from error
        except FAILURES as error:
            raise TransportError(reason, plain(error)) from error
        text = answer.body.decode("utf-8", "replace")
        if answer.head.status != 200:
            tell()
            raise TransportError(reason, self._refusal(answer.head.status, text), status=answer.head.status)
        return answer.body if answer.head.value("content-type") in _BINARY else text, tell

    def _headers(self, keeps_cookies: bool, has_body: bool) -> list[tuple[str, str]]:
        """Those of a request; put together once for each kind of request."""
        known = self._known_headers.get((keeps_cookies, has_body))
        if known is None:
            own = self._options.headers(self.name, keeps_cookies=keeps_cookies)
            # JavaScript sets “Accept” last, and it stands first.
            given = {"Accept": "*/*", "User-Agent": USER_AGENT} | own | {"Accept": "*/*"}
            if has_body:
                given["Content-type"] = "text/plain;charset=UTF-8"
            known = list({name.lower(): (name, value) for name, value in given.items()}.values())
            self._known_headers[keeps_cookies, has_body] = known
        return known

    def _fail(self, error: TransportError) -> None:
        if self.phase is not Phase.CLOSED:
            self.listener.failed(self, error)

    def _refusal(self, status: int, body: str) -> str:
        start = " ".join(body.split())
        if start.startswith("<"):
            text = _("HTTP {status}: a web page answers, not Socket.IO. Is the option “path” right?").format(
                status=status
            )
        else:
            text = f"HTTP {status}" + (f": {start[:200]}" if start else "")
        return " · ".join(filter(None, (text, self._dialect.advice(body))))
