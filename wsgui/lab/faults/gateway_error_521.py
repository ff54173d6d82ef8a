"""The server behind Cloudflare is down: ``521``, a status of Cloudflare's own, with ``cf-ray``."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.front import Front
from wsgui.lab.raw.http import Request, Response
from wsgui.lab.raw.serving import serve_bare

HEADERS = (("Server", "cloudflare"), ("CF-RAY", "8f2b1c9d4e5f6071-FRA"), ("Content-Type", "text/plain; charset=UTF-8"))


class Cloudflare(Front):
    async def intercept(self, request: Request) -> Response | None:
        return Response(521, HEADERS, b"error code: 521")


FAULT = Fault(
    id="gateway-error-521",
    cause="gateway-error",
    title=N_("Cloudflare answers 521: the server behind it is down."),
    serve=lambda port: serve_bare(Cloudflare(), port),
)
