"""The server restarts every three seconds, as under a watcher: polling gets code 1 in the middle of a session."""

from __future__ import annotations

import asyncio

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Engine
from wsgui.lab.raw.engine_session import EngineSession
from wsgui.lab.raw.http import Request
from wsgui.lab.raw.serving import serve_engine
from wsgui.lab.raw.socketio import SocketIO

LIFE = 3.0  # seconds


class Forgetful(Engine):
    def open(self, request: Request, transport: str) -> EngineSession:
        session = super().open(request, transport)
        self.tasks.start(self._forget(session), "forgetting")
        return session

    async def _forget(self, session: EngineSession) -> None:
        await asyncio.sleep(LIFE)
        self.sessions.pop(session.sid, None)
        session.send("6")  # the end of the poll that waits; the next one is refused


FAULT = Fault(
    id="session-forgotten",
    cause="session-unknown",
    title=N_("The server forgets its sessions after three seconds, as if it were restarted."),
    serve=lambda port: serve_engine(Forgetful(SocketIO), port),
    given={"transports": ["polling"]},
    slow=True,
)
