"""A middleware of the engine wants a session cookie and ends the answer itself (``io.engine.use``).

Polling gets ``401`` without ``WWW-Authenticate``; an upgrade gets a FIN at once, without a byte.
"""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import JSON_TYPE, Engine
from wsgui.lab.raw.http import Request, Response
from wsgui.lab.raw.listener import Connection
from wsgui.lab.raw.serving import serve_engine
from wsgui.lab.raw.socketio import SocketIO


class Guarded(Engine):
    async def polling(self, request: Request) -> Response:
        return Response(401, (JSON_TYPE,), b'{"error":"no session"}')

    async def upgrade(self, connection: Connection, request: Request) -> None:
        pass


FAULT = Fault(
    id="http-auth-required-middleware",
    cause="http-auth-required",
    title=N_("A middleware of the server wants a session cookie: 401 on polling, nothing on WebSocket."),
    serve=lambda port: serve_engine(Guarded(SocketIO), port),
)
