"""The server has ``allowUpgrades: false``: ``"upgrades":[]``, although WebSocket works from the start."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Settings
from wsgui.lab.raw.serving import node, serve_engine

FAULT = Fault(
    id="upgrades-not-allowed",
    cause="polling-only-server",
    title=N_("The server offers no upgrade from polling to WebSocket."),
    serve=lambda port: serve_engine(node(Settings(allow_upgrades=False)), port),
)
