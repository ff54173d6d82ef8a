"""A middleware never calls ``next()``: CONNECT (``40``) gets no answer. After 45 s the server closes: ``88 00``."""

from __future__ import annotations

import asyncio

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Engine
from wsgui.lab.raw.serving import serve_engine
from wsgui.lab.raw.socketio import SocketIO

CONNECT_TIMEOUT = 45.0  # seconds


class Pondering(SocketIO):
    def open(self) -> None:
        self.engine.tasks.start(self._give_up(), "connect timeout")

    async def join(self, name: str, auth: object) -> None:
        pass

    async def _give_up(self) -> None:
        await asyncio.sleep(CONNECT_TIMEOUT)
        self.engine.drop(self.session)


FAULT = Fault(
    id="connect-unanswered",
    cause="connect-unanswered",
    title=N_("The server never answers when the client joins a namespace."),
    serve=lambda port: serve_engine(Engine(Pondering), port),
)
