"""The server behind nginx is not there: ``502 Bad Gateway``."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.front import Front
from wsgui.lab.raw.http import Request, Response, nginx_page
from wsgui.lab.raw.serving import serve_bare


class Nginx(Front):
    async def intercept(self, request: Request) -> Response | None:
        return nginx_page(502)


FAULT = Fault(
    id="gateway-error",
    cause="gateway-error",
    title=N_("nginx answers 502: the server behind it is not there."),
    serve=lambda port: serve_bare(Nginx(), port),
)
