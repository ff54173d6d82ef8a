"""The answer comes with one byte a second: there is always news, and never an answer."""

from __future__ import annotations

import asyncio

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.listener import Connection
from wsgui.lab.raw.serving import serve_bare

PAUSE = 1.0  # seconds
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=UTF-8\r\nContent-Length: 118\r\n\r\n"


async def trickle(connection: Connection) -> None:
    if await connection.request() is None:
        return
    for byte in ANSWER:
        await connection.send(bytes([byte]))
        await asyncio.sleep(PAUSE)


FAULT = Fault(
    id="http-timeout-trickle",
    cause="http-timeout",
    title=N_("The answer comes with one byte a second."),
    serve=lambda port: serve_bare(trickle, port),
)
