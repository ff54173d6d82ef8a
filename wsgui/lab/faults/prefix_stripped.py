"""A proxy strips ``/socket.io`` from the path (``proxy_pass http://up/;``).

The application answers ``404``, ``Cannot GET /?EIO=4…``, and so names the path that it saw.
A WebSocket handshake is answered ``502`` after 1.0 s.
"""

from __future__ import annotations

from dataclasses import replace

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.front import Front
from wsgui.lab.raw.http import Request
from wsgui.lab.raw.serving import serve_behind


class Stripping(Front):
    def going_in(self, request: Request) -> Request:
        return replace(request, target="/" + request.target.removeprefix("/socket.io/").lstrip("/"))


FAULT = Fault(
    id="prefix-stripped",
    cause="no-socketio",
    title=N_("A proxy strips the path: the application never sees /socket.io/."),
    serve=lambda port: serve_behind(Stripping, port),
)
