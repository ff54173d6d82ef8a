"""A recording in memory, and the log that shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from wsgui.core.recording import Recording
from wsgui.core.records import Direction, Kind, Record
from wsgui.ui import theme
from wsgui.ui.log.pane import LogPane

Append = Callable[[int], None]


@pytest.fixture
def recording() -> Iterator[Recording]:
    recording = Recording(None)
    yield recording
    recording.close()


@pytest.fixture
def append(recording: Recording) -> Append:
    """``append(n)`` records ``n`` events more, named ``tick`` or ``tock`` by their number, and waits for them."""

    def append(number: int) -> None:
        for seq in range(recording.count + 1, recording.count + number + 1):
            name = "tick" if seq % 2 else "tock"
            data = f'2["{name}",{seq}]'
            recording.append(Record(seq, seq / 1000, 1.7e9, 1, Direction.IN, Kind.EVENT, data))
        recording.flush()

    return append


@pytest.fixture
def pane(qapp: QApplication, qtbot: QtBot, recording: Recording) -> Iterator[LogPane]:
    theme.apply(qapp, theme.Choice.LIGHT)
    pane = LogPane("Press Connect.")
    qtbot.addWidget(pane)
    pane.resize(900, 600)
    pane.set_recording(recording)
    pane.show()
    yield pane
    pane.set_recording(None)
