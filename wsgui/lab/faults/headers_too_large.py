"""A token in the query makes the first line too long for nginx: ``414 Request-URI Too Large``."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.front import Front
from wsgui.lab.raw.http import Request, Response, nginx_page
from wsgui.lab.raw.serving import serve_behind

LONGEST = 8 * 1024  # bytes; nginx's default for large_client_header_buffers


class Nginx(Front):
    async def intercept(self, request: Request) -> Response | None:
        return nginx_page(414) if len(request.target) > LONGEST else None


FAULT = Fault(
    id="headers-too-large",
    cause="headers-too-large",
    title=N_("The token in the query is too long for nginx."),
    serve=lambda port: serve_behind(Nginx, port),
    given={"query": {"token": "x" * 9000}},
)
