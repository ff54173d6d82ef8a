"""The handshake is cut off in the middle of its JSON: ``0{"sid":"abc","upgr``. It looks like one and is none."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Engine
from wsgui.lab.raw.engine_session import EngineSession
from wsgui.lab.raw.serving import serve_engine
from wsgui.lab.raw.socketio import SocketIO


class Truncating(Engine):
    def open_packet(self, session: EngineSession) -> str:
        packet = super().open_packet(session)
        return packet[: packet.index("ades")]


FAULT = Fault(
    id="handshake-malformed",
    cause="handshake-malformed",
    title=N_("The handshake is cut off in the middle."),
    serve=lambda port: serve_engine(Truncating(SocketIO), port),
)
