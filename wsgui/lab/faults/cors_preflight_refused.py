"""The client sends a header that the server does not allow: ``Access-Control-Allow-Headers: x-ok`` in the preflight."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Engine
from wsgui.lab.raw.http import Request, Response
from wsgui.lab.raw.serving import serve_engine
from wsgui.lab.raw.socketio import SocketIO


class Choosy(Engine):
    def preflight(self, request: Request) -> Response:
        answer = super().preflight(request).without("Access-Control-Allow-Headers")
        return answer.adding(("Access-Control-Allow-Headers", "x-ok"))


FAULT = Fault(
    id="cors-preflight-refused",
    cause="cors-preflight-refused",
    title=N_("The server does not allow a header that the page sends."),
    serve=lambda port: serve_engine(Choosy(SocketIO), port),
    given={"extraHeaders": {"X-Client-Version": "1.4"}},
    origin="http://localhost:5173",
)
