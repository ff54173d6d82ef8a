"""Serve on the loopback interface, and nowhere else: ``async with serve() as url``."""

from __future__ import annotations

import errno
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from wsgui.core.i18n import _
from wsgui.lab.healthy import healthy

HOST = "127.0.0.1"
PATIENCE = 0.2  # seconds that a client has, at the end, to finish its request; then it is cut off


class CannotListen(Exception):  # noqa: N818 - says what happened
    """The port cannot be had. The message is a sentence for people."""


@asynccontextmanager
async def listen(app: web.Application, port: int) -> AsyncIterator[str]:
    """Serve ``app`` and yield its URL. Port 0 takes any free port. Raises :exc:`CannotListen`."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=PATIENCE)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, HOST, port).start()
        except OSError as error:
            raise CannotListen(explain(error, port)) from error
        yield f"http://{HOST}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def explain(error: OSError, port: int) -> str:
    """A sentence for :exc:`CannotListen`."""
    if error.errno == errno.EADDRINUSE:
        return _("Port {port} is in use by another program: end that one, or choose another port.").format(port=port)
    reason = os.strerror(error.errno) if error.errno else str(error)
    return _("Port {port} cannot be opened: {reason}. Choose another port.").format(port=port, reason=reason)


@asynccontextmanager
async def serve(port: int = 0, *, any_origin: bool = False) -> AsyncIterator[str]:
    """The healthy server, as long as the context lasts; yields its URL. Raises :exc:`CannotListen`.

    ``any_origin`` allows browser pages of every origin.
    """
    async with listen(healthy(any_origin=any_origin), port) as url:
        yield url
