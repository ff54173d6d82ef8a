"""TCP is accepted, and HTTP gets no answer: a process that hangs."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.listener import Connection
from wsgui.lab.raw.serving import serve_bare

FAULT = Fault(
    id="http-timeout",
    cause="http-timeout",
    title=N_("TCP is accepted, and the request gets no answer."),
    serve=lambda port: serve_bare(Connection.until_left, port, scheme="http"),
)
