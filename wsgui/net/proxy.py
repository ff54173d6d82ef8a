"""Which proxy a request takes, and the way through it: CONNECT for HTTP proxies, SOCKS by ``python-socks``.

As in a browser WebSockets and TLS go through a tunnel; of an HTTP proxy plain requests are asked by their whole URL.
"""

from __future__ import annotations

import asyncio
import base64
import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp
from yarl import URL

from wsgui.core.i18n import _
from wsgui.core.options import OptionValues, value_of
from wsgui.core.proxy import ProxyAddress, ProxyAddressError, environment_proxy, is_exempt, read_proxy
from wsgui.net.failures import UnusableOptionError

MOST_ANSWER = 1 << 16
"""Bytes kept of a proxy's answer to CONNECT."""


class ProxyError(UnusableOptionError, aiohttp.ClientConnectionError):
    """The proxy cannot be reached, or refuses. ``option`` is the one that named it."""


@dataclass(frozen=True)
class Proxy:
    """A proxy and the option that named it."""

    address: ProxyAddress
    option: str

    def __str__(self) -> str:
        return str(self.address)

    @property
    def authorization(self) -> str:
        """The value of the header ``Proxy-Authorization``; empty without credentials."""
        if not self.address.user:
            return ""
        credentials = f"{self.address.user}:{self.address.password}".encode()
        return f"Basic {base64.b64encode(credentials).decode('ascii')}"

    def refusal(self, status: int, reason: str, headers: Mapping[str, str]) -> ProxyError:
        """What an answer that is no success means."""
        asked = headers.get("Proxy-Authenticate", "")
        if status not in (401, 407):  # tinyproxy answers 401 to wrong credentials
            text = _("The proxy {proxy} refuses to connect: {status} {reason}")
        elif asked and "basic" not in asked.lower():
            text = _("The proxy {proxy} wants to be told who asks, by {scheme}; only Basic is known here")
        elif self.address.user:
            text = _("The proxy {proxy} does not accept this user name and password ({status})")
        else:
            text = _("The proxy {proxy} wants a user name and a password (407): http://user:password@host:port")
        return ProxyError(self.option, text.format(proxy=self, status=status, reason=reason, scheme=asked))

    def unreachable(self, error: OSError) -> ProxyError:
        """What a failed attempt to connect to the proxy means."""
        known = error.errno and error.errno > 0 and not isinstance(error, socket.gaierror)
        why = os.strerror(error.errno) if known and error.errno else error.strerror or str(error)
        return ProxyError(self.option, _("The proxy {proxy} cannot be reached: {why}").format(proxy=self, why=why))


@dataclass(frozen=True)
class WayOut:
    """The proxy settings of one session."""

    values: OptionValues
    environment: Mapping[str, str]

    @property
    def may_encrypt(self) -> bool:
        """Whether the connection to the proxy may be one with TLS."""
        named = [
            value_of(self.values, "proxy"),
            *(environment_proxy(self.environment, secure=s) for s in (False, True)),
        ]
        return any(str(text or "").lower().startswith("https:") for text in named)

    def proxy_for(self, url: URL) -> Proxy | None:
        """The proxy of a request; ``None`` to go without. Raises :class:`ProxyError` for a broken variable."""
        secure = url.scheme in ("https", "wss")
        if own := value_of(self.values, "proxy"):
            return Proxy(read_proxy(str(own)), "proxy")
        option = "proxyFromEnvironment"
        text = environment_proxy(self.environment, secure=secure) if value_of(self.values, option) else ""
        if not text or is_exempt(self.environment, url.raw_host or "", url.port or 0):
            return None
        try:
            return Proxy(read_proxy(text), option)
        except ProxyAddressError as error:
            raise ProxyError(option, _("The environment names a bad proxy: {why}").format(why=error)) from error


@dataclass(frozen=True)
class TunnelAnswer:
    """What an HTTP proxy answered to CONNECT."""

    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes


class ProxyConversation(asyncio.Protocol):
    """The talk with an HTTP proxy before the tunnel is there."""

    def __init__(self) -> None:
        self._received = b""
        self._over = False
        self._news = asyncio.Event()

    def data_received(self, data: bytes) -> None:
        self._received += data
        self._news.set()

    def connection_lost(self, exc: Exception | None) -> None:
        self._over = True
        self._news.set()

    async def connect(self, transport: asyncio.WriteTransport, target: str, authorization: str) -> TunnelAnswer:
        """Ask for a tunnel to ``target`` (``host:port``). Raises ``ValueError`` if the answer is not HTTP."""
        lines = [f"CONNECT {target} HTTP/1.1", f"Host: {target}"]
        lines += [f"Proxy-Authorization: {authorization}"] if authorization else []
        transport.write("\r\n".join([*lines, "", ""]).encode("ascii"))
        while b"\r\n\r\n" not in self._received:
            await self._more(_("it closed the connection without an answer"))
        head, _blank, rest = self._received.partition(b"\r\n\r\n")
        first, *fields = head.decode("latin-1").split("\r\n")
        version, _space, status = first.partition(" ")
        number, _space, reason = status.partition(" ")
        if not version.startswith("HTTP/") or not number.isdigit():
            raise ValueError(_("its answer is not HTTP"))
        pairs = [(name, value.strip()) for name, _colon, value in (field.partition(":") for field in fields)]
        answer = TunnelAnswer(int(number), reason, tuple(pairs), rest)
        if 200 <= answer.status < 300:
            return answer
        return TunnelAnswer(answer.status, reason, answer.headers, await self._body(len(head) + 4, pairs))

    async def _body(self, start: int, headers: list[tuple[str, str]]) -> bytes:
        """The page with which the proxy refuses: up to its length, or the end of the connection."""
        length = next((value for name, value in headers if name.lower() == "content-length"), "")
        size = min(int(length) if length.isdigit() else 0, MOST_ANSWER)
        while len(self._received) - start < size and not self._over:
            self._news.clear()
            await self._news.wait()
        return self._received[start : start + size]

    async def _more(self, gone: str) -> None:
        if self._over:
            raise ValueError(gone)
        if len(self._received) > MOST_ANSWER:
            raise ValueError(_("its answer is not HTTP"))
        self._news.clear()
        await self._news.wait()
