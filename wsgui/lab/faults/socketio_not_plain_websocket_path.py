"""A plain WebSocket client asks a Socket.IO server at its own path: it opens, says ``0{"sid":…}``, and ends later.

Nobody answers the pings ``2``, and the server closes after the ping time-out.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from wsgui.core.i18n import N_
from wsgui.core.option_types import Protocol
from wsgui.lab.offer import Fault
from wsgui.lab.raw.serving import node, serve_engine


@asynccontextmanager
async def serve(port: int) -> AsyncIterator[str]:
    async with serve_engine(node(), port, scheme="ws") as url:
        yield f"{url}/socket.io/?EIO=4&transport=websocket"


FAULT = Fault(
    id="socketio-not-plain-websocket-path",
    cause="socketio-not-plain-websocket",
    title=N_("The client speaks plain WebSocket to the path of Socket.IO: it opens, and does not last."),
    serve=serve,
    protocol=Protocol.WEBSOCKET,
)
