"""The server takes 1000 bytes (``maxHttpBufferSize``), and the client's ``auth`` alone is longer.

A WebSocket is closed with 1009 (``88 02 03 f1``), a POST gets ``413`` with an empty body. The handshake has the limit.
"""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Settings
from wsgui.lab.raw.serving import node, serve_engine

FAULT = Fault(
    id="payload-too-large",
    cause="payload-too-large",
    title=N_("The server takes 1000 bytes, and the client's auth is longer."),
    serve=lambda port: serve_engine(node(Settings(max_payload=1000)), port),
    given={"auth": {"token": "x" * 2000}},
)
