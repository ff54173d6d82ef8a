"""101, and then nothing: another WebSocket server took the socket, and it is not Engine.IO."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Engine
from wsgui.lab.raw.http import Request
from wsgui.lab.raw.listener import Connection
from wsgui.lab.raw.serving import serve_engine
from wsgui.lab.raw.socketio import SocketIO


class Taken(Engine):
    async def upgrade(self, connection: Connection, request: Request) -> None:
        await connection.send(self.switch(request).encode())
        await connection.until_left()


FAULT = Fault(
    id="upgrade-no-open-packet",
    cause="upgrade-no-open-packet",
    title=N_("The WebSocket opens, and Engine.IO says nothing; polling passes."),
    serve=lambda port: serve_engine(Taken(SocketIO), port),
)
