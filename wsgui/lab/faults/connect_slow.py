"""A middleware looks something up for three seconds before it lets the client in."""

from __future__ import annotations

import asyncio

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Engine
from wsgui.lab.raw.serving import serve_engine
from wsgui.lab.raw.socketio import SocketIO

DELAY = 3.0  # seconds


class Slow(SocketIO):
    async def join(self, name: str, auth: object) -> None:
        self.engine.tasks.start(self._join_later(name, auth), "join")

    async def _join_later(self, name: str, auth: object) -> None:
        await asyncio.sleep(DELAY)
        await super().join(name, auth)


FAULT = Fault(
    id="connect-slow",
    cause="connect-slow",
    title=N_("The server takes three seconds to let the client in."),
    serve=lambda port: serve_engine(Engine(Slow), port),
)
