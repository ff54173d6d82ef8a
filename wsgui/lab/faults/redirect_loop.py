"""Everything is redirected to itself, for ever: ``302`` with the same Location."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.front import Front
from wsgui.lab.raw.http import Request, Response, nginx_page
from wsgui.lab.raw.serving import serve_bare


class Redirecting(Front):
    async def intercept(self, request: Request) -> Response | None:
        return nginx_page(302).adding(("Location", f"http://{request.get('Host')}{request.target}"))


FAULT = Fault(
    id="redirect-loop",
    cause="redirect",
    title=N_("Every request is redirected to itself, without end."),
    serve=lambda port: serve_bare(Redirecting(), port),
)
