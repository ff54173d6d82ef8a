"""The server behind nginx does not answer in time: ``504 Gateway Time-out``, after two seconds here."""

from __future__ import annotations

import asyncio

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.front import Front
from wsgui.lab.raw.http import Request, Response, nginx_page
from wsgui.lab.raw.serving import serve_bare

PATIENCE = 2.0  # seconds; nginx's own default is 60


class Nginx(Front):
    async def intercept(self, request: Request) -> Response | None:
        await asyncio.sleep(PATIENCE)
        return nginx_page(504)


FAULT = Fault(
    id="gateway-error-504",
    cause="gateway-error",
    title=N_("nginx answers 504: the server behind it does not answer."),
    serve=lambda port: serve_bare(Nginx(), port),
)
