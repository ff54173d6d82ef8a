"""The forward proxy wants a user name and a password: ``407`` with ``Proxy-Authenticate``.

The proxy and the healthy server are one program: who asks directly is well.
"""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.http import html
from wsgui.lab.raw.proxied import Proxied
from wsgui.lab.raw.serving import serve_engine

WANTED = html(
    407, "<title>Who are you?</title>", ("Server", "squid/5.7"), ("Proxy-Authenticate", 'Basic realm="office"')
)

FAULT = Fault(
    id="proxy-auth-required",
    cause="proxy-auth-required",
    title=N_("The forward proxy wants a user name and a password."),
    serve=lambda port: serve_engine(Proxied(WANTED), port),
    given={"proxy": "http://127.0.0.1:{port}"},
)
