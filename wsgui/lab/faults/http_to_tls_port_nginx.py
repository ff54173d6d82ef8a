"""http to a port that speaks TLS, as nginx serves it: ``400``, "The plain HTTP request was sent to HTTPS port"."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from wsgui.core.i18n import N_
from wsgui.lab.authority import authority
from wsgui.lab.offer import Fault
from wsgui.lab.raw.http import nginx_page
from wsgui.lab.raw.listener import Connection
from wsgui.lab.raw.relay import relay
from wsgui.lab.raw.serving import node, serve_bare, serve_engine

TLS_HANDSHAKE = b"\x16"
ANSWER = nginx_page(400, "The plain HTTP request was sent to HTTPS port")


@asynccontextmanager
async def serve(port: int) -> AsyncIterator[str]:
    async with serve_engine(node(), tls=authority().server().context()) as behind:

        async def look(connection: Connection) -> None:
            first = await connection.reader.read(1 << 14)
            if first.startswith(TLS_HANDSHAKE):
                await relay(connection, int(behind.rpartition(":")[2]), first)
            elif first:
                await connection.send(ANSWER.encode())

        async with serve_bare(look, port, scheme="http") as url:
            yield url


FAULT = Fault(
    id="http-to-tls-port-nginx",
    cause="http-to-tls-port",
    title=N_("The URL says http, and nginx answers that the port is for HTTPS."),
    serve=serve,
    trusted=True,
)
