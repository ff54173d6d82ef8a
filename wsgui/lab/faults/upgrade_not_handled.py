"""Nobody answers upgrades: the connection is held for 1.00 s and ends with a FIN, without a byte. Polling passes."""

from __future__ import annotations

import asyncio

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import DESTROY_UPGRADE_TIMEOUT, Engine
from wsgui.lab.raw.http import Request
from wsgui.lab.raw.listener import Connection
from wsgui.lab.raw.serving import serve_engine
from wsgui.lab.raw.socketio import SocketIO


class Unattached(Engine):
    async def upgrade(self, connection: Connection, request: Request) -> None:
        await asyncio.sleep(DESTROY_UPGRADE_TIMEOUT)


FAULT = Fault(
    id="upgrade-not-handled",
    cause="upgrade-not-handled",
    title=N_("Nobody handles upgrades: the connection ends after one second without a byte."),
    serve=lambda port: serve_engine(Unattached(SocketIO), port),
)
