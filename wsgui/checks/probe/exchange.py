"""An HTTP exchange as a fact: the bytes that were sent, the bytes that came, when, and how it ended."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from wsgui.checks.probe.limits import MOST_BODY, Limits
from wsgui.checks.probe.line import Line
from wsgui.core.http1 import AnswerReader, Head, HttpError, encode_request
from wsgui.core.i18n import _


class End(StrEnum):
    """How an exchange ended."""

    WHOLE = "whole"
    """The answer came, all of it."""
    NO_LINE = "no-line"
    """There was no connection, or no TLS on it."""
    CLOSED = "closed"
    """The connection was closed before a byte came."""
    BROKEN = "broken"
    """It was closed in the middle of the answer."""
    SILENT = "silent"
    """No byte came in time."""
    SLOW = "slow"
    """Something came, and not the whole of it in time."""
    NOT_HTTP = "not-http"
    """What came is no HTTP/1.1, or breaks its rules."""
    TOO_LONG = "too-long"
    """The body is longer than anything that is read here."""


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """One request and what came of it."""

    method: str
    url: str
    sent: bytes
    end: End
    head: Head | None = None
    body: bytes = b""
    """Unpacked, and cut where it is too long."""
    received: bytes = b""
    """The first bytes that came, as they came."""
    error: Exception | None = None
    """What was raised, where something was."""
    wait: float | None = None
    """Seconds from the request to the first byte."""
    seconds: float = 0.0
    """Seconds from the request to the end."""
    arrivals: tuple[float, ...] = ()
    """When, in seconds from the request, something came (the first 100 times)."""
    peer: str = ""
    """The IP address that was connected to."""
    seq: int = 0
    """Its record, if there is one."""

    @property
    def status(self) -> int:
        """The status, 0 without an answer."""
        return self.head.status if self.head else 0

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")

    @property
    def is_whole(self) -> bool:
        return self.end is End.WHOLE

    @property
    def target(self) -> str:
        """Path and query of the URL."""
        return "/" + self.url.partition("://")[2].partition("/")[2]

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    def header(self, name: str) -> str:
        """A header of the answer, ``name`` in lower case; empty if it is not there."""
        return (self.head.value(name) or "") if self.head else ""

    @property
    def is_html(self) -> bool:
        """Whether a web page came."""
        start = self.body[:200].lstrip().lower()
        return "text/html" in self.header("content-type").lower() or start.startswith((b"<!doctype html", b"<html"))


class Transfer:
    """Sends one request over a line and reads its answer. ``rest`` is what came behind it."""

    def __init__(self, line: Line, method: str, url: str, limits: Limits) -> None:
        self._line = line
        self._method = method
        self._url = url
        self._limits = limits
        self._reader = AnswerReader(method)
        self._received = b""
        self._arrivals: list[float] = []
        self._began = 0.0

    @property
    def rest(self) -> bytes:
        return self._reader.rest

    async def run(self, sent: bytes, peer: str) -> Exchange:
        """Do it."""
        self._began = time.monotonic()
        self._line.write(sent)
        end, error = await self._read()
        body = b""
        try:
            body = self._reader.unpack(MOST_BODY)
        except HttpError as problem:
            end, error = End.NOT_HTTP, problem
        return Exchange(
            method=self._method,
            url=self._url,
            sent=sent,
            end=end,
            head=self._reader.head,
            body=body[:MOST_BODY],
            received=self._received,
            error=error,
            wait=self._arrivals[0] if self._arrivals else None,
            seconds=time.monotonic() - self._began,
            arrivals=tuple(self._arrivals),
            peer=peer,
        )

    async def _read(self) -> tuple[End, Exception | None]:
        while not self._reader.done:
            elapsed = time.monotonic() - self._began
            limit = self._limits.answer if self._received else self._limits.first_byte
            try:
                data = await self._line.read(limit - elapsed)
            except TimeoutError:
                return (End.SLOW if self._received else End.SILENT), None
            try:
                if data:
                    self._take(data)
                else:
                    self._reader.end()
            except HttpError as problem:
                if not data:
                    return (End.BROKEN if self._received else End.CLOSED), self._line.error
                return End.NOT_HTTP, problem
            if not data:
                break
            if self._reader.size > MOST_BODY + (1 << 16):
                return End.TOO_LONG, None
        return End.WHOLE, None

    def _take(self, data: bytes) -> None:
        if len(self._received) < MOST_BODY:
            self._received += data[: MOST_BODY - len(self._received)]
        if len(self._arrivals) < 100:
            self._arrivals.append(time.monotonic() - self._began)
        self._reader.feed(data)


def request(method: str, target: str, headers: Iterable[tuple[str, str]], body: bytes = b"") -> bytes:
    """The bytes of a request, its length among the headers. Raises :class:`HttpError` for a header that cannot be."""
    length = [("Content-Length", str(len(body)))] if method in ("POST", "PUT") else []
    return encode_request(method, target, [*headers, *length], body)


def no_line(method: str, url: str, sent: bytes, error: Exception, seconds: float) -> Exchange:
    """The exchange for which there was no connection."""
    return Exchange(method=method, url=url, sent=sent, end=End.NO_LINE, error=error, seconds=seconds)


def why_it_ended(exchange: Exchange) -> str:
    """A sentence on an exchange without a whole answer."""
    match exchange.end:
        case End.WHOLE:
            return _("The answer came.")
        case End.NO_LINE:
            return _("There was no connection: {why}").format(why=exchange.error)
        case End.CLOSED if isinstance(exchange.error, ssl.SSLError):
            return _("The server ended TLS before it answered: {why}").format(why=exchange.error)
        case End.CLOSED:
            return _("The server closed the connection after {seconds:.2f} s without sending a byte.").format(
                seconds=exchange.seconds
            )
        case End.BROKEN:
            return _("The answer broke off after {n} bytes.").format(n=len(exchange.received))
        case End.SILENT:
            return _("Not a byte came within {seconds:.1f} s.").format(seconds=exchange.seconds)
        case End.SLOW:
            return _("After {seconds:.1f} s and {n} bytes the answer had not come to its end.").format(
                seconds=exchange.seconds, n=len(exchange.received)
            )
        case End.NOT_HTTP:
            return str(exchange.error)
        case End.TOO_LONG:
            return _("The answer is longer than {n} KiB; the rest was not read.").format(n=len(exchange.received) >> 10)
