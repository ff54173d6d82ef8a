"""Two upgrade handlers on one HTTP server: both answer the same handshake, and the second one in its own way."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from wsgui.lab.raw.engine import Engine, Settings
from wsgui.lab.raw.http import Request
from wsgui.lab.raw.listener import Connection
from wsgui.lab.raw.serving import serve_engine
from wsgui.lab.raw.socketio import SocketIO
from wsgui.lab.raw.websocket import WebSocket


class SecondAfter101(Engine):
    """The second handler's words come right behind the 101, and it ends the connection."""

    def __init__(self, words: bytes) -> None:
        super().__init__(SocketIO, Settings(cors=False))
        self._words = words

    async def upgrade(self, connection: Connection, request: Request) -> None:
        await connection.send(self.switch(request).encode() + self._words)


class SecondAfterOpen(Engine):
    """The second handler's words come behind the open packet, or the answer to the probe."""

    def __init__(self, words: bytes) -> None:
        super().__init__(SocketIO, Settings(cors=False))
        self._words = words

    async def spoke(self, websocket: WebSocket, request: Request) -> None:
        await websocket.connection.send(self._words)
        raise EOFError


class SecondInstead(Engine):
    """The second handler is faster: its words come in the place of the 101."""

    def __init__(self, words: bytes) -> None:
        super().__init__(SocketIO, Settings(cors=False))
        self._words = words

    async def upgrade(self, connection: Connection, request: Request) -> None:
        await connection.send(self._words)


def second(engine: Callable[[bytes], Engine], words: bytes) -> Callable[[int], AbstractAsyncContextManager[str]]:
    """The ``serve`` of a fault whose second handler says these words."""
    return lambda port: serve_engine(engine(words), port)
