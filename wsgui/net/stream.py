"""The bytes of one TCP connection, with or without TLS, and nothing that looks into them."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable

from wsgui.core.i18n import _

_MOST_UNREAD = 1 << 16
"""Bytes that may wait; beyond them the socket is not read, so that a fast server waits and not our memory fills."""

MOST_ANSWERS = 1000
"""Answers to pings that may wait for a server that reads nothing: with a flood of pings it must not fill memory."""


class Stream(asyncio.Protocol):
    """What has come is had with :meth:`read`, by one reader at a time."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.lost: Exception | None = None
        """Why the connection ended, where the system said so."""
        self._chunks: list[bytes] = []
        self._unread = 0
        self._ended = False
        self._paused = False
        self.note: Callable[[str], None] = lambda text: None
        """Tells the log what is not on the wire."""
        self._clogged = False
        self._waiting_answers = 0
        self._news: asyncio.Future[None] | None = None
        self._gone: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    @property
    def has_ended(self) -> bool:
        """Whether the other side has nothing more to say; what it said may still be unread."""
        return self._ended

    async def read(self) -> bytes:
        """All that has come, at least a byte; empty at the end of the connection."""
        if not self._chunks and not self._ended:
            self._news = asyncio.get_running_loop().create_future()
            try:
                await self._news
            finally:
                self._news = None
        chunks = self._chunks
        data = chunks[0] if len(chunks) == 1 else b"".join(chunks)
        self._chunks, self._unread = [], 0
        if self._paused and self.transport is not None:
            self._paused = False
            self.transport.resume_reading()
        return data

    def unread(self, data: bytes) -> None:
        """Put back what the next reader must have."""
        if data:
            self._chunks.insert(0, data)

    def write(self, data: bytes) -> None:
        """Send ``data``; lost without a word if the connection is, which the reader learns."""
        if self.transport is not None:
            self.transport.write(data)

    def takes_answer(self) -> bool:
        """Whether one more ping is to be answered. Asked for each of them."""
        self._waiting_answers = self._waiting_answers + 1 if self._clogged else 0
        if self._waiting_answers == MOST_ANSWERS:
            self.note(unread_answers())
        return self._waiting_answers < MOST_ANSWERS

    def close(self) -> None:
        """Hang up at once. TLS says no goodbye: a server may keep us waiting half a minute for its own."""
        if self.transport is None:
            return
        if self.transport.get_extra_info("sslcontext"):
            self.transport.abort()
        else:
            self.transport.close()

    async def wait_closed(self) -> None:
        """Until the system has let go of the socket."""
        await asyncio.shield(self._gone)

    # What asyncio calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        plug = transport.get_extra_info("socket")
        if plug is not None:
            # asyncio does it for sockets that name their protocol only. Without it each second packet waits 40 ms for
            # the acknowledgement of the first.
            plug.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def data_received(self, data: bytes) -> None:
        self._chunks.append(data)
        self._unread += len(data)
        if self._unread > _MOST_UNREAD and not self._paused and self.transport is not None:
            self._paused = True
            self.transport.pause_reading()
        self._wake()

    def pause_writing(self) -> None:
        self._clogged = True

    def resume_writing(self) -> None:
        self._clogged = False

    def eof_received(self) -> None:
        self._ended = True
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        self.transport = None
        self.lost = exc
        self._ended = True
        self._wake()
        if not self._gone.done():
            self._gone.set_result(None)

    def _wake(self) -> None:
        if self._news is not None and not self._news.done():
            self._news.set_result(None)


def unread_answers() -> str:
    """What is said when :data:`MOST_ANSWERS` wait."""
    text = _(
        "The server sends pings and reads nothing: {n:,} answers wait. Until it reads, its pings are not answered."
    )
    return text.format(n=MOST_ANSWERS)
