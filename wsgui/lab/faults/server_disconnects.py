"""The server lets the client in and sends DISCONNECT (``41``) at once. JavaScript does not reconnect then."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Engine
from wsgui.lab.raw.serving import serve_engine
from wsgui.lab.raw.socketio import SocketIO


class Parting(SocketIO):
    async def join(self, name: str, auth: object) -> None:
        await super().join(name, auth)
        if name in self.joined:
            await self.joined[name].disconnect()


FAULT = Fault(
    id="server-disconnects",
    cause="server-disconnects",
    title=N_("The server disconnects the client as soon as it is in."),
    serve=lambda port: serve_engine(Engine(Parting), port),
)
