"""The upgrade takes longer than ``upgradeTimeout``, 0.3 s here: what the client sends on a WebSocket is late by 0.8 s.

101, then ``88 00`` before the probe is answered. A WebSocket from the start is well, if slow.
"""

from __future__ import annotations

import asyncio

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Settings
from wsgui.lab.raw.front import Front
from wsgui.lab.raw.listener import Connection
from wsgui.lab.raw.serving import node, serve_behind

DELAY = 0.8  # seconds


class Slow(Front):
    async def inward(self, connection: Connection, behind: Connection) -> None:
        while data := await connection.reader.read(1 << 16):
            await asyncio.sleep(DELAY)
            await behind.send(data)


FAULT = Fault(
    id="upgrade-timeout",
    cause="upgrade-timeout",
    title=N_("The upgrade takes longer than the server's upgradeTimeout."),
    serve=lambda port: serve_behind(Slow, port, engine=node(Settings(upgrade_timeout=0.3))),
)
