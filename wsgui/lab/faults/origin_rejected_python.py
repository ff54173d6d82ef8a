"""python-socketio refuses an origin that it was not told of: ``400``, ``"… is not an accepted origin."``."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.server import serve

FAULT = Fault(
    id="origin-rejected-python",
    cause="origin-rejected",
    title=N_("python-socketio refuses the page's origin."),
    serve=serve,
    origin="http://localhost:5173",
)
