"""Serve on a port as long as a context lasts, and yield the URL: what a fault's ``serve`` is made of."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

from wsgui.lab.raw.engine import Engine, Settings
from wsgui.lab.raw.front import Front
from wsgui.lab.raw.listener import Handler, listen
from wsgui.lab.raw.socketio import SocketIO
from wsgui.lab.raw.tls import terminate
from wsgui.lab.server import HOST
from wsgui.lab.server import serve as serve_healthy


@asynccontextmanager
async def serve_bare(
    handler: Handler, port: int = 0, *, tls: ssl.SSLContext | None = None, scheme: str = "", name: str = HOST
) -> AsyncIterator[str]:
    """Serve a handler of connections. ``scheme`` and ``name`` are for the URL, where they are not the true ones."""
    async with AsyncExitStack() as stack:
        if tls:
            behind = await stack.enter_async_context(listen(handler))
            number = await stack.enter_async_context(listen(partial(terminate, context=tls, port=behind), port))
        else:
            number = await stack.enter_async_context(listen(handler, port))
        yield f"{scheme or ('https' if tls else 'http')}://{name}:{number}"


def node(settings: Settings | None = None) -> Engine:
    """A Socket.IO server that answers as Node's does, and does everything right."""
    return Engine(SocketIO, settings)


@asynccontextmanager
async def serve_engine(
    engine: Engine, port: int = 0, *, tls: ssl.SSLContext | None = None, scheme: str = "", name: str = HOST
) -> AsyncIterator[str]:
    """Serve an Engine.IO server."""
    try:
        async with serve_bare(engine, port, tls=tls, scheme=scheme, name=name) as url:
            yield url
            await engine.dismiss_clients()
    finally:
        await engine.close()


@asynccontextmanager
async def serve_behind(
    front: Callable[[int], Front], port: int = 0, *, engine: Engine | None = None, tls: ssl.SSLContext | None = None
) -> AsyncIterator[str]:
    """A front that is given the port of a Socket.IO server behind it, a healthy one if no ``engine`` is given."""
    async with serve_engine(engine or node()) as behind, serve_bare(front(_port(behind)), port, tls=tls) as url:
        yield url


@asynccontextmanager
async def serve_balanced(
    front: Callable[[tuple[int, ...]], Front], port: int = 0, *, python: bool = False
) -> AsyncIterator[str]:
    """A front that is given the ports of two healthy nodes; ``python`` makes them python-socketio's."""
    async with AsyncExitStack() as stack:
        nodes = [serve_healthy(any_origin=True) if python else serve_engine(node()) for _node in range(2)]
        ports = [_port(await stack.enter_async_context(serving)) for serving in nodes]
        yield await stack.enter_async_context(serve_bare(front(tuple(ports)), port))


def _port(url: str) -> int:
    return int(url.rpartition(":")[2])
