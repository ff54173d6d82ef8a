"""The window with many profiles: opening the panel, and searching in it. ``profiles_window PROFILES``."""

from __future__ import annotations

import asyncio
import json
import sys
import time

from benchmarks.flooded_window import Pulse
from wsgui.app import create
from wsgui.core.option_values import OptionValues
from wsgui.core.profiles.profile import Profile
from wsgui.core.profiles.store import ProfileStore
from wsgui.ui.profiles.panel import ProfilePanel
from wsgui.ui.settings import Settings
from wsgui.ui.window import Window

FOLDERS = 40
TYPED = ("chat", "shop staging", "7", "nothing-like-it")
"""What is typed, letter by letter, and taken back."""
NOTES = "The token is in the vault; ask the team. Port 3000 behind the proxy, 443 in front of it. " * 5


def main() -> None:
    """Print the figures as one line of JSON."""
    count = int(sys.argv[1])
    write(max(count, 1))
    Settings().keep_shown("profiles", False)  # as another run may have left it
    _application, loop, window = create([])
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        print(json.dumps(runner.run(measure(window, count))), flush=True)


def write(count: int) -> None:
    """A tree such as a team has: folders, some in others, each with its share."""
    store = ProfileStore()
    folders = [store.folder]
    for number in range(min(FOLDERS, count)):
        parent = folders[number // 2] if number % 3 else store.folder
        folders.append(store.make_folder(parent, f"{('shop', 'chat', 'prices')[number % 3]} {number}"))
    for number in range(count):
        name = f"{('Orders', 'Chat', 'Staging', 'Live')[number % 4]} {number}"
        options: OptionValues = {"extraHeaders": {"X-Room": f"{number}"}, "path": "/io", "timeout": 5000}
        url = f"https://{number}.example/room"
        store.create(Profile(name=name, url=url, options=options, notes=NOTES), folders[number % len(folders)])


async def measure(window: Window, count: int) -> dict[str, object]:
    """Open the panel, twice, and search."""
    window.show()
    await asyncio.sleep(2.0)  # what the window imports after it was painted
    listed = asyncio.Event()  # to look again and again would hold up the thread that reads
    window.profiles.library.listed.connect(lambda *_listing: listed.set())
    pulse = Pulse()
    began = time.perf_counter()
    window.profiles.arranging.show_panel(shown=True)
    await listed.wait()
    panel = window.profiles.arranging.panel
    assert panel is not None
    panel.tree.viewport().repaint()
    opened = time.perf_counter() - began
    pulse.stop()
    keys: list[float] = []
    for text in TYPED:
        for length in [*range(1, len(text) + 1), *reversed(range(len(text)))]:
            keys.append(search(panel, text[:length]))
            await asyncio.sleep(0)
    window.close()
    await window.closed.wait()
    return {"open": opened, "gap": pulse.gap, "keys": keys, "rows": count}


def search(panel: ProfilePanel, text: str) -> float:
    """Seconds from a key until the rows it leaves are painted."""
    began = time.perf_counter()
    panel.search_edit.setText(text)
    panel.tree.viewport().repaint()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
