"""A healthy Socket.IO server that plays the forward proxy too, on the same port, and says no there."""

from __future__ import annotations

from wsgui.lab.raw.engine import Engine
from wsgui.lab.raw.http import Request, Response
from wsgui.lab.raw.listener import Connection
from wsgui.lab.raw.socketio import SocketIO


class Proxied(Engine):
    """``no`` is the answer to what a proxy is asked: CONNECT, and requests with a whole URL."""

    def __init__(self, no: Response) -> None:
        super().__init__(SocketIO)
        self._no = no

    async def answer(self, request: Request) -> Response:
        return self._no if _is_for_proxy(request) else await super().answer(request)

    async def upgrade(self, connection: Connection, request: Request) -> None:
        if _is_for_proxy(request):
            await connection.send(self._no.encode())
        else:
            await super().upgrade(connection, request)


def _is_for_proxy(request: Request) -> bool:
    return request.method == "CONNECT" or "://" in request.path
