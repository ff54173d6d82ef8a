"""The certificate ended yesterday. All else is right: who trusts the lab's authority sees this and nothing more."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.authority import DAY, authority
from wsgui.lab.offer import Fault
from wsgui.lab.raw.serving import node, serve_engine

FAULT = Fault(
    id="certificate-expired",
    cause="certificate-expired",
    title=N_("The certificate expired yesterday."),
    serve=lambda port: serve_engine(node(), port, tls=authority().server(begin=-30 * DAY, end=-1 * DAY).context()),
    trusted=True,
)
