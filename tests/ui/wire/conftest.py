"""A recording of a short session, and the wire pane that shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from wsgui.core.recording import Recording
from wsgui.core.records import Direction, Kind, Record
from wsgui.ui import theme
from wsgui.ui.wire.pane import WirePane

OUT, IN, NONE = Direction.OUT, Direction.IN, Direction.NONE
URL = "http://localhost:3000/socket.io/?EIO=4&transport=polling"
HEADERS = [["Content-Type", "text/plain"], ["X-Bad", "<b>\x1b[31m"]]
OPEN = '{"sid":"a","upgrades":["websocket"]}'
GET: dict[str, object] = {
    "method": "GET",
    "url": URL,
    "status": 200,
    "reason": "OK",
    "request_headers": [["Host", "localhost:3000"]],
    "headers": HEADERS,
    "seconds": 0.05,
    "timing": {"dns": 0.01, "connect": 0.01, "wait": 0.03},
    "socket": 1,
}

ROWS: list[tuple[Kind, Direction, str | bytes | None, dict[str, object] | None, int]] = [
    (Kind.STATE, NONE, None, {"state": "connecting"}, 0),  # 1
    (Kind.HTTP, OUT, f"0{OPEN}", GET, 2),
    (Kind.ENGINE, IN, OPEN, {"packet": "open", "transport": "polling"}, 2),
    (Kind.WS_OPEN, OUT, None, {"method": "GET", "url": "ws://localhost:3000/", "status": 101, "seconds": 0.02}, 4),
    (Kind.EVENT, OUT, '20["ask","<b>bold</b>\\u202e"]', {"id": 0, "mask": "01020304"}, 5),
    (Kind.ACK, IN, "30[1]", {"id": 0, "emit": 5, "event": "ask", "rtt": 0.1}, 6),
    (Kind.WS_CLOSE, IN, b"\xba\x82", {"code": 47746, "valid": False, "by": "server", "reason": ""}, 7),
]
WIRE = [2, 4, 5, 6, 7]
"""The numbers of the records that are rows."""

Append = Callable[..., None]


@pytest.fixture
def recording() -> Iterator[Recording]:
    recording = Recording(None)
    yield recording
    recording.close()


@pytest.fixture
def append(recording: Recording) -> Append:
    """``append(*rows)`` records rows as they stand above, and waits for them."""

    def append(*rows: tuple[Kind, Direction, str | bytes | None, dict[str, object] | None, int]) -> None:
        for seq, (kind, direction, data, facts, via) in enumerate(rows, recording.count + 1):
            recording.append(Record(seq, seq / 10, 1.7e9 + seq, 1, direction, kind, data, facts, None, via))
        recording.flush()

    return append


@pytest.fixture
def pane(qapp: QApplication, qtbot: QtBot, recording: Recording, append: Append) -> Iterator[WirePane]:
    theme.apply(qapp, theme.Choice.LIGHT)
    append(*ROWS)
    pane = WirePane("Press Connect.")
    qtbot.addWidget(pane)
    pane.resize(1000, 700)
    pane.set_recording(recording)
    pane.show()
    qtbot.waitUntil(lambda: pane.model.rowCount() == len(WIRE))
    yield pane
    pane.set_recording(None)
