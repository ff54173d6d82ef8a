"""A web page that appends a row per event, in the same flood.

``flooded_page URL EVENTS BYTES RATE FOLLOWED PATIENCE``. FOLLOWED is ``each event`` or ``each frame``: when the page
scrolls to its end. After PATIENCE seconds what has not come counts as lost.
"""

from __future__ import annotations

import asyncio
import json
import sys

from benchmarks.processes import HERE
from tests.interop.chromium import chromium


async def flood(url: str, events: int, size: int, rate: float, followed: str, patience: float) -> dict[str, object]:
    """The figures of one flood, in a browser of its own."""
    wanted = {"n": events, "size": size, "rate": rate}
    async with chromium("--window-size=1280,800") as page:
        await page.open((HERE / "flooded_page.html").as_uri())
        await page.evaluate(f"load({json.dumps(url)})")
        figures: dict[str, object] = await page.evaluate(
            f"flood({json.dumps(url)}, {json.dumps(wanted)}, {json.dumps(followed)}, {patience})"
        )
    return figures


def main() -> None:
    url, events, size, rate, followed, patience = sys.argv[1:]
    print(json.dumps(asyncio.run(flood(url, int(events), int(size), float(rate), followed, float(patience)))))


if __name__ == "__main__":
    main()
