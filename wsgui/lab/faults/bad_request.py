"""A middleware of the engine fails (``io.engine.use``): code 3, ``Bad request``, on polling and on the upgrade."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Engine, Refusal, refusal
from wsgui.lab.raw.http import Request
from wsgui.lab.raw.serving import serve_engine
from wsgui.lab.raw.socketio import SocketIO


class Failing(Engine):
    def verify(self, request: Request) -> Refusal | None:
        return super().verify(request) or refusal(3)


FAULT = Fault(
    id="bad-request",
    cause="bad-request",
    title=N_("A middleware of the server fails at every request."),
    serve=lambda port: serve_engine(Failing(SocketIO), port),
)
