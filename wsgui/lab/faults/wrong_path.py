"""Socket.IO is at ``/api/socket.io/``, and the client asks at ``/socket.io/``: 404 of the application.

A WebSocket handshake is held for 1.00 s and ends with a FIN, without a byte.
"""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Settings
from wsgui.lab.raw.serving import node, serve_engine

FAULT = Fault(
    id="wrong-path",
    cause="wrong-path",
    title=N_("Socket.IO is at /api/socket.io/."),
    serve=lambda port: serve_engine(node(Settings(path="/api/socket.io/")), port),
)
