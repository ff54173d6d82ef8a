"""A proxy lets GET and POST pass and no OPTIONS: ``405`` to the preflight, which the client's header brings about."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.front import Front
from wsgui.lab.raw.http import Request, Response, nginx_page
from wsgui.lab.raw.serving import serve_behind


class NoOptions(Front):
    async def intercept(self, request: Request) -> Response | None:
        return nginx_page(405) if request.method == "OPTIONS" else None


FAULT = Fault(
    id="cors-preflight-forbidden",
    cause="cors-preflight-refused",
    title=N_("A proxy answers the preflight with 405."),
    serve=lambda port: serve_behind(NoOptions, port),
    given={"extraHeaders": {"X-Client-Version": "1.4"}},
    origin="http://localhost:5173",
)
