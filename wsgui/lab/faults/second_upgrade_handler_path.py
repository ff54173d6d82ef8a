"""Socket.IO and a ``ws`` server for ``/chat`` on one HTTP server: 101, and then its ``HTTP/1.1 400 Bad Request``."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.second_handler import SecondAfter101, second

WORDS = (
    b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: text/html\r\nContent-Length: 11\r\n\r\nBad Request"
)

FAULT = Fault(
    id="second-upgrade-handler-path",
    cause="second-upgrade-handler",
    title=N_("A second WebSocket server, for another path, refuses the handshake that Socket.IO has accepted."),
    serve=second(SecondAfter101, WORDS),
)
