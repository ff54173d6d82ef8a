"""The 101 names an extension that the client did not offer: browsers and Node end the connection."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Engine
from wsgui.lab.raw.http import Request, Response
from wsgui.lab.raw.serving import serve_engine
from wsgui.lab.raw.socketio import SocketIO


class Extending(Engine):
    def switch(self, request: Request) -> Response:
        return super().switch(request).adding(("Sec-WebSocket-Extensions", "x-webkit-deflate-frame"))


FAULT = Fault(
    id="extension-mismatch",
    cause="extension-mismatch",
    title=N_("The 101 names an extension that the client did not offer."),
    serve=lambda port: serve_engine(Extending(SocketIO), port),
)
