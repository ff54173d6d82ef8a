"""A captive portal: whatever is asked for, the answer is its page, with 200. Ends with its standard input.

With ``{"secure": true}`` it does so behind TLS, with a certificate that no client believes.
"""

from __future__ import annotations

import asyncio
import json
import sys

from aiohttp import web

from tests.networks.served import served
from wsgui.lab.authority import authority

PAGE = """<!doctype html><html><head><title>Welcome to Airport WiFi</title></head>
<body><h1>Welcome</h1><form action="/login"><input name="room"><button>Accept</button></form></body></html>"""


async def serve(*, secure: bool = False) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(text=PAGE, content_type="text/html")

    app = web.Application()
    app.router.add_route("*", "/{anything:.*}", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    tls = authority().server().context() if secure else None
    await web.TCPSite(runner, "0.0.0.0", 0, ssl_context=tls).start()
    await served(runner.addresses[0][1])
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(serve(**json.loads(sys.argv[1])))
