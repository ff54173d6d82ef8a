"""The server does not send the certificate between its own and the authority's, which the client trusts (error 20)."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager

from wsgui.core.i18n import N_
from wsgui.lab.authority import NAMES, authority, issue
from wsgui.lab.offer import Fault
from wsgui.lab.raw.serving import node, serve_engine


def serve(port: int) -> AbstractAsyncContextManager[str]:
    between = authority().between("wsgui lab intermediate")
    return serve_engine(node(), port, tls=issue(between, "wsgui lab", NAMES).context())


FAULT = Fault(
    id="certificate-missing-intermediate",
    cause="certificate-unknown-issuer",
    title=N_("The server does not send the intermediate certificate."),
    serve=serve,
    trusted=True,
)
