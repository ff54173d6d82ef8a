"""A Socket.IO server that does everything right until a WebSocket has said its first word, and then sends poison."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from wsgui.lab.raw.engine import Engine
from wsgui.lab.raw.http import Headers, Request, Response
from wsgui.lab.raw.serving import serve_engine
from wsgui.lab.raw.socketio import SocketIO
from wsgui.lab.raw.websocket import WebSocket


class Poisoned(Engine):
    """The poison follows the open packet, or the answer to the probe.

    With an ``extension``, the 101 agrees on it; who does not offer it is served well.
    """

    def __init__(self, poison: bytes, extension: str = "") -> None:
        super().__init__(SocketIO)
        self._poison = poison
        self._extension = extension

    def switch(self, request: Request) -> Response:
        agreed: Headers = (("Sec-WebSocket-Extensions", self._extension),) if self._extension else ()
        return super().switch(request).adding(*(agreed if self._offered(request) else ()))

    def _offered(self, request: Request) -> bool:
        return self._extension in request.get("Sec-WebSocket-Extensions")

    async def spoke(self, websocket: WebSocket, request: Request) -> None:
        if not self._offered(request):
            return
        await websocket.connection.send(self._poison)
        await websocket.connection.until_left()
        raise EOFError


def poisoned(*poison: bytes, extension: str = "") -> Callable[[int], AbstractAsyncContextManager[str]]:
    """The ``serve`` of a fault that consists in these bytes."""
    return lambda port: serve_engine(Poisoned(b"".join(poison), extension), port)
