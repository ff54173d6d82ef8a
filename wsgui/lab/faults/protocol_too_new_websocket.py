"""A client of Socket.IO 4 opens a WebSocket on a server of version 2: ``0{…}`` without ``maxPayload``, then ``40``."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Settings
from wsgui.lab.raw.serving import node, serve_engine

FAULT = Fault(
    id="protocol-too-new-websocket",
    cause="protocol-too-new",
    title=N_("The server speaks Socket.IO 2, the client a later version over WebSocket only."),
    serve=lambda port: serve_engine(node(Settings(protocols=frozenset({3}))), port),
    given={"transports": ["websocket"]},
)
