"""Servers made of bare sockets: they say what no library would say, and they hang up when no library would."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import json
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
TEXT, BINARY, CLOSE = 1, 2, 8


@asynccontextmanager
async def raw_server(handler: Handler, tls: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    """Serve ``handler`` on a free port of this machine and yield the URL; at the end all of it is closed."""
    running: set[asyncio.Task[object]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        running.add(task)
        try:
            # Cancelled is what the end of the test does, the other two are what a client does that leaves.
            with contextlib.suppress(asyncio.CancelledError, ConnectionError, asyncio.IncompleteReadError):
                await handler(reader, writer)
        finally:
            running.discard(task)
            writer.close()
            # A client that resets ends this future with an error, which nobody awaits; the protocol, whose part it is,
            # may be collected after it (StreamReaderProtocol.__del__, seen in Python 3.11).
            closed = writer._protocol._closed  # type: ignore[attr-defined]
            closed.add_done_callback(lambda ended: ended.cancelled() or ended.exception())

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    try:
        yield f"http{'s' if tls else ''}://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        for _turn in range(5):  # what the clients did last arrives first: a reset and a cancellation do not go together
            await asyncio.sleep(0)
        for task in running:
            task.cancel()
        if running:
            await asyncio.wait(running)
        await server.wait_closed()


@dataclass(frozen=True)
class Request:
    method: str
    target: str
    headers: dict[str, str]
    """Their names in lower case."""
    body: str


async def read_request(reader: asyncio.StreamReader) -> Request:
    """Raises :class:`asyncio.IncompleteReadError` when the client has left."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.rstrip().split("\r\n")
    headers = {name.lower(): value.strip() for name, _colon, value in (line.partition(":") for line in lines)}
    method, target, _version = first.split(" ")
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Request(method, target, headers, body.decode())


def answer(status: str, body: str = "", *headers: str) -> bytes:
    """An HTTP answer; ``status`` is the number and the reason."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body.encode())}", *headers, "", body]
    return "\r\n".join(lines).encode()


def always(status: str, body: str = "", *headers: str) -> Handler:
    """A server that answers every request alike."""

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            await read_request(reader)
            writer.write(answer(status, body, *headers))

    return handler


def says(greeting: bytes) -> Handler:
    """A server that says something of its own accord and hangs up."""

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(greeting)
        await writer.drain()

    return handler


async def hangs_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Take a request and hang up."""
    await read_request(reader)


async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Take whatever comes and say nothing, until the client leaves."""
    await reader.read()


class RawWebSocket:
    """The server's end of a WebSocket, one frame at a time."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    def accept(self, request: Request, *headers: str) -> None:
        digest = hashlib.sha1(request.headers["sec-websocket-key"].encode() + _GUID).digest()
        accepted = f"Sec-WebSocket-Accept: {base64.b64encode(digest).decode()}"
        lines = ["HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade", accepted]
        lines += [*headers, "", ""]
        self.writer.write("\r\n".join(lines).encode())

    def frame(self, opcode: int, payload: bytes) -> None:
        size = len(payload)
        assert size < 1 << 16
        head = bytes([0x80 | opcode, size]) if size < 126 else bytes([0x80 | opcode, 126, *size.to_bytes(2, "big")])
        self.writer.write(head + payload)

    def send(self, data: str | bytes) -> None:
        if isinstance(data, str):
            self.frame(TEXT, data.encode())
        else:
            self.frame(BINARY, data)

    def close(self, code: int, reason: str = "") -> None:
        self.frame(CLOSE, code.to_bytes(2, "big") + reason.encode())

    async def receive(self) -> tuple[int, bytes]:
        """The next frame's opcode and content."""
        head = await self.reader.readexactly(2)
        size = head[1] & 0x7F
        if size > 125:
            size = int.from_bytes(await self.reader.readexactly(2 if size == 126 else 8), "big")
        mask = await self.reader.readexactly(4)
        payload = await self.reader.readexactly(size)
        return head[0] & 0xF, bytes(byte ^ mask[place % 4] for place, byte in enumerate(payload))

    async def expect(self, text: str) -> None:
        """Read up to the text message ``text``."""
        while await self.receive() != (TEXT, text.encode()):
            pass


async def until_closed(socket: RawWebSocket) -> None:
    """Take whatever comes, until the client says goodbye, which is answered."""
    opcode, payload = await socket.receive()
    while opcode != CLOSE:
        opcode, payload = await socket.receive()
    socket.frame(CLOSE, payload)


Script = Callable[[RawWebSocket], Awaitable[None]]


def agrees(script: Script, *headers: str) -> Handler:
    """A server that accepts the WebSocket and then does what ``script`` says."""

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        peer = RawWebSocket(reader, writer)
        peer.accept(await read_request(reader), *headers)
        await script(peer)
        await writer.drain()

    return handler


@dataclass
class EngineServer:
    """An Engine.IO 4 server on bare sockets that joins every namespace and then does what a test tells it.

    ``say`` puts packets into the answer of the waiting GET; ``websocket`` is run on each WebSocket that is opened, and
    without one a WebSocket is refused.
    """

    handshake: Mapping[str, object] = field(default_factory=dict)
    websocket: Script | None = None
    connect_answer: str = '40{"sid":"N"}'
    cookie: str = ""
    requests: list[Request] = field(default_factory=list)
    posts: list[str] = field(default_factory=list)
    sessions: list[asyncio.Queue[str]] = field(default_factory=list)

    def say(self, body: str) -> None:
        self.sessions[-1].put_nowait(body)

    @property
    def open_packet(self) -> str:
        usual = {"sid": f"S{len(self.sessions)}", "upgrades": [], "pingInterval": 25_000, "pingTimeout": 20_000}
        return "0" + json.dumps({**usual, "maxPayload": 1_000_000, **self.handshake})

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            request = await read_request(reader)
            self.requests.append(request)
            if "sec-websocket-key" in request.headers:
                await self._websocket(request, reader, writer)
                return
            cookie = (f"Set-Cookie: {self.cookie}",) if self.cookie else ()
            writer.write(answer("200 OK", await self._polled(request), *cookie))

    async def _polled(self, request: Request) -> str:
        if request.method == "POST":
            self.posts.append(request.body)
            if "40" in request.body.split("\x1e"):
                self.say(self.connect_answer)
            return "ok"
        if "sid=" not in request.target:
            self.sessions.append(asyncio.Queue())
            return self.open_packet
        return await self.sessions[-1].get()

    async def _websocket(self, request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.websocket is None:
            writer.write(answer("403 Forbidden", "no WebSocket here", "X-Why: policy"))
            return
        socket = RawWebSocket(reader, writer)
        socket.accept(request)
        if "sid=" not in request.target:
            socket.send(self.open_packet)
            await socket.expect("40")
            socket.send(self.connect_answer)
        await self.websocket(socket)
        await writer.drain()
