"""nginx allows one request at a time (``limit_conn``): ``503`` to a POST, or a WebSocket, while a poll waits."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.front import Front
from wsgui.lab.raw.http import Request, Response, nginx_page
from wsgui.lab.raw.listener import Connection
from wsgui.lab.raw.serving import serve_behind


class Limiting(Front):
    _busy = False

    async def intercept(self, request: Request) -> Response | None:
        return nginx_page(503) if self._busy else None

    async def ask(self, request: Request) -> Response:
        self._busy = True
        try:
            return await super().ask(request)
        finally:
            self._busy = False

    async def upgrade(self, connection: Connection, request: Request) -> None:
        self._busy = True
        try:
            await super().upgrade(connection, request)
        finally:
            self._busy = False


FAULT = Fault(
    id="connection-limit",
    cause="connection-limit",
    title=N_("nginx allows one request at a time and answers 503 to the next."),
    serve=lambda port: serve_behind(Limiting, port),
)
