"""The 101 has no ``Upgrade``: a proxy took it for a header of one hop, which it is, and did not put its own."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Engine
from wsgui.lab.raw.http import Request, Response
from wsgui.lab.raw.serving import serve_engine
from wsgui.lab.raw.socketio import SocketIO


class Forgetting(Engine):
    def switch(self, request: Request) -> Response:
        return super().switch(request).without("Upgrade")


FAULT = Fault(
    id="handshake-101-no-upgrade",
    cause="handshake-101-invalid",
    title=N_("The 101 has no Upgrade header."),
    serve=lambda port: serve_engine(Forgetting(SocketIO), port),
)
