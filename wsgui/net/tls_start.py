"""TLS on a connection that is there already."""

from __future__ import annotations

import asyncio
import ssl

from wsgui.net.failures import HandshakeEndedError
from wsgui.net.stream import Stream


async def start_tls(
    stream: Stream,
    context: ssl.SSLContext,
    name: str | None,
    *,
    handshake_seconds: float | None = None,
    shutdown_seconds: float | None = None,
) -> None:
    """Speak TLS on ``stream`` from now on. Raises ``OSError``: ``ssl.SSLError``, :class:`HandshakeEndedError`."""
    transport = stream.transport
    if transport is None:
        raise HandshakeEndedError
    secured: asyncio.Transport | None = None
    try:
        secured = await asyncio.get_running_loop().start_tls(
            transport,
            stream,
            context,
            server_hostname=name,
            ssl_handshake_timeout=handshake_seconds,
            ssl_shutdown_timeout=shutdown_seconds,
        )
    except ConnectionResetError as error:
        if error.errno is not None:
            raise  # without a number it is what asyncio makes of a connection that was closed in peace
    if secured is None or stream.transport is None:
        raise HandshakeEndedError
    stream.transport = secured
