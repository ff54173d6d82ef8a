"""The server is healthy, on a port that browsers refuse to connect to: ``net::ERR_UNSAFE_PORT``.

The ports are those of Chromium's list (``net/base/port_util.cc``) that need no privilege.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.serving import node, serve_engine
from wsgui.lab.server import CannotListen

BLOCKED = (6000, 6566, 6665, 6666, 6667, 6668, 6669, 6697, 10080, 5060, 5061, 2049, 3659, 4045, 1719, 1720, 1723)


@asynccontextmanager
async def serve(port: int) -> AsyncIterator[str]:
    """The port is one of the list whatever was asked for: the first that is free."""
    async with AsyncExitStack() as stack:
        for number in (port, *BLOCKED) if port in BLOCKED else BLOCKED:
            try:
                url = await stack.enter_async_context(serve_engine(node(), number))
            except CannotListen:
                if number == BLOCKED[-1]:
                    raise
            else:
                break
        yield url


FAULT = Fault(
    id="port-blocked-by-browser",
    cause="port-blocked-by-browser",
    title=N_("The server is on a port that browsers refuse to connect to."),
    serve=serve,
    origin="http://localhost:5173",
)
