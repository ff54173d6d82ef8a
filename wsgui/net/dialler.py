"""How the TCP connections of a session are made: name, address, proxy, TLS; each step timed and told to the log.

Addresses are tried one after the other with Node's patience for each (``autoSelectFamily`` of Node 20).
"""

from __future__ import annotations

import asyncio
import itertools
import os
import socket
import ssl
import time
from dataclasses import dataclass
from typing import NamedTuple

from wsgui.core.address import Address
from wsgui.core.i18n import N_, _
from wsgui.core.options import OptionValues, value_of
from wsgui.core.records import Direction, Kind
from wsgui.net.connection_facts import connection_facts, describe_certificate, shown_certificate
from wsgui.net.failures import links, plain
from wsgui.net.proxy import Proxy, ProxyError, WayOut
from wsgui.net.refused_certificate import refused_chain
from wsgui.net.resolver import Place, resolve
from wsgui.net.socks import open_socks
from wsgui.net.stream import Stream
from wsgui.net.tap import Tap
from wsgui.net.tls import tls_context
from wsgui.net.tls_start import start_tls
from wsgui.net.tunnel import open_tunnel

ATTEMPT_SECONDS = 0.25
"""How long an address may take before the next one is tried; the last one may take as long as it likes."""

STILL = {
    "dns": N_("The host name was still being looked up."),
    "connect": N_("The TCP connection was still being opened."),
    "proxy": N_("The proxy was still being asked."),
    "tls": N_("The TLS handshake was still under way."),
}
"""What was going on at each step when it was given up."""

_FAMILY = {4: socket.AF_INET, 6: socket.AF_INET6}


class Origin(NamedTuple):
    """Where to connect to; ``host`` of IPv6 without brackets."""

    host: str
    port: int
    secure: bool

    @property
    def netloc(self) -> str:
        """Host and port as they stand in a ``Host`` header: the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.secure else 80) else f"{host}:{self.port}"


def origin_of(address: Address) -> Origin:
    return Origin(address.host, address.port, address.secure)


@dataclass
class Dialled:
    """A new connection and how it came about."""

    stream: Stream
    number: int
    """Of the TCP connection within the recording."""
    proxy: Proxy | None = None
    """The HTTP proxy that is to be asked for the resource by its whole URL; ``None`` behind a tunnel, too."""


class Dialler:
    """Makes connections as the options say. Raises :class:`UnusableOptionError` when they cannot be used."""

    def __init__(self, values: OptionValues, tap: Tap, *, secure: bool) -> None:
        chosen, local = value_of(values, "family"), value_of(values, "localAddress")
        self._family = _FAMILY.get(chosen, socket.AF_UNSPEC) if isinstance(chosen, int) else socket.AF_UNSPEC
        self._local = (local, 0) if isinstance(local, str) and local else None
        self._server_name = str(value_of(values, "servername") or "")
        self._way = WayOut(values, os.environ)
        self._tap = tap
        self._tls = tls_context(values) if secure or self._way.may_encrypt else None

    async def dial(self, origin: Origin, timing: dict[str, float], *, tunnel: bool) -> Dialled:
        """Connect. ``tunnel``: an HTTP proxy must let the bytes through, as for a WebSocket.

        ``timing`` takes the seconds of ``dns``, ``connect``, ``proxy`` and ``tls``, as far as they were needed; where
        no connection is made, the last is the step at which it failed.

        Raises ``OSError`` (``ssl.SSLError`` and ``socket.gaierror`` among them) and :class:`ProxyError`.
        """
        proxy = self._way.proxy_for(origin.host, origin.port, secure=origin.secure)
        stream: Stream | None = None
        try:
            if proxy is None:
                stream = await self._reach(origin.host, origin.port, timing)
            else:
                stream = await self._reach_through(proxy, origin, timing, tunnel=tunnel or origin.secure)
            if origin.secure:
                with _timed(timing, "tls"):
                    await self._secure(stream, self._server_name or origin.host)
        except BaseException as error:
            if stream is not None and stream.transport is not None:
                stream.transport.abort()
            if isinstance(error, OSError):
                self._say_refused(error)
            raise
        assert stream.transport is not None
        stream.note = self._tap.note
        number = self._tap.next_socket()
        facts = connection_facts(
            stream.transport, str(proxy or ""), tls_ends_at_proxy=bool(proxy) and not origin.secure
        )
        self._tap.record(Kind.NOTE, facts=facts | {"socket": number})
        asked_whole = proxy is not None and not proxy.address.is_socks and not (tunnel or origin.secure)
        return Dialled(stream, number, proxy if asked_whole else None)

    async def _reach(self, host: str, port: int, timing: dict[str, float]) -> Stream:
        """A TCP connection to the first address that takes one."""
        with _timed(timing, "dns"):
            places = await resolve(host, port, self._family)
        with _timed(timing, "connect"):
            for place, following in itertools.pairwise(places):
                try:
                    async with asyncio.timeout(ATTEMPT_SECONDS):
                        return await self._connect(place)
                except OSError as error:  # TimeoutError is one
                    text = _("{address}, port {port}: {why} Now {next} is tried.")
                    self._tap.note(text.format(address=place.text, port=port, why=plain(error), next=following.text))
            return await self._connect(places[-1])

    async def _connect(self, place: Place) -> Stream:
        loop = asyncio.get_running_loop()
        plug = socket.socket(place.family, socket.SOCK_STREAM)
        try:
            plug.setblocking(False)
            if self._local:
                plug.bind(self._local)
            await loop.sock_connect(plug, place.address)
            _transport, stream = await loop.create_connection(Stream, sock=plug)
        except BaseException:
            plug.close()
            raise
        return stream

    async def _secure(self, stream: Stream, name: str) -> None:
        assert self._tls is not None
        await start_tls(stream, self._tls, name.rstrip("."))

    async def _reach_through(self, proxy: Proxy, origin: Origin, timing: dict[str, float], *, tunnel: bool) -> Stream:
        """A connection through a proxy, as far as it can be had before anything is said to the server."""
        address = proxy.address
        if address.is_socks:
            host = await self._as_asked_of(proxy, origin)
            with _timed(timing, "proxy"):
                return await self._reach_by_socks(proxy, host, origin.port)
        try:
            stream = await self._reach(address.host, address.port, timing)
        except OSError as error:
            raise proxy.unreachable(error) from error
        with _timed(timing, "proxy"):
            try:
                if address.scheme == "https":
                    await self._secure(stream, address.host)
                if tunnel:
                    host = f"[{origin.host}]" if ":" in origin.host else origin.host
                    await open_tunnel(proxy, stream, f"{host}:{origin.port}", self._tap)
            except ssl.SSLError as error:
                stream.close()
                text = _("The TLS connection to the proxy {proxy} failed: {why}")
                raise ProxyError(proxy.option, text.format(proxy=proxy, why=plain(error))) from error
            except BaseException:
                stream.close()
                raise
        return stream

    async def _reach_by_socks(self, proxy: Proxy, host: str, port: int) -> Stream:
        try:
            places = await resolve(proxy.address.host, proxy.address.port)
        except OSError as error:
            raise proxy.unreachable(error) from error
        loop = asyncio.get_running_loop()
        for place in places:
            try:
                through = await open_socks(proxy, place.text, host, port, self._local)
            except OSError as error:
                if place is places[-1]:
                    raise proxy.unreachable(error) from error
            else:
                _transport, stream = await loop.create_connection(Stream, sock=through)
                return stream
        raise AssertionError("a name resolves to at least one address")

    async def _as_asked_of(self, proxy: Proxy, origin: Origin) -> str:
        """The server as it is named to a SOCKS proxy: by its address where the proxy does not look names up."""
        if proxy.address.scheme in ("socks", "socks4a", "socks5h"):
            return origin.host
        family = socket.AF_INET if proxy.address.scheme == "socks4" else self._family
        return (await resolve(origin.host, origin.port, family))[0].text

    def _say_refused(self, error: BaseException) -> None:
        """Show the certificate that was not believed."""
        for chain in filter(None, map(refused_chain, links(error))):
            certificate = shown_certificate(chain[0])
            text = _("The certificate that was refused is {description}")
            text = text.format(description=describe_certificate(certificate))
            self._tap.record(Kind.NOTE, Direction.IN, facts={"text": text, "certificate": certificate})
            return


class _timed:  # noqa: N801 - reads as a statement
    """Adds the seconds that its block takes."""

    def __init__(self, timing: dict[str, float], phase: str) -> None:
        self._timing = timing
        self._phase = phase

    def __enter__(self) -> None:
        self._began = time.monotonic()

    def __exit__(self, *_error: object) -> None:
        self._timing[self._phase] = time.monotonic() - self._began
