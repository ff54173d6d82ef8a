"""The heartbeat comes once a minute (``pingInterval: 60000``): most proxies have ended an idle connection by then."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Settings
from wsgui.lab.raw.serving import node, serve_engine

FAULT = Fault(
    id="heartbeat-too-long",
    cause="heartbeat-too-long",
    title=N_("The server's heartbeat is slower than proxies are patient."),
    serve=lambda port: serve_engine(node(Settings(ping_interval=60, ping_timeout=30)), port),
)
