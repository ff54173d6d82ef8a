"""A proxy ends what is idle for five seconds, and the heartbeat comes every 25 s: FIN, or ``504`` to a poll."""

from __future__ import annotations

import asyncio

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.front import Front
from wsgui.lab.raw.http import Request, Response, nginx_page
from wsgui.lab.raw.listener import Connection
from wsgui.lab.raw.serving import serve_behind

PATIENCE = 5.0  # seconds; nginx's default for proxy_read_timeout is 60


class Impatient(Front):
    async def ask(self, request: Request) -> Response:
        try:
            async with asyncio.timeout(PATIENCE):
                return await super().ask(request)
        except TimeoutError:
            return nginx_page(504)

    async def outward(self, behind: Connection, connection: Connection) -> None:
        while data := await asyncio.wait_for(behind.reader.read(1 << 16), PATIENCE):
            await connection.send(data)


FAULT = Fault(
    id="idle-timeout",
    cause="idle-timeout",
    title=N_("A proxy ends connections that are idle for five seconds."),
    serve=lambda port: serve_behind(Impatient, port),
    slow=True,
)
