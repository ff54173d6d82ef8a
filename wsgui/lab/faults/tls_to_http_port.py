"""https to a port that speaks plain HTTP: what comes back to the ClientHello is no TLS (``WRONG_VERSION_NUMBER``)."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.serving import node, serve_engine

FAULT = Fault(
    id="tls-to-http-port",
    cause="tls-to-http-port",
    title=N_("The URL says https, and the port speaks plain HTTP."),
    serve=lambda port: serve_engine(node(), port, scheme="https"),
)
