"""A cache keeps the first handshake and gives it to everybody: the same ``sid`` twice. It ignores the query."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.front import Front
from wsgui.lab.raw.http import Request, Response
from wsgui.lab.raw.serving import serve_behind


class Cache(Front):
    _kept: Response | None = None

    async def intercept(self, request: Request) -> Response | None:
        if self._kept is None or not self._is_handshake(request):
            return None
        return self._kept.adding(("Age", "12"), ("X-Cache", "HIT"))

    def _is_handshake(self, request: Request) -> bool:
        return request.method == "GET" and request.query.get("transport") == "polling" and "sid" not in request.query

    def coming_back(self, request: Request, response: Response) -> Response:
        if self._is_handshake(request) and response.status == 200:
            self._kept = response.without("Cache-Control")
        return response


FAULT = Fault(
    id="handshake-cached",
    cause="handshake-cached",
    title=N_("A cache gives the same handshake to every client."),
    serve=lambda port: serve_behind(Cache, port),
)
