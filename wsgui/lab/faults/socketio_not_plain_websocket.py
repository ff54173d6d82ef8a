"""A plain WebSocket client asks a Socket.IO server at ``/``: nothing, then a FIN after one second."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.core.option_types import Protocol
from wsgui.lab.offer import Fault
from wsgui.lab.raw.serving import node, serve_engine

FAULT = Fault(
    id="socketio-not-plain-websocket",
    cause="socketio-not-plain-websocket",
    title=N_("The client speaks plain WebSocket, the server Socket.IO."),
    serve=lambda port: serve_engine(node(), port, scheme="ws"),
    protocol=Protocol.WEBSOCKET,
)
