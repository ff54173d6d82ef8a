"""An upgrade gets no byte, for as long as the client waits: a proxy without ``ws: true``. Polling passes."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.front import Front
from wsgui.lab.raw.http import Request
from wsgui.lab.raw.listener import Connection
from wsgui.lab.raw.serving import serve_behind


class Deaf(Front):
    async def upgrade(self, connection: Connection, request: Request) -> None:
        await connection.until_left()


FAULT = Fault(
    id="upgrade-unanswered",
    cause="upgrade-unanswered",
    title=N_("The upgrade gets no answer at all; polling passes."),
    serve=lambda port: serve_behind(Deaf, port),
)
