"""The certificate has the address as its common name, and no subject alternative name: nobody looks there for it.

For an address, that is. Node and Python still take a host *name* from the common name, and browsers do not.
"""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.authority import authority
from wsgui.lab.offer import Fault
from wsgui.lab.raw.serving import node, serve_engine
from wsgui.lab.server import HOST

FAULT = Fault(
    id="certificate-common-name",
    cause="certificate-wrong-host",
    title=N_("The certificate names the host where clients do not look: in the common name."),
    serve=lambda port: serve_engine(node(), port, tls=authority().server([], common_name=HOST).context()),
    trusted=True,
)
