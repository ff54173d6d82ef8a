"""The application and the proxy both add ``Access-Control-Allow-Origin``: the header comes twice."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.front import Front
from wsgui.lab.raw.http import Request, Response
from wsgui.lab.raw.serving import serve_behind


class Adding(Front):
    def coming_back(self, request: Request, response: Response) -> Response:
        origin = request.get("Origin")
        return response.adding(("Access-Control-Allow-Origin", origin)) if origin else response


FAULT = Fault(
    id="cors-duplicate",
    cause="cors-duplicate",
    title=N_("The application and the proxy both send Access-Control-Allow-Origin."),
    serve=lambda port: serve_behind(Adding, port),
    origin="http://localhost:5173",
)
