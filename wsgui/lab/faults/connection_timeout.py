"""The SYN gets no answer, as behind a firewall that drops packets.

The port listens, but its queue of new connections is full and nobody accepts any: Linux drops the SYN then. Other
systems answer with an RST, which is another fault.
"""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.server import HOST, CannotListen, explain

FILLING = 4
"""Connections that fill the shortest queue."""


@asynccontextmanager
async def serve(port: int) -> AsyncIterator[str]:
    with ExitStack() as sockets:
        listening = sockets.enter_context(socket.socket())
        try:
            listening.bind((HOST, port))
        except OSError as error:
            raise CannotListen(explain(error, port)) from error
        listening.listen(0)
        for _turn in range(FILLING):
            filling = sockets.enter_context(socket.socket())
            filling.setblocking(False)
            filling.connect_ex(listening.getsockname())
        yield f"http://{HOST}:{listening.getsockname()[1]}"


FAULT = Fault(
    id="connection-timeout",
    cause="connection-timeout",
    title=N_("Packets are dropped, as by a firewall: there is no TCP connection. (On Linux only.)"),
    serve=serve,
)
