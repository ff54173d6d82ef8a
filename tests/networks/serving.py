"""The healthy server of the far machine: the lab's own, on all addresses, with a heartbeat as short as the case wants.

``python -m tests.networks.serving '{"ping_interval": 1, "ping_timeout": 1, "ticks": true}'``; it ends with its standard
input. (``wsgui lab`` listens on loopback only, which is a promise, and is why this is here.)
"""

from __future__ import annotations

import asyncio
import json
import sys

from aiohttp import web

from tests.networks.served import served
from wsgui.lab.engine import Server

TICK_SECONDS = 0.1


async def serve(*, ticks: bool = False, **heartbeat: float) -> None:
    """``ticks``: number every 0.1 s of a connection with an event, from 1 on. Ping interval and time-out in seconds."""
    server = Server(cors_allowed_origins=None, **heartbeat)

    async def count(sid: str) -> None:
        number = 0
        while server.manager.is_connected(sid, "/"):
            number += 1
            await server.emit("tick", number, to=sid)
            await asyncio.sleep(TICK_SECONDS)

    async def connect(sid: str, environ: object, auth: object) -> None:
        if ticks:
            server.start_background_task(count, sid)

    server.on("connect", connect)
    server.on("echo", lambda sid, *args: args)
    app = web.Application()
    server.attach(app)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, None, 0)
    await site.start()
    port = next(iter(runner.addresses))[1]
    if any(address[1] != port for address in runner.addresses):  # each family took a port of its own
        await site.stop()
        await web.TCPSite(runner, "0.0.0.0", port).start()
        await web.TCPSite(runner, "::", port).start()
    await served(port)
    await server.eio.dismiss_clients()
    await runner.cleanup()
    await server.eio.close()


if __name__ == "__main__":
    asyncio.run(serve(**json.loads(sys.argv[1])))
