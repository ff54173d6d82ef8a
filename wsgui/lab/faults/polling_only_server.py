"""The server has ``transports: ["polling"]``: ``"upgrades":[]``, and an upgrade gets ``Transport unknown``."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Settings
from wsgui.lab.raw.serving import node, serve_engine

FAULT = Fault(
    id="polling-only-server",
    cause="polling-only-server",
    title=N_("The server allows polling only."),
    serve=lambda port: serve_engine(node(Settings(transports=("polling",))), port),
)
