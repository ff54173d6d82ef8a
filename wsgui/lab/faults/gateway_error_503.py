"""The server behind HAProxy is not there: ``503``, "No server is available to handle this request."."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.front import Front
from wsgui.lab.raw.http import Request, Response
from wsgui.lab.raw.serving import serve_bare

PAGE = b"<html><body><h1>503 Service Unavailable</h1>\nNo server is available to handle this request.\n</body></html>\n"


class HAProxy(Front):
    async def intercept(self, request: Request) -> Response | None:
        return Response(503, (("cache-control", "no-cache"), ("content-type", "text/html")), PAGE)


FAULT = Fault(
    id="gateway-error-503",
    cause="gateway-error",
    title=N_("HAProxy answers 503: no server is available."),
    serve=lambda port: serve_bare(HAProxy(), port),
)
