"""The client joins ``/orders``, which the server does not have: ``44/orders,{"message":"Invalid namespace"}``."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.serving import node, serve_engine


@asynccontextmanager
async def serve(port: int) -> AsyncIterator[str]:
    async with serve_engine(node(), port) as url:
        yield f"{url}/orders"


FAULT = Fault(
    id="namespace-unknown",
    cause="namespace-unknown",
    title=N_("The client joins a namespace that the server does not have."),
    serve=serve,
)
