"""``allowRequest`` refuses: ``403 {"code":4,…}`` on polling, ``400`` with the bare text on an upgrade."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Engine, Refusal
from wsgui.lab.raw.http import Request
from wsgui.lab.raw.serving import serve_engine
from wsgui.lab.raw.socketio import SocketIO


class Forbidding(Engine):
    def verify(self, request: Request) -> Refusal | None:
        return super().verify(request) or Refusal(4, "not today")


FAULT = Fault(
    id="forbidden-by-server",
    cause="forbidden-by-server",
    title=N_("The server's allowRequest refuses every client."),
    serve=lambda port: serve_engine(Forbidding(SocketIO), port),
)
