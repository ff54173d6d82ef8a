"""The WebSocket ends with a FIN and no close frame 0.2 s after it has opened: close code 1006 everywhere."""

from __future__ import annotations

import asyncio

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Engine
from wsgui.lab.raw.engine_session import EngineSession
from wsgui.lab.raw.serving import serve_engine
from wsgui.lab.raw.socketio import SocketIO
from wsgui.lab.raw.websocket import WebSocket

LIFE = 0.2  # seconds


class Dropping(Engine):
    async def serve_websocket(self, websocket: WebSocket, session: EngineSession) -> None:
        self.tasks.start(self._drop(websocket), "dropping")
        await super().serve_websocket(websocket, session)

    async def _drop(self, websocket: WebSocket) -> None:
        await asyncio.sleep(LIFE)
        websocket.connection.writer.close()


FAULT = Fault(
    id="dropped-without-close",
    cause="dropped-without-close",
    title=N_("The WebSocket ends soon after it has opened, without a close frame."),
    serve=lambda port: serve_engine(Dropping(SocketIO), port),
    given={"transports": ["websocket"]},
)
