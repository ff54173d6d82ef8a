"""The window, connected and left alone. ``idle_window URL SECONDS [PANE ...]`` with these panes shown as well."""

from __future__ import annotations

import asyncio
import json
import sys
import time

from wsgui.app import create
from wsgui.ui.window import Window

CALM_SHARE = 0.05
"""The start is over when a second takes less of a core than this; the benchmark asks for much less."""
PATIENCE_SECONDS = 30.0


async def idle(window: Window, url: str, seconds: float, panes: list[str]) -> dict[str, float]:
    """CPU seconds, of all threads, and the seconds they were used in."""
    window.show()
    for pane in panes:
        window.tab.pages.show_page(pane)
    window.tab.connect_to(url)
    async with asyncio.timeout(PATIENCE_SECONDS):
        while window.tab.status.transport != "websocket":  # noqa: ASYNC110 - what a widget shows has no event
            await asyncio.sleep(0.05)
        while await cpu_during(1.0) > CALM_SHARE:
            pass
    began = time.perf_counter()
    cpu = await cpu_during(seconds)
    took = time.perf_counter() - began
    assert window.tab.status.transport == "websocket", "the connection was lost"
    window.close()
    await window.closed.wait()
    return {"seconds": took, "cpu": cpu}


async def cpu_during(seconds: float) -> float:
    began = time.process_time()
    await asyncio.sleep(seconds)
    return time.process_time() - began


def main() -> None:
    url, seconds, *panes = sys.argv[1:]
    _application, loop, window = create([])
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        print(json.dumps(runner.run(idle(window, url, float(seconds), panes))))


if __name__ == "__main__":
    main()
