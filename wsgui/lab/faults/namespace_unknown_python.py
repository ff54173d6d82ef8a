"""The client joins ``/orders``, which python-socketio does not have: ``44/orders,"Unable to connect"``."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.server import serve as serve_healthy


@asynccontextmanager
async def serve(port: int) -> AsyncIterator[str]:
    async with serve_healthy(port, any_origin=True) as url:
        yield f"{url}/orders"


FAULT = Fault(
    id="namespace-unknown-python",
    cause="namespace-unknown",
    title=N_("The client joins a namespace that the python-socketio server does not have."),
    serve=serve,
)
