"""The opening handshake of a plain WebSocket, asked and judged as the ``ws`` library of Node does it.

aiohttp makes the request, so that TLS, proxies and the capture are the same as everywhere; what comes after the
answer is bytes, because aiohttp's own WebSocket hides pings, fragments and what breaks the protocol.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import aiohttp
from multidict import CIMultiDict
from yarl import URL

from wsgui.core import ws_deflate
from wsgui.core.address import Address
from wsgui.core.i18n import _
from wsgui.core.options import OptionValues, value_of
from wsgui.core.ws_deflate import Deflate, ExtensionError
from wsgui.net.failures import plain
from wsgui.net.transport import TransportError

_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_READ_BUFFER = 1 << 18
"""Bytes that may wait unread; twice as many, and the socket is not read until they are fewer."""


class Stream:
    """The bytes of an upgraded connection. Lies below aiohttp's response in place of its WebSocket parser."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        connection = response.connection
        assert connection is not None
        protocol = connection.protocol
        assert protocol is not None
        self._response = response
        self._protocol = protocol
        self._reader = asyncio.StreamReader(limit=_READ_BUFFER)
        if protocol.transport is not None:
            self._reader.set_transport(protocol.transport)
        protocol.set_parser(self, self)
        if protocol.transport is None:  # it broke off right after the answer
            self._reader.feed_eof()

    @property
    def lost(self) -> BaseException | None:
        """Why the connection ended, where the system said so."""
        return self._protocol.exception()

    async def read(self) -> bytes:
        """What has come; empty at the end."""
        return await self._reader.read(_READ_BUFFER)

    def write(self, data: bytes) -> None:
        """Send ``data``; lost without a word if the connection is, which the reader tells."""
        if self._protocol.transport is not None:
            self._protocol.transport.write(data)

    def close(self) -> None:
        """Hang up."""
        self._response.close()

    # What aiohttp calls of its parsers

    def feed_data(self, data: bytes) -> tuple[bool, bytes]:
        self._reader.feed_data(data)
        return False, b""

    def feed_eof(self) -> None:
        self._reader.feed_eof()

    def is_eof(self) -> bool:
        return self._reader.at_eof()

    def set_exception(self, error: BaseException, cause: BaseException | None = None) -> None:
        self._reader.feed_eof()


@dataclass(frozen=True)
class Opened:
    """What came of a handshake."""

    stream: Stream
    protocol: str
    """The subprotocol that the server chose; empty for none."""
    deflate: Deflate | None
    """The compression that was agreed."""


async def shake_hands(http: aiohttp.ClientSession, address: Address, values: OptionValues) -> Opened:
    """Open a WebSocket. Raises :class:`TransportError` with the message of ``ws``."""
    key = base64.b64encode(os.urandom(16)).decode()
    url = URL(address.url(address.target), encoded=True)
    try:
        response = await http.get(
            url,
            headers=_headers(address, values, key),
            allow_redirects=False,
            skip_auto_headers=("Accept", "User-Agent"),
            read_until_eof=False,
        )
    except aiohttp.WSServerHandshakeError as error:
        raise _refused(error.status, error.headers or {}) from error
    except (aiohttp.ClientError, OSError, ValueError) as error:
        raise TransportError(plain(error), status=getattr(error, "status", None)) from error
    try:
        return _judge(response, key, values)
    except TransportError:
        response.close()
        raise


def _headers(address: Address, values: OptionValues, key: str) -> CIMultiDict[str]:
    headers: CIMultiDict[str] = CIMultiDict()
    extra = value_of(values, "extraHeaders")
    headers.extend({name: str(value) for name, value in extra.items()} if isinstance(extra, Mapping) else {})
    version = value_of(values, "protocolVersion")
    own = {"Version": str(version), "Key": key}
    headers.update({f"Sec-WebSocket-{name}": value for name, value in own.items()})
    headers.update({"Connection": "Upgrade", "Upgrade": "websocket"})
    compression = value_of(values, "perMessageDeflate")
    if compression is not False:
        headers["Sec-WebSocket-Extensions"] = ws_deflate.offer(compression if isinstance(compression, Mapping) else {})
    if protocols := _protocols(values):
        headers["Sec-WebSocket-Protocol"] = ",".join(protocols)
    if origin := value_of(values, "origin"):
        headers["Origin" if version == 13 else "Sec-WebSocket-Origin"] = str(origin)
    if address.credentials:
        encoded = base64.b64encode(address.credentials.encode()).decode()
        headers.setdefault("Authorization", f"Basic {encoded}")
    return headers


def _protocols(values: OptionValues) -> list[str]:
    names = value_of(values, "protocols")
    return [str(name) for name in names] if isinstance(names, list | tuple) else []


def _judge(response: aiohttp.ClientResponse, key: str, values: OptionValues) -> Opened:
    """Accept the answer or refuse it, in the order in which ``ws`` looks at it."""
    headers = response.headers
    if response.status != 101:
        raise _refused(response.status, headers)
    if headers.get("Upgrade", "").lower() != "websocket" or response.connection is None:
        raise _unacceptable("Invalid Upgrade header")
    digest = hashlib.sha1((key + _GUID).encode(), usedforsecurity=False).digest()
    if headers.get("Sec-WebSocket-Accept") != base64.b64encode(digest).decode():
        raise _unacceptable("Invalid Sec-WebSocket-Accept header")
    compressing = value_of(values, "perMessageDeflate") is not False
    deflate = judge_agreement(headers, _protocols(values), compressing=compressing)
    return Opened(Stream(response), headers.get("Sec-WebSocket-Protocol", ""), deflate)


def judge_agreement(headers: Mapping[str, str], asked: Sequence[str], *, compressing: bool) -> Deflate | None:
    """The compression that was agreed. Raises :class:`TransportError` if the server took what nobody ``asked`` for."""
    protocol = headers.get("Sec-WebSocket-Protocol")
    if protocol is not None and not asked:
        raise _unacceptable("Server sent a subprotocol but none was requested")
    if protocol is not None and protocol not in asked:
        raise _unacceptable("Server sent an invalid subprotocol")
    if protocol is None and asked:
        raise _unacceptable("Server sent no subprotocol")
    if (extensions := headers.get("Sec-WebSocket-Extensions")) is None:
        return None
    if not compressing:
        raise _unacceptable("Server sent a Sec-WebSocket-Extensions header but no extension was requested")
    try:
        return ws_deflate.accept(extensions)
    except ExtensionError as error:
        raise _unacceptable(str(error)) from error


def _refused(status: int, headers: Mapping[str, str]) -> TransportError:
    location = headers.get("Location")
    if 300 <= status < 400 and location:
        why = _("The server redirects to {url}. A WebSocket never follows that: connect there yourself.")
        return TransportError(f"Unexpected server response: {status}", why.format(url=location), status=status)
    why = _("The server refused the WebSocket with status {status}.").format(status=status)
    return TransportError(f"Unexpected server response: {status}", why, status=status)


def _unacceptable(message: str) -> TransportError:
    why = _("The server agreed to a WebSocket in a way that no client accepts.")
    return TransportError(message, why, status=101)
