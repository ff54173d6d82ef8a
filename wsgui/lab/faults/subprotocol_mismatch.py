"""The client asks for the subprotocol ``chat``, and the 101 names none: browsers and Node end the connection."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.core.option_types import Protocol
from wsgui.lab.offer import Fault
from wsgui.lab.raw.http import Headers, Request
from wsgui.lab.raw.plain import Plain, serve_plain


class Indifferent(Plain):
    def subprotocol(self, request: Request) -> Headers:
        return ()


FAULT = Fault(
    id="subprotocol-mismatch",
    cause="subprotocol-mismatch",
    title=N_("The client asks for a subprotocol, and the server chooses none."),
    serve=lambda port: serve_plain(port, handler=Indifferent()),
    protocol=Protocol.WEBSOCKET,
    given={"protocols": ["chat"]},
)
