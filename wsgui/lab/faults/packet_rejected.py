"""The server has another parser (msgpack): it does not understand ``40`` and closes at once, ``88 00``, or ``1``."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Engine
from wsgui.lab.raw.payloads import EnginePacket
from wsgui.lab.raw.serving import serve_engine
from wsgui.lab.raw.socketio import SocketIO


class OtherParser(SocketIO):
    async def receive(self, message: EnginePacket) -> None:
        self.engine.drop(self.session)


FAULT = Fault(
    id="packet-rejected",
    cause="packet-rejected",
    title=N_("The server has another parser and closes at the first packet."),
    serve=lambda port: serve_engine(Engine(OtherParser), port),
)
