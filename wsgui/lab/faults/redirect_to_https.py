"""http is redirected to https: ``301`` with a Location. The healthy server is there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from wsgui.core.i18n import N_
from wsgui.lab.authority import authority
from wsgui.lab.offer import Fault
from wsgui.lab.raw.front import Front
from wsgui.lab.raw.http import Request, Response, nginx_page
from wsgui.lab.raw.serving import node, serve_bare, serve_engine


@asynccontextmanager
async def serve(port: int) -> AsyncIterator[str]:
    async with serve_engine(node(), tls=authority().server().context()) as https:

        class Redirecting(Front):
            async def intercept(self, request: Request) -> Response | None:
                return nginx_page(301).adding(("Location", https + request.target))

        async with serve_bare(Redirecting(), port) as url:
            yield url


FAULT = Fault(
    id="redirect-to-https",
    cause="redirect",
    title=N_("Every request is redirected to https."),
    serve=serve,
    trusted=True,
)
