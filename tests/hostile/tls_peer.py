"""A TLS server whose every flight goes through one ``write``: it can end, lie or crawl between any two of them."""

from __future__ import annotations

import asyncio
import ssl
from typing import cast

from tests.net.raw_server import Handler


class TlsWriter:
    """The part of a ``StreamWriter`` that servers of tests use. ``crawls``: a record for each byte."""

    def __init__(
        self, tls: ssl.SSLObject, outgoing: ssl.MemoryBIO, under: asyncio.StreamWriter, *, crawls: bool
    ) -> None:
        self.under = under
        self._tls = tls
        self._outgoing = outgoing
        self._crawls = crawls

    def write(self, data: bytes) -> None:
        for piece in (data[place : place + 1] for place in range(len(data))) if self._crawls else (data,):
            self._tls.write(piece)
            self.flush()

    def flush(self) -> None:
        if self._outgoing.pending:
            self.under.write(self._outgoing.read())

    async def drain(self) -> None:
        await self.under.drain()


def over_tls(context: ssl.SSLContext, handler: Handler, *, crawls: bool = False) -> Handler:
    """``handler`` behind TLS. It says no goodbye of TLS (close_notify) at its end."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        tls = context.wrap_bio(incoming, outgoing, server_side=True)
        secured = TlsWriter(tls, outgoing, writer, crawls=crawls)
        while True:
            try:
                tls.do_handshake()
            except ssl.SSLWantReadError:
                secured.flush()
            except ssl.SSLError:  # the client refuses us, and has said so
                return
            else:
                break
            if not (data := await reader.read(1 << 16)):
                return
            incoming.write(data)
        secured.flush()
        content = asyncio.StreamReader()

        async def pump() -> None:
            while True:
                try:
                    while data := tls.read(1 << 16):
                        content.feed_data(data)
                    break
                except ssl.SSLWantReadError:
                    pass
                except ssl.SSLError:
                    break
                if not (data := await reader.read(1 << 16)):
                    break
                incoming.write(data)
            content.feed_eof()

        async with asyncio.TaskGroup() as group:
            pumping = group.create_task(pump())
            try:
                await handler(content, cast("asyncio.StreamWriter", secured))
            finally:
                pumping.cancel()

    async def alone(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await serve(reader, writer)
        except* (ConnectionError, asyncio.IncompleteReadError) as group:
            error: BaseException = group
            while isinstance(error, BaseExceptionGroup):
                error = error.exceptions[0]
            raise error from None

    return alone
