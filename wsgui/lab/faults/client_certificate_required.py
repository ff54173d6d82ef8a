"""The server wants a certificate of the client.

With TLS 1.3 the handshake succeeds, and what is read first is the alert ``certificate_required`` (116).
"""

from __future__ import annotations

import ssl
from contextlib import AbstractAsyncContextManager

from wsgui.core.i18n import N_
from wsgui.lab.authority import authority
from wsgui.lab.offer import Fault
from wsgui.lab.raw.serving import node, serve_engine


def serve(port: int) -> AbstractAsyncContextManager[str]:
    context = authority().server().context()
    context.load_verify_locations(authority().file)
    context.verify_mode = ssl.CERT_REQUIRED
    return serve_engine(node(), port, tls=context)


FAULT = Fault(
    id="client-certificate-required",
    cause="client-certificate-required",
    title=N_("The server wants a client certificate."),
    serve=serve,
    trusted=True,
)
