"""The forward proxy is not there: its port refuses connections. The server is healthy."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.serving import node, serve_engine

FAULT = Fault(
    id="proxy-unreachable",
    cause="proxy-unreachable",
    title=N_("The forward proxy is not there."),
    serve=lambda port: serve_engine(node(), port),
    # Port 1 needs privilege, and has had no user for decades.
    given={"proxy": "http://127.0.0.1:1"},
)
