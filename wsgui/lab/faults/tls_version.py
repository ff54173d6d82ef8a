"""The server speaks TLS 1.1 at most, and clients want 1.2: the alert ``protocol_version`` (70)."""

from __future__ import annotations

import ssl
import warnings
from contextlib import AbstractAsyncContextManager

from wsgui.core.i18n import N_
from wsgui.lab.authority import authority
from wsgui.lab.offer import Fault
from wsgui.lab.raw.serving import node, serve_engine


def serve(port: int) -> AbstractAsyncContextManager[str]:
    context = authority().server().context()
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # what is deprecated is the fault
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    return serve_engine(node(), port, tls=context)


FAULT = Fault(
    id="tls-version",
    cause="tls-version",
    title=N_("The server speaks TLS 1.1 only."),
    serve=serve,
    trusted=True,
)
