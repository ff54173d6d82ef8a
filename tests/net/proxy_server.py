"""Small proxies on bare sockets, that refuse on demand and keep what they were asked."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import socket
import struct
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tests.net.raw_server import Request, answer, read_request

REALM = 'Proxy-Authenticate: Basic realm="here"'


async def splice(
    near: tuple[asyncio.StreamReader, asyncio.StreamWriter], far: tuple[asyncio.StreamReader, asyncio.StreamWriter]
) -> None:
    """Carry bytes both ways until both sides have ended."""

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(1 << 16):
                writer.write(data)
                await writer.drain()
        writer.close()

    try:
        await asyncio.gather(carry(near[0], far[1]), carry(far[0], near[1]))
    finally:
        far[1].close()


@dataclass
class HttpProxy:
    """CONNECT for tunnels, and plain requests by their whole URL. ``credentials``: ``user:password`` that it wants."""

    credentials: str = ""
    scheme: str = REALM
    refusal: bytes = b""
    """What it answers to everybody, whatever is asked."""
    requests: list[Request] = field(default_factory=list)

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            request = await read_request(reader)
            self.requests.append(request)
            if self.refusal:
                writer.write(self.refusal)
            elif not self._knows(request):
                writer.write(answer("407 Proxy Authentication Required", "Who are you?", self.scheme))
            elif request.method == "CONNECT":
                host, _colon, port = request.target.rpartition(":")
                far = await asyncio.open_connection(host.strip("[]"), int(port))
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
                await splice((reader, writer), far)
                return
            else:
                writer.write(await self._forward(request))

    def _knows(self, request: Request) -> bool:
        wanted = "Basic " + base64.b64encode(self.credentials.encode()).decode()
        return not self.credentials or request.headers.get("proxy-authorization") == wanted

    async def _forward(self, request: Request) -> bytes:
        url = urlsplit(request.target)
        reader, writer = await asyncio.open_connection(url.hostname, url.port)
        own = ("proxy-", "connection")
        headers = [f"{name}: {value}" for name, value in request.headers.items() if not name.startswith(own)]
        lines = [f"{request.method} {url.path}?{url.query} HTTP/1.1", *headers, "", request.body]
        writer.write("\r\n".join(lines).encode())
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            size = int(head.partition(b"Content-Length: ")[2].partition(b"\r\n")[0])
            return head + await reader.readexactly(size)
        finally:
            writer.close()


@dataclass
class SocksProxy:
    """SOCKS 4, 4a and 5. ``reply``: the code it answers a request with, other than success."""

    credentials: str = ""
    reply: int = 0
    asked: list[tuple[int, str]] = field(default_factory=list)
    """The version, and the server as it was named: by address or by name."""

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        (version,) = await reader.readexactly(1)
        serve = {4: self._serve_4, 5: self._serve_5}[version]
        await serve(reader, writer)

    async def _serve_4(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _command, port, address = struct.unpack("!BH4s", await reader.readexactly(7))
        await reader.readuntil(b"\0")
        host = socket.inet_ntoa(address)
        if host.startswith("0.0.0.") and host != "0.0.0.0":
            host = (await reader.readuntil(b"\0"))[:-1].decode()
        self.asked.append((4, host))
        writer.write(struct.pack("!BBHI", 0, self.reply or 90, 0, 0))
        if not self.reply:
            await splice((reader, writer), await asyncio.open_connection(host, port))

    async def _serve_5(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        methods = await reader.readexactly((await reader.readexactly(1))[0])
        method = 2 if self.credentials else 0
        writer.write(bytes([5, method if method in methods else 0xFF]))
        if method not in methods:
            return
        if self.credentials and not await self._lets_in(reader, writer):
            return
        _version, _command, _reserved, kind = await reader.readexactly(4)
        if kind == 3:
            host = (await reader.readexactly((await reader.readexactly(1))[0])).decode()
        else:
            family, size = {1: (socket.AF_INET, 4), 4: (socket.AF_INET6, 16)}[kind]
            host = socket.inet_ntop(family, await reader.readexactly(size))
        port = int.from_bytes(await reader.readexactly(2), "big")
        self.asked.append((5, host))
        writer.write(bytes([5, self.reply, 0, 1, 0, 0, 0, 0, 0, 0]))
        if not self.reply:
            await splice((reader, writer), await asyncio.open_connection(host, port))

    async def _lets_in(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        await reader.readexactly(1)
        user, password = [(await reader.readexactly((await reader.readexactly(1))[0])).decode() for _part in range(2)]
        known = f"{user}:{password}" == self.credentials
        writer.write(bytes([1, 0 if known else 1]))
        return known
