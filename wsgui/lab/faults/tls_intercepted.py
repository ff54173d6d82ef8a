"""A gateway opens TLS and signs it anew, with a name that is known for it, and the client does not trust it."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from dataclasses import replace

from wsgui.core.i18n import N_
from wsgui.lab.authority import NAMES, issue
from wsgui.lab.offer import Fault
from wsgui.lab.raw.serving import node, serve_engine


def serve(port: int) -> AbstractAsyncContextManager[str]:
    root = issue(None, "Zscaler Root CA")
    between = issue(root, "Zscaler Intermediate Root CA (zscaler.net)")
    server = replace(issue(between, "127.0.0.1", NAMES), chain=(between.certificate,))
    return serve_engine(node(), port, tls=server.context())


FAULT = Fault(
    id="tls-intercepted",
    cause="tls-intercepted",
    title=N_("A security gateway on the way signs TLS anew."),
    serve=serve,
)
