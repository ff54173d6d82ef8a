"""Everything is redirected to another host name, here from ``127.0.0.1`` to ``localhost``: ``301`` with a Location.

The healthy server is there. Browsers and Node do not follow a redirect for a WebSocket.
"""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.front import Front
from wsgui.lab.raw.http import Request, Response, nginx_page
from wsgui.lab.raw.serving import serve_behind


class Redirecting(Front):
    async def intercept(self, request: Request) -> Response | None:
        return nginx_page(301).adding(("Location", f"http://localhost:{self.ports[0]}{request.target}"))


FAULT = Fault(
    id="redirect",
    cause="redirect",
    title=N_("Every request is redirected to another host name."),
    serve=lambda port: serve_behind(Redirecting, port),
)
