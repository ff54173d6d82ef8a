"""A proxy drops ``Upgrade`` and ``Connection`` in front of python-socketio.

The upgrade is answered ``400``, ``"Invalid websocket upgrade"``.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from wsgui.core.i18n import N_
from wsgui.lab.faults.upgrade_headers_stripped import Dropping
from wsgui.lab.offer import Fault
from wsgui.lab.raw.serving import serve_bare
from wsgui.lab.server import serve as serve_healthy


@asynccontextmanager
async def serve(port: int) -> AsyncIterator[str]:
    async with (
        serve_healthy(any_origin=True) as behind,
        serve_bare(Dropping(int(behind.rpartition(":")[2])), port) as url,
    ):
        yield url


FAULT = Fault(
    id="upgrade-headers-stripped-python",
    cause="upgrade-headers-stripped",
    title=N_("A proxy drops the headers Upgrade and Connection in front of python-socketio."),
    serve=serve,
)
