"""A client of Socket.IO 2 meets a server without ``allowEIO3``: code 5, ``Unsupported protocol version``."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.core.option_types import Protocol
from wsgui.lab.offer import Fault
from wsgui.lab.raw.serving import node, serve_engine

FAULT = Fault(
    id="protocol-too-old",
    cause="protocol-too-old",
    title=N_("The client speaks Socket.IO 2, the server only later versions."),
    serve=lambda port: serve_engine(node(), port),
    protocol=Protocol.SOCKETIO_V2,
)
