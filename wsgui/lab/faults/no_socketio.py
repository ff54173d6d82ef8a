"""An Express application without Socket.IO: ``404``, ``Cannot GET /socket.io/``, also to a WebSocket handshake.

So it is when Socket.IO was attached to another HTTP server than the one that listens (``app.listen()``).
"""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import express_404
from wsgui.lab.raw.front import Front
from wsgui.lab.raw.http import Request, Response, html
from wsgui.lab.raw.serving import serve_bare


class Express(Front):
    async def intercept(self, request: Request) -> Response | None:
        if request.path == "/":
            return html(200, "<h1>Hello</h1>", ("X-Powered-By", "Express"))
        return express_404(request)


FAULT = Fault(
    id="no-socketio",
    cause="no-socketio",
    title=N_("The HTTP server is there, but Socket.IO is not attached to it."),
    serve=lambda port: serve_bare(Express(), port),
)
