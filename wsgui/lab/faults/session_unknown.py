"""The client asks with the id of a session that is long gone: code 1, ``Session ID unknown``, at the first request.

The id stands in its ``query``, where it was put to "keep" the session.
"""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.serving import node, serve_engine

FAULT = Fault(
    id="session-unknown",
    cause="session-unknown",
    title=N_("The client asks for a session that is long gone."),
    serve=lambda port: serve_engine(node(), port),
    given={"query": {"sid": "lv_VI97HAXpY6yYWAAAC"}},
)
