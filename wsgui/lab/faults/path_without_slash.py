"""The option ``path`` has no leading slash: a browser makes no valid URL of that, Node does.

The server is healthy.
"""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.serving import node, serve_engine

FAULT = Fault(
    id="path-without-slash",
    cause="path-without-slash",
    title=N_("The option path is “socket.io”, without a slash in front. Browsers cannot make a URL of that."),
    serve=lambda port: serve_engine(node(), port),
    given={"path": "socket.io"},
    origin="http://localhost:5173",
)
