"""The front speaks HTTP/2 only: who offers ``http/1.1`` alone in ALPN gets ``no_application_protocol`` (120).

Who offers ``h2`` gets a TLS handshake and a SETTINGS frame; a WebSocket handshake of HTTP/1.1 is not possible there.
"""

from __future__ import annotations

import ssl
from contextlib import AbstractAsyncContextManager

from wsgui.core.i18n import N_
from wsgui.lab.authority import authority
from wsgui.lab.offer import Fault
from wsgui.lab.raw.listener import Connection
from wsgui.lab.raw.serving import serve_bare
from wsgui.lab.raw.tls import TlsConnection

H2_IN_ALPN = b"\x02h2"
NO_APPLICATION_PROTOCOL = b"\x15\x03\x03\x00\x02\x02\x78"
SETTINGS = b"\x00\x00\x06\x04\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00\x80"


def serve(port: int) -> AbstractAsyncContextManager[str]:
    # By hand, because Python's ssl goes on without ALPN where there is nothing in common.
    context = authority().server().context()
    context.set_alpn_protocols(["h2"])

    async def handle(connection: Connection) -> None:
        hello = await connection.reader.read(1 << 14)
        if H2_IN_ALPN in hello:
            await speak_http2(connection, context, hello)
        elif hello:
            await connection.send(NO_APPLICATION_PROTOCOL)

    return serve_bare(handle, port, scheme="https")


async def speak_http2(connection: Connection, context: ssl.SSLContext, hello: bytes) -> None:
    """The TLS handshake, and the server's half of the HTTP/2 preface."""
    tls = TlsConnection(connection, context)
    await tls.shake_hands(hello)
    await tls.write(SETTINGS)
    await connection.until_left()


FAULT = Fault(
    id="http2-only",
    cause="http2-only",
    title=N_("The front speaks HTTP/2 only, where there is no WebSocket handshake of HTTP/1.1."),
    serve=serve,
    trusted=True,
)
