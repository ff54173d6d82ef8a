"""wsgui's session without a window, connecting again and again: ``connecting_session URL TIMES TRANSPORT...``.

Prints the seconds from ``open`` to each ``connect``. Without a transport the options are the default ones.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Mapping, Sequence

from wsgui.core.address import read_address
from wsgui.core.records import Kind, Record
from wsgui.net.session import Target
from wsgui.net.socketio_session import SocketioSession
from wsgui.net.tap import Tap

PATIENCE_SECONDS = 10.0


async def connect(url: str, options: Mapping[str, list[str]]) -> float:
    """The seconds of one connection, which is closed again."""
    joined: asyncio.Future[float] = asyncio.get_running_loop().create_future()

    def take(records: Sequence[Record]) -> None:
        if records[0].kind is Kind.CONNECT:
            joined.set_result(time.perf_counter())

    session = SocketioSession(Target(read_address(url), dict(options)), Tap(take))
    began = time.perf_counter()
    session.open()
    async with asyncio.timeout(PATIENCE_SECONDS):
        took = await joined - began
    await session.close()
    return took


async def connect_often(url: str, times: int, transports: Sequence[str]) -> list[float]:
    options = {"transports": list(transports)} if transports else {}
    return [await connect(url, options) for _ in range(times)]


def main() -> None:
    url, times, *transports = sys.argv[1:]
    print(json.dumps(asyncio.run(connect_often(url, int(times), transports))))


if __name__ == "__main__":
    main()
