"""The 101 names the subprotocol ``chat``, and the client asked for none: browsers and Node end the connection."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.core.option_types import Protocol
from wsgui.lab.offer import Fault
from wsgui.lab.raw.http import Headers, Request
from wsgui.lab.raw.plain import Plain, serve_plain


class Insisting(Plain):
    def subprotocol(self, request: Request) -> Headers:
        return (("Sec-WebSocket-Protocol", "chat"),)


FAULT = Fault(
    id="subprotocol-unasked",
    cause="subprotocol-mismatch",
    title=N_("The server chooses a subprotocol that the client did not ask for."),
    serve=lambda port: serve_plain(port, handler=Insisting()),
    protocol=Protocol.WEBSOCKET,
)
