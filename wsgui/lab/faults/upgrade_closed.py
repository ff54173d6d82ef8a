"""101, and then a FIN without a close frame. Polling passes."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Engine
from wsgui.lab.raw.http import Request
from wsgui.lab.raw.listener import Connection
from wsgui.lab.raw.serving import serve_engine
from wsgui.lab.raw.socketio import SocketIO


class Leaving(Engine):
    async def upgrade(self, connection: Connection, request: Request) -> None:
        await connection.send(self.switch(request).encode())


FAULT = Fault(
    id="upgrade-closed",
    cause="upgrade-closed",
    title=N_("The WebSocket opens and ends at once, without a close frame; polling passes."),
    serve=lambda port: serve_engine(Leaving(SocketIO), port),
)
