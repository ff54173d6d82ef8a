"""The 101 agrees on ``permessage-deflate`` with a parameter that cannot be: ``server_max_window_bits=99``.

Who does not offer compression sees nothing of it.
"""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Engine
from wsgui.lab.raw.http import Request, Response
from wsgui.lab.raw.serving import serve_engine
from wsgui.lab.raw.socketio import SocketIO


class Extending(Engine):
    def switch(self, request: Request) -> Response:
        answer = super().switch(request)
        if "permessage-deflate" not in request.get("Sec-WebSocket-Extensions"):
            return answer
        return answer.adding(("Sec-WebSocket-Extensions", "permessage-deflate; server_max_window_bits=99"))


FAULT = Fault(
    id="extension-parameter",
    cause="extension-mismatch",
    title=N_("The 101 agrees on compression with an impossible parameter."),
    serve=lambda port: serve_engine(Extending(SocketIO), port),
)
