"""The client has ``withCredentials``, and the answer has no ``Access-Control-Allow-Credentials``."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Engine
from wsgui.lab.raw.http import Request, Response
from wsgui.lab.raw.serving import serve_engine
from wsgui.lab.raw.socketio import SocketIO


class WithoutCredentials(Engine):
    def cors(self, request: Request, response: Response) -> Response:
        return super().cors(request, response).without("Access-Control-Allow-Credentials")


FAULT = Fault(
    id="cors-no-credentials",
    cause="cors-no-credentials",
    title=N_("The server does not allow credentials, and the page sends them."),
    serve=lambda port: serve_engine(WithoutCredentials(SocketIO), port),
    given={"withCredentials": True},
    origin="http://localhost:5173",
)
