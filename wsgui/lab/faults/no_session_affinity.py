"""Two nodes, in turn, without affinity: the request behind the handshake gets code 1, ``Session ID unknown``."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.front import Alternating
from wsgui.lab.raw.serving import serve_balanced

FAULT = Fault(
    id="no-session-affinity",
    cause="no-session-affinity",
    title=N_("A load balancer gives the requests to two nodes in turn."),
    serve=lambda port: serve_balanced(lambda ports: Alternating(*ports), port),
)
