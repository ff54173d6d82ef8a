"""101, and then a close frame with code 1011, before the open packet. Polling passes."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Engine
from wsgui.lab.raw.http import Request
from wsgui.lab.raw.listener import Connection
from wsgui.lab.raw.serving import serve_engine
from wsgui.lab.raw.socketio import SocketIO
from wsgui.lab.raw.websocket import close_frame


class Leaving(Engine):
    async def upgrade(self, connection: Connection, request: Request) -> None:
        await connection.send(self.switch(request).encode() + close_frame(1011, "internal error"))
        await connection.until_left()


FAULT = Fault(
    id="upgrade-closed-frame",
    cause="upgrade-closed",
    title=N_("The WebSocket opens and is closed at once with code 1011; polling passes."),
    serve=lambda port: serve_engine(Leaving(SocketIO), port),
)
