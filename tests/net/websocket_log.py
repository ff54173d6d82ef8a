"""A plain WebSocket session for tests, and what it said."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

from tests.net.session_log import SessionLog
from wsgui.core.address import read_address
from wsgui.core.option_types import Protocol
from wsgui.core.options import OptionValues, check_values
from wsgui.net.session import Target
from wsgui.net.websocket_session import WebSocketSession


@asynccontextmanager
async def websocket(url: str, **options: object) -> AsyncIterator[tuple[WebSocketSession, SessionLog]]:
    """A session that was opened, and is closed at the end."""
    log = SessionLog()
    values = check_values(cast("OptionValues", options))
    target = Target(read_address(url, Protocol.WEBSOCKET), values, protocol=Protocol.WEBSOCKET)
    running = WebSocketSession(target, log.tap, log.changed)
    running.open()
    try:
        yield running, log
    finally:
        await running.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        assert [task.get_name() for task in others if "session" in task.get_name()] == []
