"""The server allows ``*``, and the client has ``withCredentials``: a browser takes no wildcard then."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Engine
from wsgui.lab.raw.http import Request, Response
from wsgui.lab.raw.serving import serve_engine
from wsgui.lab.raw.socketio import SocketIO


class Anybody(Engine):
    def cors(self, request: Request, response: Response) -> Response:
        return response.adding(("Access-Control-Allow-Origin", "*"))


FAULT = Fault(
    id="cors-wildcard-credentials",
    cause="cors-wildcard-credentials",
    title=N_("The server allows every origin with *, and the page sends credentials."),
    serve=lambda port: serve_engine(Anybody(SocketIO), port),
    given={"withCredentials": True},
    origin="http://localhost:5173",
)
