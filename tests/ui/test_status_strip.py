"""The strip under the URL: the countdown to the next attempt to reconnect."""

from __future__ import annotations

import re
import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.ui.running import run, until, window
from tests.ui.test_window import unused_port
from wsgui.net.session import Status
from wsgui.net.state import State
from wsgui.ui.status_strip import StatusStrip


def countdown(strip: StatusStrip) -> QLabel:
    label = strip.findChild(QLabel, "countdownLabel")
    assert isinstance(label, QLabel)
    return label


def running(strip: StatusStrip) -> list[QTimer]:
    return [timer for timer in strip.findChildren(QTimer) if timer.isActive()]


def test_the_seconds_to_the_next_attempt_are_counted_down(qtbot: QtBot) -> None:
    strip = StatusStrip()
    qtbot.addWidget(strip)
    strip.show()
    label = countdown(strip)
    assert label.isHidden()
    strip.show_status(Status(State.WAITING, attempt=2, retry_at=time.monotonic() + 900))
    assert not label.isHidden()
    first, width = label.text(), label.width()
    assert re.fullmatch(r"attempt 2 in (900\.0|899\.\d) s", first)
    qtbot.waitUntil(lambda: label.text() != first)
    assert label.minimumWidth() == label.maximumWidth()
    assert label.width() >= width
    strip.show_status(Status(State.WAITING, attempt=3, retry_at=time.monotonic() - 1))
    assert label.text() == "attempt 3 in 0.0 s"


def test_a_timer_runs_only_while_there_is_something_to_wait_for(qtbot: QtBot) -> None:
    strip = StatusStrip()
    qtbot.addWidget(strip)
    strip.show_status(Status(State.WAITING, attempt=1, retry_at=time.monotonic() + 900))
    assert [timer.interval() for timer in running(strip)] == [200]
    for state in (State.CONNECTING, State.CONNECTED, State.CLOSED):
        strip.show_status(Status(state))
        assert running(strip) == []
        assert countdown(strip).isHidden()


def test_a_session_that_waits_says_until_when(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            shown.tab.options.set_values({"reconnectionDelay": 60_000, "reconnectionDelayMax": 60_000})
            shown.tab.connect_to(f"http://127.0.0.1:{unused_port()}")
            await until(lambda: shown.tab.status.state is State.WAITING, "the wait")
            label = countdown(shown.tab.strip)
            assert label.isVisible()
            assert re.fullmatch(r"attempt 1 in [3-6]\d\.\d s", label.text())
            shown.tab.stop()
            await until(lambda: shown.tab.status.state is State.CLOSED, "the end")
            assert label.isHidden()

    run(qapp, body)
