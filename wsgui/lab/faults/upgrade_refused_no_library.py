"""uvicorn without a WebSocket library: ``500 Internal Server Error`` to an upgrade; polling passes."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.front import Front
from wsgui.lab.raw.http import Request, Response
from wsgui.lab.raw.serving import serve_behind

HEADERS = (("server", "uvicorn"), ("content-type", "text/plain; charset=utf-8"), ("connection", "close"))


class Uvicorn(Front):
    async def intercept(self, request: Request) -> Response | None:
        return Response(500, HEADERS, b"Internal Server Error") if request.is_upgrade else None


FAULT = Fault(
    id="upgrade-refused-no-library",
    cause="upgrade-refused",
    title=N_("uvicorn has no WebSocket library and answers 500; polling passes."),
    serve=lambda port: serve_behind(Uvicorn, port),
)
