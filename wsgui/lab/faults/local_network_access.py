"""A page on the internet uses a server on this machine: Chrome asks the user first, and without TLS it fails silently.

The server is healthy; only the origin says it.
"""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.serving import node, serve_engine

FAULT = Fault(
    id="local-network-access",
    cause="local-network-access",
    title=N_("A page on a public origin uses a server on this machine: Chrome asks for permission first."),
    serve=lambda port: serve_engine(node(), port),
    origin="https://app.example.com",
)
