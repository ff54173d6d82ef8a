"""Toasts: seen and not answered, long enough to be read, over nothing that one types into, and undone by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QAccessible, QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.running import notice, run, until, window
from wsgui.ui.toast import LEAST_SECONDS, MOST, SECONDS_TO_ACT, Toasts, announce


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    host = QWidget()
    QLineEdit(host)
    qtbot.addWidget(host)
    host.resize(800, 500)
    with qtbot.waitExposed(host):
        host.show()
    host.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is host)
    return host


def test_goes_when_it_was_there_long_enough_to_be_read(host: QWidget) -> None:
    toasts = Toasts(host)
    short = toasts.show("Written.")
    long = toasts.show("A sentence that takes its time. " * 10)
    with_action = toasts.show("Cleared.", "Undo", lambda: None)
    assert short.seconds_left == LEAST_SECONDS
    assert long.seconds_left > 20
    assert with_action.seconds_left == LEAST_SECONDS + SECONDS_TO_ACT
    short.pass_time(LEAST_SECONDS - 1)
    assert short in toasts.shown
    short.pass_time(1)
    assert short not in toasts.shown
    assert short.isHidden()


def test_stays_while_the_pointer_is_on_it(host: QWidget) -> None:
    toast = Toasts(host).show("Written.")
    place = QPointF(5, 5)
    QApplication.sendEvent(toast, QEnterEvent(place, place, place))
    toast.pass_time(100)
    assert not toast.isHidden()
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    toast.pass_time(100)
    assert toast.isHidden()


def test_is_reached_and_left_by_keyboard(host: QWidget) -> None:
    edit = host.findChild(QLineEdit)
    assert edit is not None
    edit.setFocus()
    toasts = Toasts(host)
    done: list[str] = []
    toast = toasts.show("Cleared.", "Undo", lambda: done.append("undone"))
    assert edit.hasFocus()
    toasts.take_focus()
    assert toast.button.hasFocus()
    toast.pass_time(100)
    assert not toast.isHidden()
    QTest.keyClick(toast.button, Qt.Key.Key_Tab)
    assert toast.close_button.hasFocus()
    QTest.keyClick(toast.close_button, Qt.Key.Key_Escape)
    assert edit.hasFocus()
    assert toast.isHidden()
    assert done == []


def test_the_action_is_done_once(host: QWidget) -> None:
    toasts = Toasts(host)
    done: list[str] = []
    toast = toasts.show("Cleared.", "Undo", lambda: done.append("undone"))
    toasts.take_focus()
    QTest.keyClick(toast.button, Qt.Key.Key_Space)
    toast.button.click()
    assert done == ["undone"]
    assert toasts.shown == []


def test_the_oldest_makes_room_and_nothing_is_said_twice(host: QWidget) -> None:
    toasts = Toasts(host)
    for number in range(MOST + 2):
        toasts.show(f"Notice {number}")
    toasts.show("Notice 3")
    assert [toast.text for toast in toasts.shown] == ["Notice 2", "Notice 4", "Notice 3"]
    boxes = [toast.geometry() for toast in toasts.shown]
    assert all(above.bottom() < below.top() for above, below in pairwise(boxes))
    assert boxes[-1].bottom() < host.height()


def test_a_long_text_is_wrapped_and_whole(host: QWidget) -> None:
    host.resize(300, 400)
    toast = Toasts(host).show("A sentence that is longer than the window is wide. " * 3, "Undo", lambda: None)
    assert host.rect().contains(toast.geometry())
    label = toast.findChild(QWidget, "toastText")
    assert label is not None
    assert label.height() >= label.heightForWidth(label.width())
    assert toast.rect().contains(toast.close_button.geometry())


def test_stays_above_the_floor_wherever_that_goes(host: QWidget) -> None:
    floor = QWidget(host)
    floor.setGeometry(0, 400, 800, 100)
    floor.show()
    toasts = Toasts(host, lambda: floor)
    toast = toasts.show("Written.")
    assert toast.geometry().bottom() < 400
    floor.move(0, 300)
    assert toast.geometry().bottom() < 300
    floor.hide()
    assert toast.geometry().bottom() > 400


def test_is_not_over_what_is_sent(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            shown.show_error("Something that must be seen. " * 8)
            await until(lambda: shown.toasts.shown[-1].isVisible(), "the toast")
            toast = shown.toasts.shown[-1]
            sending = shown.tab.sending
            assert toast.geometry().bottom() < sending.mapTo(shown, sending.rect().topLeft()).y()
            assert notice(shown).startswith("Something")

    run(qapp, body)


def test_screen_readers_say_it(host: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    say: Callable[[object], None] = lambda event: told.append(event.message())  # type: ignore[attr-defined]  # noqa: E731
    monkeypatch.setattr(QAccessible, "updateAccessibility", say)
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    Toasts(host).show("Written.")
    monkeypatch.setattr(QAccessible, "isActive", lambda: False)
    announce(host, "to nobody")
    assert told == ["Written."]
