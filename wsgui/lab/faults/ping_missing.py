"""The server announces pings every 2 s and sends none: the client closes after pingInterval and pingTimeout, 3 s."""

from __future__ import annotations

import asyncio

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Engine, Settings
from wsgui.lab.raw.engine_session import EngineSession
from wsgui.lab.raw.serving import serve_engine
from wsgui.lab.raw.socketio import SocketIO

LIFE = 60.0  # seconds, after which a session that nobody wants any more is dropped


class Pulseless(Engine):
    async def beat(self, session: EngineSession) -> None:
        await asyncio.sleep(LIFE)
        self.drop(session)


FAULT = Fault(
    id="ping-missing",
    cause="ping-timeout",
    title=N_("The server announces pings and sends none."),
    serve=lambda port: serve_engine(Pulseless(SocketIO, Settings(ping_interval=2, ping_timeout=1)), port),
    slow=True,
)
