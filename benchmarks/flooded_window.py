"""The window in a flood: shown, its log following, its recording on disk.

``flooded_window URL TRANSPORT EVENTS BYTES [RATE [SLOWNESS]]``. The clock runs from the emit that asks for the flood
until the last event is on disk and the log has its row. RATE is in events per second; without it the server sends what
the socket takes. SLOWNESS is how many seconds longer than it must the disk takes for each chunk of the recording.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, QTimer

from benchmarks.memory import resident
from wsgui.app import create
from wsgui.core.record_store import RecordStore
from wsgui.core.recorded import Recorded
from wsgui.core.records import Direction, Kind, Record
from wsgui.net.session import EmitOptions
from wsgui.net.state import State
from wsgui.ui.connection_tab import ConnectionTab
from wsgui.ui.window import Window

BEAT_MILLISECONDS = 5
WATCH_MILLISECONDS = 100
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


class Watch:
    """What grows in a flood, looked at now and then: ``memory`` in bytes and ``backlog`` in records, at their most."""

    def __init__(self, recording: Recorded) -> None:
        self.memory_before = self.memory = resident()
        self.backlog = 0
        self._recording = recording
        self._timer = QTimer(interval=WATCH_MILLISECONDS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def stop(self) -> None:
        self._look()
        self._timer.stop()

    def _look(self) -> None:
        self.memory = max(self.memory, resident())
        self.backlog = max(self.backlog, self._recording.backlog)


def slow_down(seconds: float) -> None:
    """From now on every chunk takes the disk so much longer."""
    write = RecordStore.write

    def write_slowly(store: RecordStore, records: Sequence[Record]) -> None:
        time.sleep(seconds)
        write(store, records)

    RecordStore.write = write_slowly  # type: ignore[assignment,method-assign] # there is no slower disk to be had


async def flood(window: Window, url: str, transport: str, wanted: dict[str, float]) -> dict[str, float]:
    """The figures of one flood. ``wanted``: its ``n`` events, their ``size`` and perhaps their ``rate``."""
    events = int(wanted["n"])
    window.show()
    tab = window.tab
    tab.options.set_values({"transports": [transport]})
    tab.connect_to(url)
    while tab.status.state is not State.CONNECTED:  # noqa: ASYNC110 - what a widget shows has no event
        await asyncio.sleep(0.01)
    recording = tab.log.model.recording
    assert recording is not None

    watch = Watch(recording)
    pulse = Pulse()
    began, cpu = time.perf_counter(), time.process_time()
    tab.send.send_wanted.emit("flood", [wanted], "/", EmitOptions(ack="rate" in wanted))
    while not all_shown(tab, recording, events):  # noqa: ASYNC110 - as above
        await asyncio.sleep(BEAT_MILLISECONDS / 1000)
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    pulse.stop()
    watch.stop()

    assert tab.log.view.following
    assert recording.problem is None
    assert tab.status.state is State.CONNECTED, "the connection was lost"
    lost = misplaced(recording, events)
    sending = sent_within(recording) if "rate" in wanted else seconds
    window.close()
    await window.closed.wait()
    assert recording.path is not None
    recording.path.unlink()
    return {
        "seconds": seconds,
        "cpu": cpu,
        "gap": pulse.gap,
        "lost": lost,
        "sending": sending,
        "memory": watch.memory - watch.memory_before,
        "backlog": watch.backlog,
    }


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


def sent_within(recording: Recorded) -> float:
    """The seconds that the server needed to send it all, as its acknowledgement says."""
    for record in reversed(recording.rows(max(0, recording.count - _BLOCK), _BLOCK)):
        if record.kind is Kind.ACK and isinstance(record.data, str):
            answer: dict[str, float] = json.loads(record.data[record.data.index("[") :])[0]
            return answer["seconds"]
    raise AssertionError("the server has not acknowledged the flood")


async def bounded(window: Window, url: str, transport: str, wanted: dict[str, float]) -> dict[str, float]:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await flood(window, url, transport, wanted)
    except TimeoutError:
        tab = window.tab
        came, rows = tab.strip.received, tab.log.model.rowCount()
        raise SystemExit(
            f"after {PATIENCE_SECONDS:g} s {came} of {wanted['n']:g} events came, the log has {rows} rows"
        ) from None


def main() -> None:
    url, transport, events, size, *more = sys.argv[1:]
    wanted: dict[str, float] = {"n": int(events), "size": int(size)}
    rate, slowness = [*map(float, more), 0.0, 0.0][:2]
    if rate:
        wanted["rate"] = rate
    if slowness:
        slow_down(slowness)
    _application, loop, window = create([])
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        print(json.dumps(runner.run(bounded(window, url, transport, wanted))))


if __name__ == "__main__":
    main()
