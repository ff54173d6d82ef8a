"""The server has ``transports: ["websocket"]``, and the client begins with polling: code 0. The upgrade works."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Settings
from wsgui.lab.raw.serving import node, serve_engine

FAULT = Fault(
    id="websocket-only-server",
    cause="websocket-only-server",
    title=N_("The server allows WebSocket only, and the client begins with polling."),
    serve=lambda port: serve_engine(node(Settings(transports=("websocket",))), port),
)
