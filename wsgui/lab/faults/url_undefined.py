"""The environment variable with the URL was not set when the page was built: ``io("undefined")``.

There is no server, and nothing to see on the wire: the URL alone says it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault


@asynccontextmanager
async def serve(port: int) -> AsyncIterator[str]:  # noqa: ARG001 - there is nothing to listen for
    yield "undefined"


FAULT = Fault(
    id="url-undefined",
    cause="url-missing",
    title=N_("The URL is “undefined”: its environment variable was not set when the page was built."),
    serve=serve,
)
