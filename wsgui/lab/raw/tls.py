"""TLS in front of a server on another port, over OpenSSL's own buffers.

asyncio's TLS cuts the connection when a handshake fails, and with it the alert that says why. Here the alert is sent.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl

from wsgui.lab.raw.listener import CLIENT_LEFT, Connection
from wsgui.lab.server import HOST

CHUNK = 1 << 14
"""Bytes; the most that one record of TLS holds."""


class TlsConnection:
    """The server's end of TLS on a connection."""

    def __init__(self, connection: Connection, context: ssl.SSLContext) -> None:
        self._connection = connection
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_side=True)

    async def shake_hands(self, first: bytes = b"") -> None:
        """Finish the handshake; ``first`` has been read already. Raises :exc:`ssl.SSLError`, and the alert is sent."""
        self._incoming.write(first)
        while True:
            try:
                self._tls.do_handshake()
            except ssl.SSLWantReadError:
                await self._fill()
            else:
                return
            finally:
                await self._flush()

    async def read(self) -> bytes:
        """What has come, in the clear; nothing is the end."""
        while True:
            try:
                return self._tls.read(CHUNK)
            except ssl.SSLWantReadError:
                await self._flush()
                if not await self._fill():
                    return b""
            except ssl.SSLZeroReturnError:
                return b""

    async def write(self, data: bytes) -> None:
        for place in range(0, len(data), CHUNK):
            self._tls.write(data[place : place + CHUNK])
            await self._flush()

    async def end(self) -> None:
        """Say in TLS that nothing more comes."""
        with contextlib.suppress(ssl.SSLError):  # the client's own end is not waited for
            self._tls.unwrap()
        await self._flush()

    async def _fill(self) -> bool:
        await self._flush()
        data = await self._connection.reader.read(CHUNK)
        if data:
            self._incoming.write(data)
        else:
            self._incoming.write_eof()
        return bool(data)

    async def _flush(self) -> None:
        if self._outgoing.pending:
            await self._connection.send(self._outgoing.read())


async def terminate(connection: Connection, context: ssl.SSLContext, port: int) -> None:
    """Carry what comes over TLS to the server at ``port`` in the clear, and back."""
    tls = TlsConnection(connection, context)
    await tls.shake_hands()
    behind = Connection(*await asyncio.open_connection(HOST, port))
    try:
        async with asyncio.TaskGroup() as both:
            both.create_task(_inward(tls, behind))
            both.create_task(_outward(behind, tls, connection))
    finally:
        behind.writer.transport.abort()


async def _inward(tls: TlsConnection, behind: Connection) -> None:
    with contextlib.suppress(*CLIENT_LEFT):
        while data := await tls.read():
            await behind.send(data)
    behind.writer.close()


async def _outward(behind: Connection, tls: TlsConnection, connection: Connection) -> None:
    with contextlib.suppress(*CLIENT_LEFT):
        while data := await behind.reader.read(CHUNK):
            await tls.write(data)
        await tls.end()
    connection.writer.close()
