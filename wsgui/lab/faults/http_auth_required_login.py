"""Who is not logged in is sent to the login page: ``302 Location: /login``."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.front import Front
from wsgui.lab.raw.http import Request, Response, html
from wsgui.lab.raw.serving import serve_bare

PAGE = '<!doctype html><title>Sign in</title><form method="post"><input name="user"><input type="password"></form>'


class Wall(Front):
    async def intercept(self, request: Request) -> Response | None:
        if request.path == "/login":
            return html(200, PAGE)
        return html(302, "", ("Location", "/login?next=%2Fsocket.io%2F"))


FAULT = Fault(
    id="http-auth-required-login",
    cause="http-auth-required",
    title=N_("Every request is sent to a login page."),
    serve=lambda port: serve_bare(Wall(), port),
)
