"""Servers of the lab with habits that are unusual and in order."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from wsgui.lab.authority import authority
from wsgui.lab.raw.engine import Engine, Settings
from wsgui.lab.raw.http import Request, Response, html
from wsgui.lab.raw.listener import listen
from wsgui.lab.raw.serving import serve_engine
from wsgui.lab.raw.socketio import SocketIO

Change = Callable[[Response], Response]


class Habit(Engine):
    """``change`` is done to every answer of polling, ``agree`` to each 101; ``late`` seconds pass before an answer."""

    def __init__(
        self,
        change: Change = lambda answer: answer,
        agree: Change = lambda answer: answer,
        *,
        late: float = 0.0,
        settings: Settings | None = None,
    ) -> None:
        super().__init__(SocketIO, settings)
        self._change = change
        self._decorate = agree
        self._late = late

    async def answer(self, request: Request) -> Response:
        await asyncio.sleep(self._late)
        return self._change(await super().answer(request))

    def switch(self, request: Request) -> Response:
        return self._decorate(super().switch(request))


class Walled(Habit):
    """Everything but Socket.IO asks for a password, which concerns nobody."""

    def elsewhere(self, request: Request) -> Response:
        return html(401, "Who are you?", ("WWW-Authenticate", 'Basic realm="pages"'))


class WithoutSlash(Habit):
    """Takes the path with and without the slash at its end, as with ``addTrailingSlash: false``."""

    async def answer(self, request: Request) -> Response:
        if request.path == "/socket.io":
            request = _at(request, "/socket.io/")
        return await super().answer(request)

    async def upgrade(self, connection: object, request: Request) -> None:
        if request.path == "/socket.io":
            request = _at(request, "/socket.io/")
        await super().upgrade(connection, request)  # type: ignore[arg-type] # passed on as it came


@dataclass(frozen=True)
class Chunked(Response):
    """An answer that is sent in chunks of ten bytes."""

    def encode(self, *, head_only: bool = False) -> bytes:
        parts = [self.body[at : at + 10] for at in range(0, len(self.body), 10)]
        body = b"".join(f"{len(part):x}\r\n".encode() + part + b"\r\n" for part in parts) + b"0\r\n\r\n"
        head = Response(self.status, (*self.headers, ("Content-Length", "0"))).encode()
        return head.replace(b"Content-Length: 0", b"Transfer-Encoding: chunked") + body


def chunked(answer: Response) -> Response:
    return Chunked(answer.status, answer.headers, answer.body)


def zipped(answer: Response) -> Response:
    return Response(answer.status, (*answer.headers, ("Content-Encoding", "gzip")), gzip.compress(answer.body))


def closing(answer: Response) -> Response:
    return answer.adding(("Connection", "close"))


def with_cookie(answer: Response) -> Response:
    return answer.adding(("Set-Cookie", "io=abc; Path=/; HttpOnly; SameSite=Lax"))


def shouting(answer: Response) -> Response:
    return Response(answer.status, tuple((name.upper(), value) for name, value in answer.headers), answer.body)


def keeping_alive(answer: Response) -> Response:
    """As proxies write it: the word that counts among others."""
    return answer.without("Connection", "Upgrade").adding(
        ("Connection", "keep-alive, Upgrade"), ("Upgrade", "WebSocket")
    )


@asynccontextmanager
async def serving(engine: Engine, *, host: str = "127.0.0.1", secure: bool = False) -> AsyncIterator[str]:
    """Serve it; with TLS if it is to be ``secure``."""
    if host == "127.0.0.1":
        async with serve_engine(engine, tls=authority().server().context() if secure else None) as url:
            yield url
        return
    try:
        async with listen(engine, host=host) as port:
            yield f"http://[{host}]:{port}"
    finally:
        await engine.close()


def _at(request: Request, path: str) -> Request:
    query = request.target.partition("?")[2]
    return Request(request.method, f"{path}?{query}", request.headers, request.body)
