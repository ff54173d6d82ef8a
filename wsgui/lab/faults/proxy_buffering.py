"""A proxy buffers: after the 101, what the server sends is held back and comes in blocks, every two seconds.

The answers of polling are whole, and nothing is gained by holding them back: they come at once.
"""

from __future__ import annotations

import asyncio

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.front import Front
from wsgui.lab.raw.listener import Connection
from wsgui.lab.raw.serving import serve_behind

PAUSE = 2.0  # seconds


class Buffering(Front):
    async def outward(self, behind: Connection, connection: Connection) -> None:
        while data := await behind.reader.read(1 << 16):
            await asyncio.sleep(PAUSE)
            await connection.send(data)


FAULT = Fault(
    id="proxy-buffering",
    cause="proxy-buffering",
    title=N_("A proxy holds back what the server sends, and lets it go in blocks."),
    serve=lambda port: serve_behind(Buffering, port),
    given={"transports": ["websocket"]},
)
