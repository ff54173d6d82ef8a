"""A TCP proxy that keeps every byte, and that can cut, go down, come back, or hold back what the server says."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from tests.interop.parity.wire import Exchange, Stream, read_connection


@dataclass
class _Connection:
    client: asyncio.StreamWriter
    server: asyncio.StreamWriter
    out: Stream = field(default_factory=Stream)
    back: Stream = field(default_factory=Stream)


class Recorder:
    """Stands in front of ``127.0.0.1:upstream``."""

    def __init__(self, upstream: int) -> None:
        self.port = 0
        self._upstream = upstream
        self._listening: asyncio.Server | None = None
        self._connections: list[_Connection] = []
        self._running: set[asyncio.Task[object]] = set()
        self._numbers = itertools.count()
        self._may_answer = asyncio.Event()
        self._may_answer.set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def idle(self) -> bool:
        """Whether no client is connected."""
        return not self._running

    def exchanges(self) -> list[Exchange]:
        """All that was said so far, in the order in which the requests began."""
        found = [exchange for each in self._connections for exchange in read_connection(each.out, each.back)]
        return sorted(found, key=lambda exchange: exchange.when)

    async def up(self) -> None:
        self._listening = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._listening.sockets[0].getsockname()[1]

    async def down(self) -> None:
        """As a crashed server: nothing listens any more, connections break."""
        if self._listening:
            self._listening.close()
        self._listening = None
        await self.cut()

    async def cut(self) -> None:
        """Break all connections, without a word of either protocol."""
        for connection in self._connections:
            connection.client.transport.abort()
            connection.server.transport.abort()

    async def mute(self) -> None:
        """Hold back what the server says, until ``speak``."""
        self._may_answer.clear()

    async def speak(self) -> None:
        self._may_answer.set()

    async def do(self, word: str) -> None:
        """What a case tells the recorder by name."""
        await {"up": self.up, "down": self.down, "cut": self.cut, "mute": self.mute, "speak": self.speak}[word]()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._running.add(task)
        try:
            back_reader, back_writer = await asyncio.open_connection("127.0.0.1", self._upstream)
            connection = _Connection(writer, back_writer)
            self._connections.append(connection)
            await asyncio.gather(
                self._pump(reader, back_writer, connection.out, None),
                self._pump(back_reader, writer, connection.back, self._may_answer),
            )
            connection.client.close()
            connection.server.close()
        finally:
            self._running.discard(task)

    async def _pump(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, stream: Stream, gate: asyncio.Event | None
    ) -> None:
        try:
            while chunk := await reader.read(1 << 16):
                if gate:
                    await gate.wait()
                stream.feed(chunk, next(self._numbers))
                writer.write(chunk)
        except ConnectionError:
            writer.transport.abort()  # one side broke; the other is told in the same way
        else:
            # Only this direction has ended: what the other side still says is said to nobody, and yet was said.
            with contextlib.suppress(OSError):  # nobody is there to hear it
                writer.write_eof()


@asynccontextmanager
async def recorder(upstream: int) -> AsyncIterator[Recorder]:
    """A recorder that listens, and is gone at the end."""
    running = Recorder(upstream)
    await running.up()
    try:
        yield running
    finally:
        await running.down()
        await running.speak()
        while running._running:
            await asyncio.wait(set(running._running))
