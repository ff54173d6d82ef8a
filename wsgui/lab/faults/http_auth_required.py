"""A user name and a password are wanted before anything else: ``401`` with ``WWW-Authenticate: Basic``."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.front import Front
from wsgui.lab.raw.http import Request, Response, nginx_page
from wsgui.lab.raw.serving import serve_behind

PASS = "Basic d3NndWk6c2VjcmV0"  # noqa: S105 - wsgui:secret, which the title tells


class Wall(Front):
    async def intercept(self, request: Request) -> Response | None:
        if request.get("Authorization") == PASS:
            return None
        return nginx_page(401).adding(("WWW-Authenticate", 'Basic realm="staging"'))


FAULT = Fault(
    id="http-auth-required",
    cause="http-auth-required",
    title=N_("A user name and a password are wanted (wsgui, secret)."),
    serve=lambda port: serve_behind(Wall, port),
)
