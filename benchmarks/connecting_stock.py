"""A stock ``socketio.AsyncClient``, connecting again and again: ``connecting_stock URL TIMES TRANSPORT...``."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Sequence

import socketio

PATIENCE_SECONDS = 10.0


async def connect(url: str, transports: Sequence[str]) -> float:
    """The seconds from ``connect`` to the event of that name; the connection is closed again."""
    joined: asyncio.Future[float] = asyncio.get_running_loop().create_future()
    client = socketio.AsyncClient()
    client.on("connect", lambda: joined.set_result(time.perf_counter()))
    began = time.perf_counter()
    await client.connect(url, transports=list(transports) or None)
    async with asyncio.timeout(PATIENCE_SECONDS):
        took = await joined - began
    await client.disconnect()
    return took


async def connect_often(url: str, times: int, transports: Sequence[str]) -> list[float]:
    return [await connect(url, transports) for _ in range(times)]


def main() -> None:
    url, times, *transports = sys.argv[1:]
    print(json.dumps(asyncio.run(connect_often(url, int(times), transports))))


if __name__ == "__main__":
    main()
