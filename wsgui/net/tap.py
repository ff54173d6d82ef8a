"""The capture seam: everything that happens on a connection becomes a record here, and nowhere else.

A :class:`Tap` numbers and stamps records and hands them to the one ``emit`` callable that its owner was built
with. :func:`capture` is an aiohttp client middleware: it sees every HTTP exchange and every WebSocket handshake,
also the refused ones, whose body aiohttp itself would throw away.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Callable

import aiohttp
from aiohttp import hdrs

from wsgui.core.records import Direction, Facts, Kind, Record
from wsgui.net.failures import chain, plain

Emit = Callable[[Record], None]

MAX_REFUSAL_BODY = 1 << 20
"""Bytes kept of the body of a refused WebSocket handshake."""
REFUSAL_BODY_SECONDS = 5.0
"""How long such a body may take; a server that refuses and then dawdles must not hold the connection attempt."""


class HandshakeRefusedError(aiohttp.WSServerHandshakeError):
    """The server answered a WebSocket handshake with another status than 101; ``body`` says why, if it does."""

    def __init__(self, response: aiohttp.ClientResponse, body: str) -> None:
        super().__init__(
            response.request_info,
            response.history,
            message="Invalid response status",
            status=response.status,
            headers=response.headers,
        )
        self.body = body


class Tap:
    """Makes the records of one recording. ``connection`` is raised by one at each press of Connect."""

    def __init__(self, emit: Emit) -> None:
        self._emit = emit
        self._numbers = itertools.count(1)
        self._began = time.monotonic()
        self.connection = 0

    def record(
        self,
        kind: Kind,
        direction: Direction = Direction.NONE,
        data: str | bytes | None = None,
        facts: Facts | None = None,
        *,
        raw: bytes | None = None,
        via: int | None = 0,
    ) -> int:
        """Emit a record and return its ``seq``; ``via=None`` is for what is on the wire by itself."""
        seq = next(self._numbers)
        now = time.monotonic() - self._began
        if via is None:
            via = seq
        self._emit(Record(seq, now, time.time(), self.connection, direction, kind, data, facts, raw, via))
        return seq

    def note(self, text: str) -> None:
        """Say something that was not on the wire."""
        self.record(Kind.NOTE, facts={"text": text})


def capture(tap: Tap) -> aiohttp.ClientMiddlewareType:
    """The middleware that records each exchange on ``tap``."""

    async def record_exchange(
        request: aiohttp.ClientRequest, send: aiohttp.ClientHandlerType
    ) -> aiohttp.ClientResponse:
        handshake = hdrs.SEC_WEBSOCKET_KEY in request.headers
        began = time.monotonic()
        # aiohttp lays the Socket.IO payload into a Payload object; what it encodes to is what was sent.
        body = b"" if handshake else await request.body.as_bytes() if request.body else b""
        facts: dict[str, object] = {"method": request.method, "url": str(request.url)}
        try:
            response = await send(request)
            if not handshake:
                data = await response.read()
            elif response.status != 101:
                data = await _refusal(response)
            else:
                data = b""
        except (aiohttp.ClientError, OSError, asyncio.CancelledError) as error:
            facts |= {"error": plain(error), "chain": chain(error), "seconds": time.monotonic() - began}
            _finish(tap, handshake, facts, request, body, b"")
            raise
        facts |= {
            "status": response.status,
            "reason": response.reason or "",
            "headers": [[name.decode("latin-1"), value.decode("latin-1")] for name, value in response.raw_headers],
            "seconds": time.monotonic() - began,
        }
        _finish(tap, handshake, facts, request, body, data)
        if handshake and response.status != 101:
            response.close()
            raise HandshakeRefusedError(response, data.decode("utf-8", "replace"))
        return response

    return record_exchange


def _finish(
    tap: Tap, handshake: bool, facts: dict[str, object], request: aiohttp.ClientRequest, body: bytes, data: bytes
) -> None:
    facts["request_headers"] = [[str(name), value] for name, value in request.headers.items()]
    if body:
        facts["request_body"] = body.decode("utf-8", "replace")
    try:
        text: str | bytes = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data
    tap.record(Kind.WS_OPEN if handshake else Kind.HTTP, Direction.OUT, text or None, facts)


async def _refusal(response: aiohttp.ClientResponse) -> bytes:
    """The first part of the body with which a WebSocket handshake was refused."""
    data = b""
    try:
        async with asyncio.timeout(REFUSAL_BODY_SECONDS):
            async for chunk in response.content.iter_any():
                data += chunk
                if len(data) >= MAX_REFUSAL_BODY:
                    break
    except (aiohttp.ClientError, TimeoutError):
        # The refusal itself is what matters; what came of its body is kept, and the record shows how much.
        return data
    return data[:MAX_REFUSAL_BODY]
