"""The handshake is JSON without sense: ``"sid":null``, ``"pingInterval":-1``."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Engine
from wsgui.lab.raw.engine_session import EngineSession
from wsgui.lab.raw.serving import serve_engine
from wsgui.lab.raw.socketio import SocketIO


class Senseless(Engine):
    def open_packet(self, session: EngineSession) -> str:
        return '0{"sid":null,"upgrades":["websocket"],"pingInterval":-1,"pingTimeout":"soon","maxPayload":0}'


FAULT = Fault(
    id="handshake-nonsense",
    cause="handshake-malformed",
    title=N_("The handshake has no session id, and its heartbeat is negative."),
    serve=lambda port: serve_engine(Senseless(SocketIO), port),
)
