"""The handshake is ten megabytes of JSON."""

from __future__ import annotations

import json

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Engine
from wsgui.lab.raw.engine_session import EngineSession
from wsgui.lab.raw.serving import serve_engine
from wsgui.lab.raw.socketio import SocketIO

SIZE = 10_000_000  # bytes


class Huge(Engine):
    def open_packet(self, session: EngineSession) -> str:
        return "0" + json.dumps({"padding": "x" * SIZE, **json.loads(super().open_packet(session)[1:])})


FAULT = Fault(
    id="handshake-huge",
    cause="handshake-malformed",
    title=N_("The handshake is ten megabytes long."),
    serve=lambda port: serve_engine(Huge(SocketIO), port),
)
