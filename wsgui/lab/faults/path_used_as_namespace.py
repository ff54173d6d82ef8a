"""The HTTP path was written into the URL, where a client takes it for a namespace.

The server is healthy. The client asks at ``/socket.io/`` all the same and joins the namespace ``/socket.io``, which is
answered ``44/socket.io,{"message":"Invalid namespace"}``.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.serving import node, serve_engine


@asynccontextmanager
async def serve(port: int) -> AsyncIterator[str]:
    async with serve_engine(node(), port) as url:
        yield f"{url}/socket.io"


FAULT = Fault(
    id="path-used-as-namespace",
    cause="path-used-as-namespace",
    title=N_("The path /socket.io is in the URL, where it means a namespace that the server does not have."),
    serve=serve,
)
