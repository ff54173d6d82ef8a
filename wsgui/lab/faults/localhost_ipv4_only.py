"""The server listens on ``127.0.0.1`` only, and the client asks ``::1``: refused there, answered here.

So it is when ``localhost`` is ``::1`` for the client, as for Node since version 17.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.reserved import serve_other_family


@asynccontextmanager
async def serve(port: int) -> AsyncIterator[str]:
    async with serve_other_family("::1", "127.0.0.1", port) as number:
        yield f"http://[::1]:{number}"


FAULT = Fault(
    id="localhost-ipv4-only",
    cause="localhost-family",
    title=N_("The server listens on 127.0.0.1 only; the URL says ::1."),
    serve=serve,
)
