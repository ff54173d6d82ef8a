"""A page that came over https uses a server over http.

Browsers let pass what is plainly on the same machine (``127.0.0.1``, ``localhost``). ``0.0.0.0``, which frameworks
print when they start and people copy, is not, although it leads here; on Windows it leads nowhere.
"""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.serving import node, serve_engine

FAULT = Fault(
    id="mixed-content",
    cause="mixed-content",
    title=N_("A page that came over https uses a server over http, at 0.0.0.0."),
    serve=lambda port: serve_engine(node(), port, name="0.0.0.0"),  # noqa: S104 - to connect to, not to listen on
    origin="https://localhost:5173",
)
