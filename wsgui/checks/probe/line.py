"""One connection to the server on which every wait has an end; nothing is followed, retried or repaired."""

from __future__ import annotations

import asyncio
import os
import socket
import ssl

from wsgui.checks.probe.limits import Limits
from wsgui.core.address import Address
from wsgui.core.options import OptionValues
from wsgui.net.proxy import Proxy, WayOut
from wsgui.net.resolver import resolve
from wsgui.net.socks import open_socks
from wsgui.net.stream import Stream
from wsgui.net.tls_start import start_tls


class Line:
    """Bytes to and from the server. ``error`` says how it ended, where it did not end with an ordinary FIN."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self.has_ended = False

    @property
    def stream(self) -> Stream:
        return self._stream

    @property
    def error(self) -> Exception | None:
        return self._stream.lost

    @property
    def tls(self) -> ssl.SSLObject | None:
        transport = self._stream.transport
        found: ssl.SSLObject | None = transport.get_extra_info("ssl_object") if transport else None
        return found

    def write(self, data: bytes) -> None:
        self._stream.write(data)

    async def read(self, seconds: float) -> bytes:
        """What has come, at least a byte; empty at the end. Raises ``TimeoutError``."""
        if seconds <= 0:  # a read that finds something at once never notices that its time is up
            raise TimeoutError
        async with asyncio.timeout(seconds):
            data = await self._stream.read()
        self.has_ended = not data
        return data

    def close(self) -> None:
        self._stream.close()

    def abort(self) -> None:
        """Hang up without a goodbye, whatever is still to be sent."""
        if self._stream.transport is not None:
            self._stream.transport.abort()


def proxy_of(address: Address, values: OptionValues) -> Proxy | None:
    """The proxy that the options name for this server. Raises :class:`wsgui.net.proxy.ProxyError`."""
    return WayOut(values, os.environ).proxy_for(address.host, address.port, secure=address.secure)


async def dial(host: str, port: int, limits: Limits) -> Stream:
    """A TCP connection to an IP address. Raises ``OSError`` and ``TimeoutError``."""
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(limits.connect):
        _transport, stream = await loop.create_connection(Stream, host, port)
    return stream


async def dial_socks(proxy: Proxy, host: str, port: int, limits: Limits) -> Stream:
    """A TCP connection through a SOCKS proxy. Raises ``OSError``, ``TimeoutError`` and ``ProxyError``."""
    async with asyncio.timeout(limits.connect):
        at = (await resolve(proxy.address.host, proxy.address.port))[0].text
        if proxy.address.scheme in ("socks4", "socks5"):
            family = socket.AF_INET if proxy.address.scheme == "socks4" else socket.AF_UNSPEC
            host = (await resolve(host, port, family))[0].text
        through = await open_socks(proxy, at, host, port, None)
        loop = asyncio.get_running_loop()
        _transport, stream = await loop.create_connection(Stream, sock=through)
    return stream


async def secure(stream: Stream, context: ssl.SSLContext, name: str | None, limits: Limits) -> None:
    """Speak TLS on ``stream`` from now on. Raises ``OSError`` (``ssl.SSLError``) and ``TimeoutError``."""
    transport = stream.transport
    try:
        async with asyncio.timeout(limits.tls):
            await start_tls(stream, context, name, handshake_seconds=limits.tls + 1, shutdown_seconds=0.1)
    except BaseException:
        if transport is not None:
            transport.abort()
        raise
