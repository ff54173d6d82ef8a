"""The server has one cipher, which is none of those that clients offer: the alert ``handshake_failure`` (40)."""

from __future__ import annotations

import ssl
from contextlib import AbstractAsyncContextManager

from wsgui.core.i18n import N_
from wsgui.lab.authority import authority
from wsgui.lab.offer import Fault
from wsgui.lab.raw.serving import node, serve_engine


def serve(port: int) -> AbstractAsyncContextManager[str]:
    context = authority().server().context()
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("ECDHE-ECDSA-CAMELLIA128-SHA256:@SECLEVEL=0")
    return serve_engine(node(), port, tls=context)


FAULT = Fault(
    id="tls-cipher",
    cause="tls-cipher",
    title=N_("The server has no cipher that the client would use."),
    serve=serve,
    trusted=True,
)
