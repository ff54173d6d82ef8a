"""The server has no ``cors`` option: the handshake is good, but there is no ``Access-Control-Allow-Origin``."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Settings
from wsgui.lab.raw.serving import node, serve_engine

FAULT = Fault(
    id="cors-missing",
    cause="cors-missing",
    title=N_("The server has no cors option, and the page is on another origin."),
    serve=lambda port: serve_engine(node(Settings(cors=False)), port),
    origin="http://localhost:5173",
)
