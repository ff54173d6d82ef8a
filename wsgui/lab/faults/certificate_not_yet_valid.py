"""The certificate begins tomorrow; or so it looks to a client whose clock is wrong."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.authority import DAY, authority
from wsgui.lab.offer import Fault
from wsgui.lab.raw.serving import node, serve_engine

FAULT = Fault(
    id="certificate-not-yet-valid",
    cause="certificate-not-yet-valid",
    title=N_("The certificate is not valid before tomorrow."),
    serve=lambda port: serve_engine(node(), port, tls=authority().server(begin=DAY).context()),
    trusted=True,
)
