"""The host has no address. Names under ``.invalid`` are promised never to have one (RFC 6761, section 6.4)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault


@asynccontextmanager
async def serve(port: int) -> AsyncIterator[str]:
    yield f"http://chat.invalid:{port or 3000}"


FAULT = Fault(
    id="name-not-resolved",
    cause="name-not-resolved",
    title=N_("The host name has no address."),
    serve=serve,
)
