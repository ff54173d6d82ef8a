"""The server listens on ``::1`` only, and the client asks ``127.0.0.1``: refused there, answered here.

So it is with ``server.listen(port, "localhost")`` on a machine where ``localhost`` is ``::1`` first.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.reserved import serve_other_family


@asynccontextmanager
async def serve(port: int) -> AsyncIterator[str]:
    async with serve_other_family("127.0.0.1", "::1", port) as number:
        yield f"http://127.0.0.1:{number}"


FAULT = Fault(
    id="localhost-ipv6-only",
    cause="localhost-family",
    title=N_("The server listens on ::1 only; the URL says 127.0.0.1."),
    serve=serve,
)
