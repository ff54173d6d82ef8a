"""http to a port that speaks TLS, as Node serves it: the connection is closed without a byte."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.authority import authority
from wsgui.lab.offer import Fault
from wsgui.lab.raw.serving import node, serve_engine

FAULT = Fault(
    id="http-to-tls-port",
    cause="http-to-tls-port",
    title=N_("The URL says http, and the port speaks TLS."),
    serve=lambda port: serve_engine(node(), port, tls=authority().server().context(), scheme="http"),
    trusted=True,
)
