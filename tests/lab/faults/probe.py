"""Bytes out, bytes in: a prober that knows neither the tester nor the lab."""

from __future__ import annotations

import asyncio
import os
import re
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple
from urllib.parse import urlsplit

LIMIT = 10.0  # seconds after which a wait has failed
POLLING = "/socket.io/?EIO=4&transport=polling"
WEBSOCKET = "/socket.io/?EIO=4&transport=websocket"
KEY = "dGhlIHNhbXBsZSBub25jZQ=="
ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="  # to that key, RFC 6455, 1.3
OPEN = rb'\x81\x7e..0\{"sid":"[^"]+".*?\}|\x81.0\{"sid":"[^"]+".*?\}'


class Line:
    """A connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer
        self.came = b""

    async def say(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def until(self, pattern: bytes) -> re.Match[bytes]:
        """Read until all that has come since the last call begins with the pattern; take that off."""
        async with asyncio.timeout(LIMIT):
            while (match := re.match(pattern, self.came, re.DOTALL)) is None:
                data = await self.reader.read(1 << 16)
                assert data, f"the end has come after {self.came!r}"
                self.came += data
        self.came = self.came[match.end() :]
        return match

    async def rest(self) -> bytes:
        """Read to the end; an RST is an end too."""
        async with asyncio.timeout(LIMIT):
            try:
                while data := await self.reader.read(1 << 16):
                    self.came += data
            except ConnectionResetError:
                self.came += b"<RST>"
        return self.came

    async def answer(self) -> Answer:
        """Read an HTTP answer that has a Content-Length, or one chunk, or ends the connection."""
        head = (await self.until(rb".*?\r\n\r\n"))[0].decode("latin-1")
        lines = head.rstrip().split("\r\n")
        headers = [(name.lower(), value.strip()) for name, _colon, value in (line.partition(":") for line in lines[1:])]
        size = dict(headers).get("content-length")
        status = int(lines[0].split(" ")[1])
        if status in (101, 204):
            return Answer(status, headers, b"")
        if "transfer-encoding" in dict(headers):
            chunk = await self.until(rb"([0-9a-f]+)\r\n(.*?)\r\n0\r\n\r\n")
            assert len(chunk[2]) == int(chunk[1], 16)
            return Answer(status, headers, chunk[2])
        if size is None:
            return Answer(status, headers, await self.rest())
        return Answer(status, headers, (await self.until(rb".{%d}" % int(size)))[0])


class Answer(NamedTuple):
    """An HTTP answer; the names of the headers are in lower case."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def all(self, name: str) -> list[str]:
        return [value for found, value in self.headers if found == name]


@asynccontextmanager
async def dial(url: str, tls: ssl.SSLContext | None = None) -> AsyncIterator[Line]:
    """A connection to the server of a URL, with TLS if a context for it is given."""
    parts = urlsplit(url)
    assert parts.hostname is not None
    async with asyncio.timeout(LIMIT):
        reader, writer = await asyncio.open_connection(
            parts.hostname, parts.port, ssl=tls, server_hostname=parts.hostname if tls else None
        )
    try:
        yield Line(reader, writer)
    finally:
        writer.transport.abort()


def get(target: str = POLLING, *headers: str, method: str = "GET", body: bytes = b"") -> bytes:
    """The bytes of a request that is the only one on its connection."""
    length = [f"Content-Length: {len(body)}"] if body else []
    return _request(method, target, "Connection: close", *headers, *length) + body


def options(target: str = POLLING, *headers: str) -> bytes:
    """The bytes of a preflight for a header of the page's own."""
    wanted = ("Access-Control-Request-Method: GET", "Access-Control-Request-Headers: x-client-version")
    return get(target, *wanted, *headers, method="OPTIONS")


def upgrade(target: str = WEBSOCKET, *headers: str) -> bytes:
    """The bytes of a WebSocket handshake."""
    wanted = ("Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", f"Sec-WebSocket-Key: {KEY}")
    return _request("GET", target, *wanted, *headers)


def _request(method: str, target: str, *headers: str) -> bytes:
    return "\r\n".join([f"{method} {target} HTTP/1.1", "Host: lab", *headers, "", ""]).encode()


async def ask(url: str, request: bytes, tls: ssl.SSLContext | None = None) -> Answer:
    """The answer to a request on a connection of its own."""
    async with dial(url, tls) as line:
        await line.say(request)
        return await line.answer()


async def new_session(url: str, *headers: str) -> str:
    """Open a session over polling; its id."""
    answer = await ask(url, get(POLLING, *headers))
    match = re.match(rb'0\{"sid":"([^"]+)"', answer.body)
    assert match, answer
    return match[1].decode()


def post(sid: str, body: bytes = b"40", *headers: str) -> bytes:
    return get(f"{POLLING}&sid={sid}", "Content-Type: text/plain;charset=UTF-8", *headers, method="POST", body=body)


def masked(opcode: int, payload: bytes) -> bytes:
    """A frame as a client sends it."""
    assert len(payload) < 126
    key = os.urandom(4)
    hidden = bytes(byte ^ key[place % 4] for place, byte in enumerate(payload))
    return bytes([0x80 | opcode, 0x80 | len(payload)]) + key + hidden
