"""The client's pongs do not arrive: the server closes after pingInterval and pingTimeout, 2 s and 1 s here."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Engine, Settings
from wsgui.lab.raw.engine_session import EngineSession
from wsgui.lab.raw.payloads import EnginePacket
from wsgui.lab.raw.serving import serve_engine
from wsgui.lab.raw.socketio import SocketIO


class Deaf(Engine):
    async def take_packet(self, session: EngineSession, packet: EnginePacket) -> None:
        if packet != "3":
            await super().take_packet(session, packet)


FAULT = Fault(
    id="ping-timeout",
    cause="ping-timeout",
    title=N_("The client's pongs do not arrive, and the server closes."),
    serve=lambda port: serve_engine(Deaf(SocketIO, Settings(ping_interval=2, ping_timeout=1)), port),
    slow=True,
)
