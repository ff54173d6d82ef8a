"""Nothing listens on the port: the SYN is answered with an RST.

The port is bound, so that no other program gets it, but nobody listens on it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.reserved import reserve
from wsgui.lab.server import HOST


@asynccontextmanager
async def serve(port: int) -> AsyncIterator[str]:
    with reserve(HOST, port) as number:
        yield f"http://{HOST}:{number}"


FAULT = Fault(
    id="connection-refused",
    cause="connection-refused",
    title=N_("Nothing listens on the port."),
    serve=serve,
)
