"""The server's end of a WebSocket (RFC 6455), by hand and frame by frame.

Nothing here comes from ``core``, whose codec the tester uses: a bug of it would look right from both ends.
"""

from __future__ import annotations

import base64
import hashlib
from itertools import cycle
from typing import NamedTuple, NoReturn

from wsgui.lab.raw.http import Headers, Request, Response
from wsgui.lab.raw.listener import Connection

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
NO_CODE = 1005
"""The code, for the reader, of a close frame without one."""

_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


class Ended(EOFError):  # noqa: N818 - says what happened
    """The WebSocket has ended with a close frame; ``code`` is the one that the client sent or was sent."""

    def __init__(self, code: int) -> None:
        super().__init__(f"closed with {code}")
        self.code = code


class ClientFrame(NamedTuple):
    """A frame as it came: ``payload`` is still masked."""

    first: int
    mask: bytes
    payload: bytes


def mask(data: bytes, key: bytes) -> bytes:
    """``data`` masked, or unmasked if it was."""
    return bytes(byte ^ part for byte, part in zip(data, cycle(key), strict=False))


def frame(opcode: int, payload: bytes = b"", *, fin: bool = True, rsv: int = 0, key: bytes = b"") -> bytes:
    """A frame. ``rsv`` has RSV1 as 4, RSV2 as 2, RSV3 as 1; with a ``key`` it is masked, as only a client may."""
    first = (0x80 if fin else 0) | rsv << 4 | opcode
    second = 0x80 if key else 0
    size = len(payload)
    if size < 126:
        head = bytes([first, second | size])
    elif size < 1 << 16:
        head = bytes([first, second | 126, *size.to_bytes(2, "big")])
    else:
        head = bytes([first, second | 127, *size.to_bytes(8, "big")])
    return head + key + (mask(payload, key) if key else payload)


def close_frame(code: int, reason: str = "") -> bytes:
    """A close frame with any code, legal or not."""
    return frame(CLOSE, code.to_bytes(2, "big") + reason.encode())


def switching(request: Request, *headers: tuple[str, str]) -> Response:
    """The 101 to a request, as it should be."""
    digest = hashlib.sha1(request.get("Sec-WebSocket-Key").encode() + _GUID).digest()  # noqa: S324 - RFC 6455, 4.2.2
    accept: Headers = (
        ("Upgrade", "websocket"),
        ("Connection", "Upgrade"),
        ("Sec-WebSocket-Accept", base64.b64encode(digest).decode()),
    )
    return Response(101, (*accept, *headers))


class WebSocket:
    """Messages over a connection that has been switched. ``limit``: the largest message in bytes."""

    def __init__(self, connection: Connection, limit: int = 1_000_000) -> None:
        self.connection = connection
        self._limit = limit

    async def send(self, message: str | bytes) -> None:
        if isinstance(message, str):
            await self.connection.send(frame(TEXT, message.encode()))
        else:
            await self.connection.send(frame(BINARY, message))

    async def receive(self) -> str | bytes:
        """The next message; pings are answered meanwhile. Raises :exc:`Ended`, and ``EOFError`` without a close."""
        opcode, parts = 0, b""
        while True:
            first, payload = await self._read()
            kind = first & 0xF
            if kind == PING:
                await self.connection.send(frame(PONG, payload))
            if kind in (PING, PONG):
                continue
            if first & 0x70 or kind not in (0, TEXT, BINARY) or (kind == 0) != bool(opcode):
                await self.fail(1002)
            opcode, parts = opcode or kind, parts + payload
            if len(parts) > self._limit:
                await self.fail(1009)
            if first & 0x80:
                return parts if opcode == BINARY else await self._text(parts)

    async def read_frame(self) -> ClientFrame:
        """The next frame, whatever it is. Raises ``EOFError`` when the client has left."""
        reader = self.connection.reader
        first, second = await reader.readexactly(2)
        size = second & 0x7F
        if size > 125:
            size = int.from_bytes(await reader.readexactly(2 if size == 126 else 8), "big")
        if size > self._limit:
            await self.fail(1009)
        if not second & 0x80:
            await self.fail(1002)
        return ClientFrame(first, await reader.readexactly(4), await reader.readexactly(size))

    async def fail(self, code: int) -> NoReturn:
        """Say goodbye with this code. Raises :exc:`Ended`."""
        await self.connection.send(close_frame(code))
        raise Ended(code)

    async def _read(self) -> tuple[int, bytes]:
        """The next frame's first byte and its payload; a close frame is answered and raised."""
        first, key, masked = await self.read_frame()
        payload = mask(masked, key)
        if first & 0xF == CLOSE:
            await self.connection.send(frame(CLOSE, payload[:2]))
            raise Ended(int.from_bytes(payload[:2], "big") if payload else NO_CODE)
        return first, payload

    async def _text(self, data: bytes) -> str:
        try:
            return data.decode()
        except UnicodeDecodeError:
            await self.fail(1007)
