"""The 101 has the wrong ``Sec-WebSocket-Accept``: a cache that repeats an old one, or a server made by hand."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Engine
from wsgui.lab.raw.http import Request, Response
from wsgui.lab.raw.serving import serve_engine
from wsgui.lab.raw.socketio import SocketIO

OF_SOMEBODY_ELSE = "kPuXEJVhJNSpYUEgVpBCDzO1bDQ="


class Repeating(Engine):
    def switch(self, request: Request) -> Response:
        answer = super().switch(request).without("Sec-WebSocket-Accept")
        return answer.adding(("Sec-WebSocket-Accept", OF_SOMEBODY_ELSE))


FAULT = Fault(
    id="handshake-101-invalid",
    cause="handshake-101-invalid",
    title=N_("The 101 has the wrong Sec-WebSocket-Accept."),
    serve=lambda port: serve_engine(Repeating(SocketIO), port),
)
