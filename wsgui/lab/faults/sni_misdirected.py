"""The TLS handshake succeeds, and then the front does not serve this host name: ``421 Misdirected Request``."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.authority import authority
from wsgui.lab.offer import Fault
from wsgui.lab.raw.front import Front
from wsgui.lab.raw.http import Request, Response, nginx_page
from wsgui.lab.raw.serving import serve_behind


class Misdirected(Front):
    async def intercept(self, request: Request) -> Response | None:
        return nginx_page(421)


FAULT = Fault(
    id="sni-misdirected",
    cause="sni-rejected",
    title=N_("The front answers 421: it does not serve this host name on this connection."),
    serve=lambda port: serve_behind(Misdirected, port, tls=authority().server().context()),
    trusted=True,
)
