"""Node allows one connection (``server.maxConnections``): the next one is accepted and closed without a byte."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.listener import Connection
from wsgui.lab.raw.relay import relay
from wsgui.lab.raw.serving import node, serve_bare, serve_engine


class Limit:
    """One connection at a time to the server at ``port``."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._busy = False

    async def __call__(self, connection: Connection) -> None:
        if self._busy:
            return
        self._busy = True
        try:
            await relay(connection, self._port)
        finally:
            self._busy = False


@asynccontextmanager
async def serve(port: int) -> AsyncIterator[str]:
    async with serve_engine(node()) as behind, serve_bare(Limit(int(behind.rpartition(":")[2])), port) as url:
        yield url


FAULT = Fault(
    id="connection-limit-closed",
    cause="connection-limit",
    title=N_("The server allows one connection and closes the next without a byte."),
    serve=serve,
)
