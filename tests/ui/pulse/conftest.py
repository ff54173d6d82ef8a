"""A recording in memory, and the pulse of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from wsgui.core.recording import Recording
from wsgui.core.records import Direction, Facts, Kind, Record
from wsgui.ui import theme
from wsgui.ui.pulse.pane import PulsePane

OPEN = '{"sid":"x","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}'
Append = Callable[..., None]


@pytest.fixture
def recording() -> Iterator[Recording]:
    recording = Recording(None)
    yield recording
    recording.close()


@pytest.fixture
def append(recording: Recording) -> Append:
    """``append(t, kind, direction, data, facts)`` records one thing and waits until it is written."""

    def append(
        t: float, kind: Kind, direction: Direction = Direction.NONE, data: str | None = None, facts: Facts | None = None
    ) -> None:
        recording.append(Record(recording.count + 1, t, 1.7e9 + t, 1, direction, kind, data, facts))
        recording.flush()

    return append


@pytest.fixture
def session(append: Append) -> None:
    """A minute of a connection by WebSocket: two pings, the second late; events, and acknowledgements."""
    append(0.0, Kind.STATE, facts={"state": "connecting", "attempt": 0})
    append(0.1, Kind.ENGINE, Direction.IN, OPEN, {"packet": "open"})
    append(0.1, Kind.TRANSPORT, facts={"transport": "polling"})
    append(0.2, Kind.UPGRADE, facts={"transport": "websocket"})
    append(25.1, Kind.ENGINE, Direction.IN, None, {"packet": "ping"})
    for number in range(5):
        append(30.0 + number / 10, Kind.EVENT, Direction.IN, '2["tick"]')
    append(40.0, Kind.ACK, Direction.IN, "30[1]", {"rtt": 0.012, "id": 0})
    append(53.1, Kind.ENGINE, Direction.IN, None, {"packet": "ping"})
    append(60.0, Kind.DISCONNECT, facts={"reason": "io client disconnect", "namespace": "/"})
    append(60.0, Kind.STATE, facts={"state": "closed"})


@pytest.fixture
def pane(qapp: QApplication, qtbot: QtBot, recording: Recording) -> Iterator[PulsePane]:
    theme.apply(qapp, theme.Choice.LIGHT)
    pane = PulsePane(recording)
    qtbot.addWidget(pane)
    pane.resize(900, 400)
    pane.show()
    yield pane
    pane.set_recording(None)
