"""TCP is accepted, and the ClientHello gets no answer: a firewall that looks into TLS, or a port of another kind."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.listener import Connection
from wsgui.lab.raw.serving import serve_bare

FAULT = Fault(
    id="tls-timeout",
    cause="tls-timeout",
    title=N_("TCP is accepted, and the TLS handshake gets no answer."),
    serve=lambda port: serve_bare(Connection.until_left, port, scheme="https"),
)
