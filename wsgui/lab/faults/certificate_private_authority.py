"""The certificate is of an authority that the client does not know, as in a company or with mkcert (error 20)."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.authority import authority
from wsgui.lab.offer import Fault
from wsgui.lab.raw.serving import node, serve_engine

FAULT = Fault(
    id="certificate-private-authority",
    cause="certificate-unknown-issuer",
    title=N_("The certificate is of a private authority that the client does not trust."),
    serve=lambda port: serve_engine(node(), port, tls=authority().server().context()),
)
