"""The certificate has its name as the common name only, not as a subject alternative name: no client looks there."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.authority import authority
from wsgui.lab.offer import Fault
from wsgui.lab.raw.serving import node, serve_engine

FAULT = Fault(
    id="certificate-common-name",
    cause="certificate-wrong-host",
    title=N_("The certificate names the host where clients no longer look: in the common name."),
    serve=lambda port: serve_engine(
        node(), port, tls=authority().server([], common_name="localhost").context(), name="localhost"
    ),
    trusted=True,
)
