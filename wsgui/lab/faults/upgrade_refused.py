"""A firewall for web applications refuses upgrades, and nothing else: ``403`` with a page."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.front import Front
from wsgui.lab.raw.http import Request, Response, html
from wsgui.lab.raw.serving import serve_behind

PAGE = "<html><head><title>Request Rejected</title></head><body>The requested URL was rejected.</body></html>"


class Firewall(Front):
    async def intercept(self, request: Request) -> Response | None:
        return html(403, PAGE, ("Connection", "close")) if request.is_upgrade else None


FAULT = Fault(
    id="upgrade-refused",
    cause="upgrade-refused",
    title=N_("A firewall refuses the WebSocket with 403; polling passes."),
    serve=lambda port: serve_behind(Firewall, port),
)
