"""HTTP/1.1 by hand: requests and answers as values, with their headers in order and as they were written."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TypeAlias
from urllib.parse import parse_qsl

Headers: TypeAlias = tuple[tuple[str, str], ...]

LARGEST_HEAD = 16 * 1024
"""Bytes; Node's own limit."""
LARGEST_BODY = 4 * 1024 * 1024


class BadRequest(Exception):  # noqa: N818 - says what happened
    """What came is no request, or a larger one than a server takes; ``status`` is the answer to it."""

    def __init__(self, status: int) -> None:
        super().__init__(HTTPStatus(status).phrase)
        self.status = status


@dataclass(frozen=True)
class Request:
    """A request as it came. ``target`` is what stands behind the method: path and query, or more for a proxy."""

    method: str
    target: str
    headers: Headers
    body: bytes = b""

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(self.target.partition("?")[2], keep_blank_values=True))

    @property
    def is_upgrade(self) -> bool:
        """Whether a WebSocket is asked for."""
        wanted = [part.strip().lower() for part in self.get("Connection").split(",")]
        return "upgrade" in wanted and self.get("Upgrade").lower() == "websocket"

    def get(self, name: str) -> str:
        """The first header of that name, in any case; empty if there is none."""
        return _get(self.headers, name)

    def without(self, *names: str) -> Request:
        return replace(self, headers=_without(self.headers, names))

    def encode(self) -> bytes:
        return _encode(f"{self.method} {self.target} HTTP/1.1", self.headers, self.body)


@dataclass(frozen=True)
class Response:
    """An answer. ``encode`` adds the Content-Length, or sends the body as one chunk."""

    status: int
    headers: Headers = ()
    body: bytes = b""
    chunked: bool = False

    def get(self, name: str) -> str:
        return _get(self.headers, name)

    def adding(self, *headers: tuple[str, str]) -> Response:
        return replace(self, headers=(*self.headers, *headers))

    def without(self, *names: str) -> Response:
        return replace(self, headers=_without(self.headers, names))

    def encode(self, *, head_only: bool = False) -> bytes:
        headers = self.headers
        if self.chunked:
            chunk = b"%x\r\n%b\r\n0\r\n\r\n" % (len(self.body), self.body)
            return _encode(_status_line(self.status), (*headers, ("Transfer-Encoding", "chunked")), chunk)
        if self.status >= 200 and self.status != 204 and not self.get("Content-Length"):
            headers = (*headers, ("Content-Length", str(len(self.body))))
        return _encode(_status_line(self.status), headers, b"" if head_only else self.body)


def html(status: int, body: str, *headers: tuple[str, str]) -> Response:
    """An answer with a page."""
    return Response(status, (("Content-Type", "text/html; charset=utf-8"), *headers), body.encode())


def nginx_page(status: int, message: str = "") -> Response:
    """The page that nginx has for a status; with a ``message`` where it says more than the status."""
    heading = f"{status} {_reason(status)}"
    title = f"{status} {message}" if message else heading
    more = f"<center>{message}</center>\r\n" if message else ""
    body = (
        f"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{heading}</h1></center>\r\n"
        f"{more}<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
    )
    return Response(status, (("Server", "nginx"), ("Content-Type", "text/html")), body.encode())


async def read_request(reader: asyncio.StreamReader) -> Request:
    """Raises :exc:`BadRequest`, and :exc:`asyncio.IncompleteReadError` when the client has left."""
    start = await reader.readexactly(1)
    if not start.isalpha():
        raise BadRequest(400)  # a ClientHello, for one: there will be no line to wait for
    try:
        head = start + await reader.readuntil(b"\r\n\r\n")
    except asyncio.LimitOverrunError as error:
        raise BadRequest(431) from error
    first, headers = _parse(head)
    if len(first) != 3 or not first[2].startswith("HTTP/1."):
        raise BadRequest(400)
    size = _get(headers, "Content-Length") or "0"
    if not size.isdecimal() or _get(headers, "Transfer-Encoding"):
        raise BadRequest(411)
    if int(size) > LARGEST_BODY:
        raise BadRequest(413)
    return Request(first[0], first[1], headers, await reader.readexactly(int(size)))


async def read_response(reader: asyncio.StreamReader, method: str) -> Response:
    """The answer of a server that gives a Content-Length, sends chunks, or ends the connection behind the body."""
    first, headers = _parse(await reader.readuntil(b"\r\n\r\n"))
    status = int(first[1])
    size = _get(headers, "Content-Length")
    if status < 200 or status in (204, 304) or method == "HEAD":
        return Response(status, headers)
    if _get(headers, "Transfer-Encoding"):
        return Response(status, _without(headers, ("Transfer-Encoding",)), await _read_chunks(reader))
    return Response(status, headers, await (reader.readexactly(int(size)) if size else reader.read()))


async def _read_chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while size := int(await reader.readline(), 16):
        body += await reader.readexactly(size)
        await reader.readline()
    await reader.readline()
    return body


def _parse(head: bytes) -> tuple[list[str], Headers]:
    first, *lines = head.decode("latin-1").rstrip("\r\n").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return first.split(" ", 2), tuple((name, value.strip()) for name, _colon, value in pairs)


def _get(headers: Headers, name: str) -> str:
    return next((value for found, value in headers if found.lower() == name.lower()), "")


def _without(headers: Headers, names: tuple[str, ...]) -> Headers:
    unwanted = {name.lower() for name in names}
    return tuple((name, value) for name, value in headers if name.lower() not in unwanted)


def _reason(status: int) -> str:
    # Node's words, where they are not Python's.
    special = {413: "Payload Too Large", 414: "URI Too Long", 431: "Request Header Fields Too Large"}
    known = status in HTTPStatus.__members__.values()
    return special.get(status) or (HTTPStatus(status).phrase if known else "Unknown")


def _status_line(status: int) -> str:
    return f"HTTP/1.1 {status} {_reason(status)}"


def _encode(first: str, headers: Headers, body: bytes) -> bytes:
    lines = [first, *(f"{name}: {value}" for name, value in headers), "", ""]
    return "\r\n".join(lines).encode("latin-1", "replace") + body
