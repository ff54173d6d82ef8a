"""nginx wants a certificate of the client, and says so in HTTP: ``400``, "No required SSL certificate was sent"."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.authority import authority
from wsgui.lab.offer import Fault
from wsgui.lab.raw.front import Front
from wsgui.lab.raw.http import Request, Response, nginx_page
from wsgui.lab.raw.serving import serve_behind


class Nginx(Front):
    async def intercept(self, request: Request) -> Response | None:
        return nginx_page(400, "No required SSL certificate was sent")


FAULT = Fault(
    id="client-certificate-required-nginx",
    cause="client-certificate-required",
    title=N_("nginx wants a client certificate and answers 400."),
    serve=lambda port: serve_behind(Nginx, port, tls=authority().server().context()),
    trusted=True,
)
