"""The server's ``cors`` function fails for other origins: code 3 on polling and on the upgrade, without CORS headers.

The server's own origin, and a client without one, are welcome.
"""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Engine, Refusal, refusal
from wsgui.lab.raw.http import Request, Response
from wsgui.lab.raw.serving import serve_engine
from wsgui.lab.raw.socketio import SocketIO


class Rejecting(Engine):
    def verify(self, request: Request) -> Refusal | None:
        return refusal(3) if is_foreign(request) else super().verify(request)

    def preflight(self, request: Request) -> Response:
        return Response(400) if is_foreign(request) else super().preflight(request)

    def cors(self, request: Request, response: Response) -> Response:
        return response if is_foreign(request) else super().cors(request, response)


def is_foreign(request: Request) -> bool:
    return request.get("Origin") not in ("", f"http://{request.get('Host')}")


FAULT = Fault(
    id="origin-rejected",
    cause="origin-rejected",
    title=N_("The server refuses the page's origin, on polling and on WebSocket."),
    serve=lambda port: serve_engine(Rejecting(SocketIO), port),
    origin="http://localhost:5173",
)
