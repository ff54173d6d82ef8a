"""Two nodes with affinity by a cookie, and the client sends none (``withCredentials`` is off): code 1."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.front import Sticky
from wsgui.lab.raw.serving import serve_balanced

FAULT = Fault(
    id="affinity-needs-cookies",
    cause="affinity-needs-cookies",
    title=N_("A load balancer knows its clients by a cookie, and the client sends none."),
    serve=lambda port: serve_balanced(lambda ports: Sticky(*ports), port),
)
