"""A stock ``socketio.AsyncClient`` in the same flood, on plain asyncio.

``flooded_stock URL TRANSPORT EVENTS BYTES``. Its handler is the cheapest one that the library
takes: a plain function that keeps the number.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time

import socketio

PATIENCE_SECONDS = 120.0


async def flood(url: str, transport: str, events: int, size: int) -> dict[str, float]:
    """The figures of one flood."""
    numbers: list[int] = []
    finished = asyncio.Event()
    client = socketio.AsyncClient()

    def tick(data: dict[str, int]) -> None:
        numbers.append(data["seq"])
        if len(numbers) == events:
            finished.set()

    client.on("tick", tick)
    await client.connect(url, transports=[transport])
    began, cpu = time.perf_counter(), time.process_time()
    await client.emit("flood", {"n": events, "size": size})
    async with asyncio.timeout(PATIENCE_SECONDS):
        await finished.wait()
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    await client.disconnect()
    lost = sum(number != place for place, number in enumerate(numbers, 1))
    return {"seconds": seconds, "cpu": cpu, "lost": lost}


def main() -> None:
    url, transport, events, size = sys.argv[1:]
    print(json.dumps(asyncio.run(flood(url, transport, int(events), int(size)))))


if __name__ == "__main__":
    main()
