"""A server that does well up to one step of its conversation, and then what no server should.

A step is one thing that the server says: an answer, a handshake, a frame. The connection that says it ends there,
before it, in the middle of it or behind it; the other connections of the server go on.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from dataclasses import dataclass, field
from enum import Enum
from typing import cast

from tests.net.raw_server import Handler


class Part(Enum):
    """How much of the step is said."""

    NOTHING = 0.0
    HALF = 0.5
    ALL = 1.0


class Ending(Enum):
    """What happens then."""

    RESET = "reset"
    CLOSE = "close"
    HALF_CLOSE = "half-close"
    """The server says that it has nothing more to say, and goes on to listen."""
    SILENCE = "silence"
    """Nothing happens any more."""


@dataclass(frozen=True)
class Cut:
    """``step`` counts from 0."""

    step: int
    part: Part
    ending: Ending


class CutError(ConnectionError):
    """The connection has come to the step at which it ends."""


@dataclass
class Line:
    """The steps of a whole server, over all its connections."""

    cut: Cut | None = None
    steps: list[bytes] = field(default_factory=list)
    """What was really said of each."""
    cut_short: bytes = b""
    """What was said on the connection that was cut."""
    dribbles: bool = False
    """Whether each byte is written alone."""
    happened: asyncio.Event = field(default_factory=asyncio.Event)
    """The cut."""

    def through(self, handler: Handler) -> Handler:
        """``handler``, whose connections go as this line says."""

        async def cutting(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                await handler(reader, cast("asyncio.StreamWriter", Scissors(writer, self)))
            except CutError:
                assert self.cut is not None
                await end(self.cut.ending, reader, writer)

        return cutting

    @property
    def said(self) -> bytes:
        return b"".join(self.steps)


class Scissors:
    """The part of a ``StreamWriter`` that servers of tests use."""

    def __init__(self, writer: asyncio.StreamWriter, line: Line) -> None:
        self._writer = writer
        self._line = line
        self._said: list[bytes] = []
        writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def write(self, data: bytes) -> None:
        line, cut = self._line, self._line.cut
        number = len(line.steps)
        ends = cut is not None and number == cut.step
        if cut is not None and ends:
            data = data[: int(len(data) * cut.part.value)]
        line.steps.append(data)
        self._said.append(data)
        for piece in (data[place : place + 1] for place in range(len(data))) if line.dribbles else (data,):
            self._writer.write(piece)  # to the system at once, as long as its buffer is not full
        if ends:
            line.cut_short = b"".join(self._said)
            line.happened.set()
            raise CutError

    async def drain(self) -> None:
        await self._writer.drain()

    def close(self) -> None:
        self._writer.close()


async def end(ending: Ending, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Let a connection end so. Where it does not end, take what comes until the client leaves."""
    if ending is Ending.RESET:
        reset(writer)
        return
    await writer.drain()
    if ending is Ending.CLOSE:
        return
    if ending is Ending.HALF_CLOSE:
        writer.write_eof()
    await reader.read()


def reset(writer: asyncio.StreamWriter) -> None:
    """Cut the connection with an RST."""
    plug = writer.get_extra_info("socket")
    plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
