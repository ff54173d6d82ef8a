"""The certificate is signed with its own key: nobody vouches for it (OpenSSL's error 18)."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.authority import NAMES, issue
from wsgui.lab.offer import Fault
from wsgui.lab.raw.serving import node, serve_engine

FAULT = Fault(
    id="certificate-self-signed",
    cause="certificate-self-signed",
    title=N_("The certificate is self-signed."),
    serve=lambda port: serve_engine(node(), port, tls=issue(None, "localhost", NAMES).context()),
)
