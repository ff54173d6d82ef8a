"""The healthy server: it does everything right and explains itself, in its first event and at ``GET /``."""

from __future__ import annotations

import asyncio
import os
from datetime import UTC, datetime

import socketio
from aiohttp import web

from wsgui import __version__
from wsgui.core.i18n import N_, _
from wsgui.core.tasks import TaskOwner
from wsgui.lab.engine import Server
from wsgui.lab.events import EVENTS, HealthyClient, answer_events

TOKEN = "secret"  # noqa: S105 - a server to play with; the welcome tells the token to everybody
TICK = 1.0  # seconds

ABOUT = N_("wsgui lab: a healthy Socket.IO server to try things on.")
CLOCK = N_("tick arrives once a second.")
ADMIN = N_('The namespace /admin wants auth {"token": "secret"}.')


def healthy(*, any_origin: bool) -> web.Application:
    """The healthy server as an application that starts and ends with whatever serves it.

    ``any_origin`` allows pages of every origin; otherwise a browser may use pages of the server's own origin only.
    """
    server = Server(cors_allowed_origins="*" if any_origin else None)
    app = web.Application()
    server.attach(app)
    tasks = TaskOwner("lab")

    for namespace in ("/", "/admin"):
        answer_events(server, namespace)

    def greet(sid: str, namespace: str) -> None:
        # A task, because the client is told that it is connected only when the connect handler has returned.
        welcome = {
            "about": _(ABOUT),
            "events": {event.name: _(event.effect) for event in EVENTS},
            "clock": _(CLOCK),
            "admin": _(ADMIN),
        }
        server.start_background_task(HealthyClient(server, namespace, sid).emit, "welcome", welcome)

    async def connect(sid: str, environ: object, auth: object) -> None:  # noqa: ARG001 - everybody is welcome
        greet(sid, "/")

    async def connect_admin(sid: str, environ: object, auth: object) -> None:  # noqa: ARG001 - the auth decides
        token = auth.get("token") if isinstance(auth, dict) else None
        if token != TOKEN:
            code = "token-missing" if token is None else "token-wrong"
            raise socketio.exceptions.ConnectionRefusedError("not authorized", {"code": code, "hint": _(ADMIN)})
        greet(sid, "/admin")

    server.on("connect", connect, namespace="/")
    server.on("connect", connect_admin, namespace="/admin")

    async def tick() -> None:
        seq = 0
        while True:
            await asyncio.sleep(TICK)
            seq += 1
            await server.emit("tick", {"seq": seq, "time": datetime.now(UTC).isoformat(timespec="milliseconds")})

    async def page(request: web.Request) -> web.Response:  # noqa: ARG001
        rows = [f"  {event.name:<10} {_(event.effect)}" for event in EVENTS]
        return web.Response(text="\n".join([_(ABOUT), "", *rows, "", _(CLOCK), _(ADMIN), ""]))

    async def health(request: web.Request) -> web.Response:  # noqa: ARG001
        state = {"status": "ok", "version": __version__, "pid": os.getpid(), "clients": len(server.eio.sockets)}
        return web.json_response(state)

    async def start_clock(app: web.Application) -> None:  # noqa: ARG001
        tasks.start(tick(), "clock")

    async def dismiss(app: web.Application) -> None:  # noqa: ARG001
        await tasks.close()
        await server.eio.dismiss_clients()

    async def close(app: web.Application) -> None:  # noqa: ARG001
        await server.eio.close()

    app.router.add_get("/", page)
    app.router.add_get("/health", health)
    app.on_startup.append(start_clock)
    app.on_shutdown.append(dismiss)
    app.on_cleanup.append(close)
    return app
