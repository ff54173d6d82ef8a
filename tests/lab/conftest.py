"""The healthy server, and a visitor of it over every transport."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.lab.visitor import Visitor, visit
from wsgui.lab.server import serve


@pytest.fixture
async def lab() -> AsyncIterator[str]:
    """The URL of a healthy server."""
    async with serve() as url:
        yield url


@pytest.fixture(params=["polling", "websocket", "polling websocket"])
async def visitor(lab: str, request: pytest.FixtureRequest) -> AsyncIterator[Visitor]:
    """A visitor of the healthy server: over polling, over WebSocket, and upgraded from one to the other."""
    transports = request.param.split()
    async with visit(lab, *transports) as visitor:
        assert visitor.client.transport() == transports[-1]
        yield visitor
