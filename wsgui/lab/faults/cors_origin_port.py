"""The server allows the page's host on another port: ``Access-Control-Allow-Origin: http://localhost:3000``."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Engine
from wsgui.lab.raw.http import Request, Response
from wsgui.lab.raw.serving import serve_engine
from wsgui.lab.raw.socketio import SocketIO


class OtherPort(Engine):
    def cors(self, request: Request, response: Response) -> Response:
        return response.adding(
            ("Access-Control-Allow-Origin", "http://localhost:3000"), ("Access-Control-Allow-Credentials", "true")
        )


FAULT = Fault(
    id="cors-origin-port",
    cause="cors-origin-mismatch",
    title=N_("The server allows the page's host on another port."),
    serve=lambda port: serve_engine(OtherPort(SocketIO), port),
    origin="http://localhost:5173",
)
