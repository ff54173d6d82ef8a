"""Cloudflare wants to see a browser first: ``403``, ``cf-mitigated: challenge``, "Just a moment..."."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.front import Front
from wsgui.lab.raw.http import Request, Response, html
from wsgui.lab.raw.serving import serve_bare

PAGE = (
    '<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title></head>'
    "<body><noscript>Enable JavaScript and cookies to continue</noscript></body></html>"
)
HEADERS = (("cf-mitigated", "challenge"), ("Server", "cloudflare"), ("CF-RAY", "8f2b1c9d4e5f6071-FRA"))


class Challenge(Front):
    async def intercept(self, request: Request) -> Response | None:
        return html(403, PAGE, *HEADERS)


FAULT = Fault(
    id="http-auth-required-challenge",
    cause="http-auth-required",
    title=N_("Cloudflare answers with a challenge page."),
    serve=lambda port: serve_bare(Challenge(), port),
)
