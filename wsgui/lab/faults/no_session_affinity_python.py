"""Two nodes of python-socketio, in turn, without affinity: ``400``, ``"Invalid session …"``."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.front import Alternating
from wsgui.lab.raw.serving import serve_balanced

FAULT = Fault(
    id="no-session-affinity-python",
    cause="no-session-affinity",
    title=N_("A load balancer gives the requests to two nodes of python-socketio in turn."),
    serve=lambda port: serve_balanced(lambda ports: Alternating(*ports), port, python=True),
)
