"""The forward proxy refuses: ``403`` with ``X-Squid-Error: ERR_ACCESS_DENIED 0``.

The proxy and the healthy server are one program: who asks directly is well.
"""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.http import html
from wsgui.lab.raw.proxied import Proxied
from wsgui.lab.raw.serving import serve_engine

DENIED = html(
    403, "<title>ERROR: Access Denied</title>", ("Server", "squid/5.7"), ("X-Squid-Error", "ERR_ACCESS_DENIED 0")
)

FAULT = Fault(
    id="proxy-refused",
    cause="proxy-refused",
    title=N_("The forward proxy refuses the connection."),
    serve=lambda port: serve_engine(Proxied(DENIED), port),
    given={"proxy": "http://127.0.0.1:{port}"},
)
