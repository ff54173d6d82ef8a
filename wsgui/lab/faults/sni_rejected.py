"""The server serves another name than the one that the client asks for: the alert ``unrecognized_name`` (112)."""

from __future__ import annotations

import ssl
from contextlib import AbstractAsyncContextManager

from wsgui.core.i18n import N_
from wsgui.lab.authority import authority
from wsgui.lab.offer import Fault
from wsgui.lab.raw.serving import node, serve_engine

SERVED = "chat.example.com"


def refuse(connection: ssl.SSLObject | ssl.SSLSocket, name: str | None, context: ssl.SSLContext) -> int | None:  # noqa: ARG001
    return None if name == SERVED else ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME


def serve(port: int) -> AbstractAsyncContextManager[str]:
    context = authority().server([SERVED, "localhost"]).context()
    context.sni_callback = refuse
    return serve_engine(node(), port, tls=context, name="localhost")


FAULT = Fault(
    id="sni-rejected",
    cause="sni-rejected",
    title=N_("The TLS server does not serve this host name."),
    serve=serve,
    trusted=True,
)
