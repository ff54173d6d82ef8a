"""Carry the bytes of a connection to another port, and back, without looking at them."""

from __future__ import annotations

import asyncio
import contextlib

from wsgui.lab.raw.listener import CLIENT_LEFT, Connection
from wsgui.lab.server import HOST


async def relay(connection: Connection, port: int, first: bytes = b"") -> None:
    """Until either side ends. ``first`` has been read already."""
    behind = Connection(*await asyncio.open_connection(HOST, port))
    try:
        await behind.send(first)
        await carry_both_ways(connection, behind)
    finally:
        behind.writer.transport.abort()


async def carry_both_ways(one: Connection, other: Connection) -> None:
    """Until either side ends; then both have."""
    async with asyncio.TaskGroup() as both:
        both.create_task(_carry(one, other))
        both.create_task(_carry(other, one))


async def _carry(source: Connection, target: Connection) -> None:
    with contextlib.suppress(*CLIENT_LEFT):
        while data := await source.reader.read(1 << 16):
            await target.send(data)
    target.writer.close()
