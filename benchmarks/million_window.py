"""The window with a long recording in its log. ``million_window RECORDS [cyrillic]``: of English or Russian words."""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.flooded_window import Pulse
from benchmarks.memory import resident
from wsgui.app import create
from wsgui.core.recording import Recording
from wsgui.core.records import Direction, Kind, Record
from wsgui.ui.log.model import PAGE
from wsgui.ui.log.pane import LogPane
from wsgui.ui.window import Window

PAGES = 400
"""Random places that are scrolled to."""
FILTERS = {
    "common": "india",  # in two of three events
    "rare": "needle-in-the-last",
    "foreign": "привет",  # in the last record
    "event": "event:chat",
    "expression": "/ind[aeiou]{2}/",
}
WORDS = ["alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliet", "kilo", "lima"]
CYRILLIC = {
    "common": "журнал",
    "rare": "иголка",
}
CYRILLIC_WORDS = [
    "привет", "мир", "сокет", "сервер", "клиент", "кадр", "пинг", "событие", "журнал", "прокси", "рукопожатие",
    "транспорт",
]  # fmt: skip
HEADERS = [
    ["Content-Type", "text/plain; charset=UTF-8"],
    ["Content-Length", "120"],
    ["Cache-Control", "no-store"],
    ["Date", "Sun, 31 May 2026 12:00:00 GMT"],
    ["Connection", "keep-alive"],
]
PATIENCE_SECONDS = 60.0


def record(seq: int, chance: random.Random, words: list[str]) -> Record:
    """An event of 100 to 200 bytes; every fiftieth record is an HTTP exchange, another an acknowledgement."""
    t = seq / 2000
    wall = 1_780_000_000 + t
    match seq % 50:
        case 0:
            url = f"http://localhost:3000/socket.io/?EIO=4&transport=polling&t={seq:x}&sid=lv_VI97HAXpY6yYWAAAC"
            facts = {"method": "POST", "url": url, "status": 200, "headers": HEADERS, "request_headers": HEADERS}
            return Record(seq, t, wall, 1, Direction.OUT, Kind.HTTP, "ok", facts, via=seq)
        case 1:
            facts = {"id": seq, "event": "save", "emit": seq - 1, "rtt": 0.01}
            return Record(seq, t, wall, 1, Direction.IN, Kind.ACK, f'3{seq}[{{"ok":true}}]', facts, via=seq)
    name = chance.choice(("tick", "chat", "chat typing", "price"))
    text = " ".join(chance.choices(words, k=chance.randrange(12, 20)))
    data = f'2["{name}",{{"n":{seq},"text":"{text}","at":{t}}}]'
    return Record(seq, t, wall, 1, Direction.IN, Kind.EVENT, data, via=seq)


def fill(recording: Recording, number: int, words: list[str], texts: dict[str, str]) -> None:
    chance = random.Random(1)
    for seq in range(1, number):
        recording.append(record(seq, chance, words))
        if seq % 20_000 == 0:
            recording.flush()
    text = " ".join(texts[name] for name in ("rare", "foreign") if name in texts)
    recording.append(Record(number, number / 2000, 0.0, 1, Direction.IN, Kind.EVENT, f'2["last","{text}"]'))
    recording.flush()


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not is_so():  # noqa: ASYNC110 - what a widget shows has no event
            await asyncio.sleep(0.001)


async def measure(window: Window, recording: Recording, texts: dict[str, str]) -> dict[str, object]:
    """The figures; seconds, and bytes of memory."""
    window.show()
    await asyncio.sleep(1)  # what is imported after the first paint
    log = window.tab.log
    memory = []

    began = time.perf_counter()
    log.set_recording(recording)
    log.view.viewport().repaint()
    opened = time.perf_counter() - began
    assert log.model.rowCount() == recording.count
    memory.append(resident())

    fetches, frames = scroll(log)
    memory.append(resident())

    filtered = {}
    for name, text in texts.items():
        filtered[name] = await search(log, text)
        memory.append(resident())
    log.set_recording(None)
    window.close()
    await window.closed.wait()
    return {
        "open": opened,
        "memory": max(memory),
        "fetches": fetches,
        "frames": frames,
        "filters": filtered,
        "texts": texts,
    }


def scroll(log: LogPane) -> tuple[list[float], list[float]]:
    """Seconds to read and describe a page, and to paint the window's rows, at each of the random places."""
    chance = random.Random(2)
    bar = log.view.verticalScrollBar()
    fetches, frames = [], []
    for _ in range(PAGES):
        row = chance.randrange(log.model.rowCount() - PAGE)
        began = time.perf_counter()
        for each in range(row, row + PAGE):
            log.model.line(each)
        fetches.append(time.perf_counter() - began)
        began = time.perf_counter()
        bar.setValue(chance.randrange(bar.maximum()))
        log.view.viewport().repaint()
        frames.append(time.perf_counter() - began)
    return fetches, frames


async def search(log: LogPane, text: str) -> dict[str, float]:
    """One filter, from the moment it is applied: to its first rows, to all of them, and the longest gap meanwhile."""
    log.filter_edit.setText(text)
    pulse = Pulse()
    began = time.perf_counter()
    log.filter_edit.apply()
    await until(lambda: log.model.rowCount() > 0)
    log.view.viewport().repaint()
    first = time.perf_counter() - began
    await until(lambda: not log.model.searching)
    log.view.viewport().repaint()
    complete = time.perf_counter() - began
    pulse.stop()
    return {"first": first, "complete": complete, "gap": pulse.gap, "rows": log.model.rowCount()}


def main() -> None:
    number = int(sys.argv[1])
    words, texts = (CYRILLIC_WORDS, CYRILLIC) if sys.argv[2:] else (WORDS, FILTERS)
    _application, loop, window = create([])
    with TemporaryDirectory(prefix="wsgui-million-") as folder:
        recording = Recording(Path(folder, "million.sqlite"))
        began = time.perf_counter()
        fill(recording, number, words, texts)
        filled = time.perf_counter() - began
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            figures = runner.run(measure(window, recording, texts))
        recording.close()
    print(json.dumps(figures | {"fill": filled}))


if __name__ == "__main__":
    main()
