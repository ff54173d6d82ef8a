"""HTTP long-polling: one GET always waiting at the server, one POST at a time.

Behaves as ``transports/polling.js`` of engine.io-client 6.6: the same requests in the same order, pausing for an
upgrade by letting the waiting GET end, a close packet in a last POST.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

import aiohttp
from yarl import URL

from wsgui.core.engine_packets import EnginePacket, PacketType
from wsgui.core.i18n import _
from wsgui.core.tasks import TaskOwner
from wsgui.net.engine_options import EngineOptions, timestamp
from wsgui.net.failures import plain
from wsgui.net.transport import DEAF, Listener, Phase, TransportError

_BINARY = ("application/octet-stream", "application/octet-stream; charset=UTF-8")
"""The content types whose body is no text, spelt as engine.io-client compares them."""


class Polling:
    """The polling transport of one engine."""

    name = "polling"

    def __init__(
        self, options: EngineOptions, query: dict[str, str], http: aiohttp.ClientSession, tasks: TaskOwner
    ) -> None:
        self.phase = Phase.NEW
        self.writable = False
        self.listener: Listener = DEAF
        self.query = query
        self._options = options
        self._dialect = options.dialect
        self._base64 = options.dialect.base64_polling or bool(options.get("forceBase64", self.name))
        self._http = http
        self._tasks = tasks
        self._waiting = False
        self._when_idle: Callable[[], None] | None = None
        self._path = options.request_path(self.name)
        self._stamp = str(options.get("timestampParam", self.name))
        self._stamps = options.get("timestampRequests", self.name) is not False
        seconds = options.seconds("requestTimeout", self.name)
        self._timeout = aiohttp.ClientTimeout(total=seconds or None)

    @property
    def url(self) -> str:
        return self._options.address.url(
            self._path, {name: value for name, value in self.query.items() if name != self._stamp}
        )

    def open(self) -> None:
        self.phase = Phase.OPENING
        self._tasks.start(self._poll(), "poll")

    def send(self, packets: Sequence[EnginePacket]) -> None:
        self.writable = False
        self._tasks.start(self._post(self._dialect.encode_payload(packets)), "post")

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
                body = await self._request("GET", "xhr poll error")
            except TransportError as error:
                self._waiting = False
                self._fail(error)
                return
            if not self._receive(body):
                return
            self._waiting = False
            # A burst of answers that are already there must not keep the loop from its other work.
            await asyncio.sleep(0)
            if self.phase is not Phase.OPEN:  # an answer without an open packet is not asked for again
                break
        self._check_idle()

    def _receive(self, body: str | bytes) -> bool:
        """Hand on the packets of one answer; whether polling goes on."""
        if self.phase is Phase.OPENING and (advice := self._dialect.advice(body)):
            self._fail(TransportError("server error", advice))
            return False
        for packet in self._dialect.decode_payload(body):
            if self.phase is Phase.CLOSED:
                return False
            if packet.type is PacketType.MESSAGE:
                self.listener.message(packet.data)
                continue
            if self.phase is Phase.OPENING and packet.type is PacketType.OPEN:
                self.phase = Phase.OPEN
                self.writable = True
                self.listener.opened(self)
            if packet.type is PacketType.CLOSE:
                self.phase = Phase.CLOSED
                self.listener.closed(self, "transport closed by the server")
                return False
            self.listener.received(self, packet)
        return self.phase is not Phase.CLOSED

    async def _post(self, body: str) -> None:
        try:
            await self._request("POST", "xhr post error", body)
        except TransportError as error:
            self._fail(error)
            return
        self.writable = True
        self.listener.drained(self)
        self._check_idle()

    async def _request(self, method: str, reason: str, body: str | None = None) -> str | bytes:
        # As in JavaScript, what is added once stays: the first request decides the order of the parameters.
        if self._stamps:
            self.query[self._stamp] = timestamp()
        if self._base64 and "sid" not in self.query:
            self.query["b64"] = "1"
        own = self._options.headers(self.name, keeps_cookies=len(self._http.cookie_jar) > 0)
        headers = {"Accept": "*/*"} | own | {"Accept": "*/*"}  # JavaScript sets it last, and it stands first
        if body is not None:
            headers["Content-type"] = "text/plain;charset=UTF-8"
        url = URL(self._options.address.url(self._path, self.query), encoded=True)
        try:
            response = await self._http.request(
                method, url, data=body and body.encode(), headers=headers, allow_redirects=False, timeout=self._timeout
            )
            content = await response.read()
        except TimeoutError as error:
            raise TransportError(reason, "requestTimeout") from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise TransportError(reason, plain(error)) from error
        text = content.decode("utf-8", "replace")
        if response.status != 200:
            raise TransportError(reason, self._refusal(response.status, text), status=response.status)
        return content if response.headers.get("Content-Type") in _BINARY else text

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
