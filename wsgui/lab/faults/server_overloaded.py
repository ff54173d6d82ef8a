"""The event loop of the server is blocked most of the time: TCP is accepted at once, every answer takes two seconds."""

from __future__ import annotations

import asyncio

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.front import Front
from wsgui.lab.raw.http import Request, Response
from wsgui.lab.raw.serving import serve_behind

BLOCKED = 2.0  # seconds


class Overloaded(Front):
    async def intercept(self, request: Request) -> Response | None:
        await asyncio.sleep(BLOCKED)
        return None


FAULT = Fault(
    id="server-overloaded",
    cause="server-overloaded",
    title=N_("Every answer takes two seconds."),
    serve=lambda port: serve_behind(Overloaded, port),
)
