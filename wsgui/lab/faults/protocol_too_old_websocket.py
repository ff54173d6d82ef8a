"""A client of Socket.IO 2 opens a WebSocket without polling first: 101, and *then* ``HTTP/1.1 400`` in the stream.

It looks like two upgrade handlers; the words ``Unsupported protocol version`` tell.
"""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.core.option_types import Protocol
from wsgui.lab.offer import Fault
from wsgui.lab.raw.serving import node, serve_engine

FAULT = Fault(
    id="protocol-too-old-websocket",
    cause="protocol-too-old",
    title=N_("The client speaks Socket.IO 2 over WebSocket only: the refusal comes inside of the WebSocket."),
    serve=lambda port: serve_engine(node(), port),
    protocol=Protocol.SOCKETIO_V2,
    given={"transports": ["websocket"]},
)
