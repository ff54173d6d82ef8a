"""The certificate is for ``chat.example.com``, and the client asks ``127.0.0.1``."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.authority import authority
from wsgui.lab.offer import Fault
from wsgui.lab.raw.serving import node, serve_engine

FAULT = Fault(
    id="certificate-wrong-host",
    cause="certificate-wrong-host",
    title=N_("The certificate is for another name."),
    serve=lambda port: serve_engine(node(), port, tls=authority().server(["chat.example.com"]).context()),
    trusted=True,
)
