"""The port speaks HTTP/2 without TLS, as gRPC servers do: a SETTINGS frame comes, not a status line."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.listener import Connection
from wsgui.lab.raw.serving import serve_bare

SETTINGS = b"\x00\x00\x06\x04\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00\x80"
GOAWAY_PROTOCOL_ERROR = b"\x00\x00\x08\x07\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01"


async def greet(connection: Connection) -> None:
    await connection.send(SETTINGS)
    await connection.reader.read(1 << 12)
    await connection.send(GOAWAY_PROTOCOL_ERROR)


FAULT = Fault(
    id="not-http-http2",
    cause="not-http",
    title=N_("The port speaks HTTP/2 without TLS, as a gRPC server does."),
    serve=lambda port: serve_bare(greet, port, scheme="http"),
)
