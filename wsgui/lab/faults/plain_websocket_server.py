"""The server is a plain WebSocket server: ``426 Upgrade Required`` on polling; 101 and no ``0{`` on an upgrade."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.plain import serve_plain


@asynccontextmanager
async def serve(port: int) -> AsyncIterator[str]:
    async with serve_plain(port) as url:
        yield url.replace("ws://", "http://")


FAULT = Fault(
    id="plain-websocket-server",
    cause="plain-websocket-server",
    title=N_("The server speaks plain WebSocket, not Socket.IO."),
    serve=serve,
)
