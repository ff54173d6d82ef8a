"""A client of Socket.IO 2 opens a WebSocket on a server of Socket.IO 3.1: 101, and then nothing at all.

Polling is refused with code 5, as ever.
"""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.core.option_types import Protocol
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Engine
from wsgui.lab.raw.http import Request
from wsgui.lab.raw.listener import Connection
from wsgui.lab.raw.serving import serve_engine
from wsgui.lab.raw.socketio import SocketIO


class Version31(Engine):
    async def upgrade(self, connection: Connection, request: Request) -> None:
        if self.verify(request) is None and self.protocol(request) is None:
            await connection.send(self.switch(request).encode())
            await connection.until_left()
        else:
            await super().upgrade(connection, request)


FAULT = Fault(
    id="protocol-too-old-silent",
    cause="protocol-too-old",
    title=N_("The client speaks Socket.IO 2 over WebSocket only, and a server of version 3.1 says nothing."),
    serve=lambda port: serve_engine(Version31(SocketIO), port),
    protocol=Protocol.SOCKETIO_V2,
    given={"transports": ["websocket"]},
)
