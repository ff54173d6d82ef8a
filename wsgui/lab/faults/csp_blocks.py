"""The page's ``Content-Security-Policy`` has ``connect-src 'self'``, and the server is on another origin.

The page is at ``http://localhost:PORT/``, the Socket.IO server at ``http://127.0.0.1:PORT``: the same program.
"""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Engine
from wsgui.lab.raw.http import Request, Response, html
from wsgui.lab.raw.serving import serve_engine
from wsgui.lab.raw.socketio import SocketIO

POLICY = "default-src 'self'; connect-src 'self'"


class WithPage(Engine):
    def elsewhere(self, request: Request) -> Response:
        if request.path == "/":
            return html(200, "<!doctype html><title>My chat</title>", ("Content-Security-Policy", POLICY))
        return super().elsewhere(request)


FAULT = Fault(
    id="csp-blocks",
    cause="csp-blocks",
    title=N_("The page's Content-Security-Policy allows connections to its own origin only."),
    serve=lambda port: serve_engine(WithPage(SocketIO), port),
    origin="http://localhost:{port}",
)
