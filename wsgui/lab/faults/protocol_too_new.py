"""A client of Socket.IO 4 meets a server of version 2: ``97:0{"sid":…}2:40``, with lengths before the packets."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Settings
from wsgui.lab.raw.serving import node, serve_engine

FAULT = Fault(
    id="protocol-too-new",
    cause="protocol-too-new",
    title=N_("The server speaks Socket.IO 2, the client a later version."),
    serve=lambda port: serve_engine(node(Settings(protocols=frozenset({3}))), port),
)
