"""The window in a flood: shown, its log following, its recording on disk.

``flooded_window URL TRANSPORT EVENTS BYTES``. The clock runs from the emit that asks for the flood until the last
event is on disk and the log has its row.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Iterator

from PySide6.QtCore import Qt, QTimer

from wsgui.app import create
from wsgui.core.recorded import Recorded
from wsgui.core.records import Direction, Kind
from wsgui.net.session import EmitOptions
from wsgui.net.state import State
from wsgui.ui.connection_tab import ConnectionTab
from wsgui.ui.window import Window

BEAT_MILLISECONDS = 5
PATIENCE_SECONDS = 120.0
_BLOCK = 5000


class Pulse:
    """A timer of Qt that should beat every few milliseconds; ``gap`` is the longest time without a beat, in seconds."""

    def __init__(self) -> None:
        self.gap = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(interval=BEAT_MILLISECONDS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def stop(self) -> None:
        self._beat()
        self._timer.stop()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.gap = max(self.gap, now - self._last)
        self._last = now


async def flood(window: Window, url: str, transport: str, events: int, size: int) -> dict[str, float]:
    """The figures of one flood."""
    window.show()
    tab = window.tab
    tab.options.set_values({"transports": [transport]})
    tab.connect_to(url)
    while tab.status.state is not State.CONNECTED:  # noqa: ASYNC110 - what a widget shows has no event
        await asyncio.sleep(0.01)
    recording = tab.log.model.recording
    assert recording is not None

    pulse = Pulse()
    began, cpu = time.perf_counter(), time.process_time()
    tab.send.send_wanted.emit("flood", [{"n": events, "size": size}], "/", EmitOptions())
    while not all_shown(tab, recording, events):  # noqa: ASYNC110 - as above
        await asyncio.sleep(BEAT_MILLISECONDS / 1000)
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    pulse.stop()

    assert tab.log.view.following
    assert recording.problem is None
    lost = misplaced(recording, events)
    window.close()
    await window.closed.wait()
    assert recording.path is not None
    recording.path.unlink()
    return {"seconds": seconds, "cpu": cpu, "gap": pulse.gap, "lost": lost}


def all_shown(tab: ConnectionTab, recording: Recorded, events: int) -> bool:
    """Whether all events have come, are on disk, and have their rows."""
    return tab.strip.received >= events and not recording.backlog and tab.log.model.rowCount() == recording.count


def misplaced(recording: Recorded, events: int) -> int:
    """How many of the sequence numbers 1, 2, 3 ... are not in their place, or not in the recording."""
    found = list(recorded_numbers(recording))
    wrong = sum(number != place for place, number in enumerate(found, 1))
    return wrong + abs(events - len(found))


def recorded_numbers(recording: Recorded) -> Iterator[int]:
    for first in range(0, recording.count, _BLOCK):
        for record in recording.rows(first, _BLOCK):
            if record.kind is Kind.EVENT and record.direction is Direction.IN:
                assert isinstance(record.data, str)
                yield json.loads(record.data[1:])[1]["seq"]


async def bounded(window: Window, url: str, transport: str, events: int, size: int) -> dict[str, float]:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await flood(window, url, transport, events, size)
    except TimeoutError:
        tab = window.tab
        came, rows = tab.strip.received, tab.log.model.rowCount()
        raise SystemExit(
            f"after {PATIENCE_SECONDS:g} s {came} of {events} events came, the log has {rows} rows"
        ) from None


def main() -> None:
    url, transport, events, size = sys.argv[1:]
    _application, loop, window = create([])
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        print(json.dumps(runner.run(bounded(window, url, transport, int(events), int(size)))))


if __name__ == "__main__":
    main()
