"""The handshake begins and does not end: ``0{"sid":"xxxx…``, as long as somebody reads it. There is no length."""

from __future__ import annotations

import asyncio

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Engine
from wsgui.lab.raw.listener import Connection
from wsgui.lab.raw.serving import serve_engine
from wsgui.lab.raw.socketio import SocketIO

HEAD = b'HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=UTF-8\r\nConnection: close\r\n\r\n0{"sid":"'
PART = b"x" * (1 << 16)
PAUSE = 0.02  # seconds: three megabytes a second
LONGEST = 64 * 1024 * 1024  # bytes


class Endless(Engine):
    async def __call__(self, connection: Connection) -> None:
        request = await connection.request()
        if request is None:
            return
        if request.is_upgrade:
            await self.upgrade(connection, request)
            return
        await connection.send(HEAD)
        for _part in range(LONGEST // len(PART)):
            await connection.send(PART)
            await asyncio.sleep(PAUSE)


FAULT = Fault(
    id="handshake-endless",
    cause="handshake-malformed",
    title=N_("The handshake begins and does not end."),
    serve=lambda port: serve_engine(Endless(SocketIO), port),
)
