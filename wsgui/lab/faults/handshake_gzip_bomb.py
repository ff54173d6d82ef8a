"""The handshake is a gzip bomb: 65 kB that unpack to 64 MB, and no handshake is in them."""

from __future__ import annotations

import asyncio
import gzip

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import TEXT_TYPE, Engine
from wsgui.lab.raw.http import Request, Response
from wsgui.lab.raw.serving import serve_engine
from wsgui.lab.raw.socketio import SocketIO

SIZE = 64 * 1024 * 1024  # bytes


class Bomb(Engine):
    _packed = b""

    async def polling(self, request: Request) -> Response:
        if not self._packed:
            self._packed = await asyncio.to_thread(_pack)
        return Response(200, (TEXT_TYPE, ("Content-Encoding", "gzip")), self._packed)


def _pack() -> bytes:
    return gzip.compress(b'0{"sid":"' + b"x" * SIZE, compresslevel=9)


FAULT = Fault(
    id="handshake-gzip-bomb",
    cause="handshake-malformed",
    title=N_("The handshake is a gzip bomb."),
    serve=lambda port: serve_engine(Bomb(SocketIO), port),
)
