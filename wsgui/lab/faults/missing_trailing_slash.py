"""The client leaves the slash at the end out, and the Node server wants it: ``Cannot GET /socket.io?EIO=4…``."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.serving import node, serve_engine

FAULT = Fault(
    id="missing-trailing-slash",
    cause="missing-trailing-slash",
    title=N_("The client leaves out the slash at the end of /socket.io/, and the server wants it."),
    serve=lambda port: serve_engine(node(), port),
    given={"addTrailingSlash": False},
)
