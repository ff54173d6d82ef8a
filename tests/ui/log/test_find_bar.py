"""A text is found in the log: marked, counted, gone to, with the filter on and while rows arrive."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QToolButton
from pytestqt.qtbot import QtBot

from wsgui.core.recording import Recording
from wsgui.core.records import Direction, Kind, Record
from wsgui.ui import theme
from wsgui.ui.log.model import Column
from wsgui.ui.log.pane import LogPane

Append = Callable[[int], None]


def show(pane: LogPane, append: Append, number: int) -> None:
    append(number)
    pane.model.refresh()
    QApplication.processEvents()


def find(pane: LogPane, text: str, qtbot: QtBot) -> None:
    pane.find_bar.open()
    QTest.keyClicks(pane.find_bar.edit, text)
    pane.find_bar.apply()
    qtbot.waitUntil(lambda: not pane.find_bar._hits.searching)


def count(pane: LogPane) -> str:
    label = pane.find_bar.findChild(QLabel, "findCount")
    assert isinstance(label, QLabel)
    return label.text()


def enter(pane: LogPane, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(pane.find_bar.edit, Qt.Key.Key_Return, modifier)


def chosen(pane: LogPane) -> list[int]:
    return pane.view.chosen()


def marked(image: QImage) -> int:
    """How many points have the colour of a mark."""
    mark = QColor(theme.current().mark)
    return sum(image.pixelColor(x, y) == mark for x in range(image.width()) for y in range(image.height()))


def test_is_hidden_at_first(pane: LogPane) -> None:
    assert not pane.find_bar.isVisible()
    assert pane.find_bar.edit.accessibleName() == "Find in the log"


def test_goes_from_hit_to_hit(pane: LogPane, append: Append, qtbot: QtBot) -> None:
    show(pane, append, 100)
    find(pane, "TICK  5", qtbot)
    assert count(pane) == "No hits"
    pane.find_bar.edit.clear()
    find(pane, '/ick",5/', qtbot)
    assert count(pane) == "6 hits"
    pane.view.choose(5)
    assert count(pane) == "1 of 6"
    places = []
    for _ in range(6):
        enter(pane)
        places.append((chosen(pane), count(pane)))
    assert places == [
        ([51], "2 of 6"),
        ([53], "3 of 6"),
        ([55], "4 of 6"),
        ([57], "5 of 6"),
        ([59], "6 of 6"),
        ([5], "1 of 6"),
    ]
    enter(pane, Qt.KeyboardModifier.ShiftModifier)
    assert chosen(pane) == [59]
    pane.find_bar.previous()
    assert chosen(pane) == [57]
    pane.find_bar.next()
    assert chosen(pane) == [59]


def test_begins_with_what_is_in_view(pane: LogPane, append: Append, qtbot: QtBot) -> None:
    show(pane, append, 1000)
    find(pane, "tock", qtbot)
    first = pane.model.seq(pane.view.rowAt(0))
    pane.find_bar.next()
    assert chosen(pane) == [first if first % 2 == 0 else first + 1]
    pane.view.clearSelection()
    pane.find_bar.previous()
    assert chosen(pane) == [1000]


def test_buttons(pane: LogPane, append: Append, qtbot: QtBot) -> None:
    show(pane, append, 10)
    find(pane, "tock", qtbot)
    previous, following, close = (
        next(button for button in pane.find_bar.findChildren(QToolButton) if button.text() == sign) for sign in "↑↓✕"
    )
    following.click()
    following.click()
    assert chosen(pane) == [4]
    previous.click()
    assert chosen(pane) == [2]
    close.click()
    assert not pane.find_bar.isVisible()


def test_counts_on_while_rows_arrive(pane: LogPane, append: Append, qtbot: QtBot) -> None:
    show(pane, append, 10)
    find(pane, "tock", qtbot)
    assert count(pane) == "5 hits"
    append(10)
    pane.notice()
    qtbot.waitUntil(lambda: count(pane) == "10 hits")
    append(50_000)
    pane.notice()
    qtbot.waitUntil(lambda: count(pane) == "25,010 hits")


def test_looks_at_what_the_filter_shows(pane: LogPane, append: Append, qtbot: QtBot) -> None:
    show(pane, append, 100)
    find(pane, "1", qtbot)
    assert count(pane) == "20 hits"
    pane.filter_edit.setText("tock")
    pane.filter_edit.apply()
    qtbot.waitUntil(lambda: count(pane) == "6 hits")
    pane.find_bar.next()
    assert chosen(pane) == [100]
    pane.clear_or_show_all()
    qtbot.waitUntil(lambda: count(pane) == "No hits")


def test_enter_waits_for_the_first_hit(pane: LogPane, append: Append, qtbot: QtBot) -> None:
    show(pane, append, 60_000)
    pane.view.choose(2)
    pane.find_bar.open()
    QTest.keyClicks(pane.find_bar.edit, "59999")
    enter(pane)
    qtbot.waitUntil(lambda: chosen(pane) == [59_999])
    assert count(pane) == "1 of 1"


@pytest.mark.parametrize(
    ("modifier", "seq"),
    [(Qt.KeyboardModifier.ShiftModifier, 59_988), (Qt.KeyboardModifier.NoModifier, 59_992)],
)
def test_none_is_taken_before_it_is_the_nearest(
    pane: LogPane, append: Append, qtbot: QtBot, modifier: Qt.KeyboardModifier, seq: int
) -> None:
    show(pane, append, 60_000)
    pane.view.choose(59_990)
    pane.find_bar.open()
    QTest.keyClicks(pane.find_bar.edit, "tock")
    enter(pane, modifier)
    qtbot.waitUntil(lambda: chosen(pane) != [59_990])
    assert chosen(pane) == [seq]


def test_marks_hits(pane: LogPane, append: Append, qtbot: QtBot) -> None:
    show(pane, append, 3)
    assert marked(pane.view.grab().toImage()) == 0
    find(pane, "tock", qtbot)
    image = pane.view.grab().toImage()
    row = pane.view.visualRect(pane.model.index(1, Column.SUMMARY))
    shot = row.translated(pane.view.viewport().pos())
    assert marked(image) == marked(image.copy(shot)) > 100
    assert marked(image.copy(QRect(shot.left(), shot.top(), shot.width() // 4, shot.height()))) > 100
    pane.view.selectRow(1)
    details = pane.details.findChild(QPlainTextEdit)
    assert isinstance(details, QPlainTextEdit)
    assert details.extraSelections()
    pane.find_bar.close_bar()
    assert marked(pane.view.grab().toImage()) == 0
    assert not details.extraSelections()


def test_marks_in_a_text_with_emoji(pane: LogPane, recording: Recording, qtbot: QtBot) -> None:
    recording.append(Record(1, 0.0, 0.0, 1, Direction.IN, Kind.WS_MESSAGE, "😀😀<b>word</b>"))
    recording.flush()
    pane.model.refresh()
    find(pane, "word", qtbot)
    pane.view.selectRow(0)
    details = pane.details.findChild(QPlainTextEdit)
    assert isinstance(details, QPlainTextEdit)
    assert {mark.cursor.selectedText() for mark in details.extraSelections()} == {"word"}


def test_a_hit_behind_the_ellipsis_is_not_painted(pane: LogPane, recording: Recording, qtbot: QtBot) -> None:
    recording.append(Record(1, 0.0, 0.0, 1, Direction.IN, Kind.WS_MESSAGE, "x" * 400 + "word"))
    recording.flush()
    pane.model.refresh()
    find(pane, "word", qtbot)
    assert count(pane) == "1 hit"
    assert marked(pane.view.grab().toImage()) == 0


def test_escape_closes(pane: LogPane, append: Append, qtbot: QtBot) -> None:
    show(pane, append, 10)
    find(pane, "tock", qtbot)
    QTest.keyClick(pane.find_bar.edit, Qt.Key.Key_Escape)
    assert not pane.find_bar.isVisible()
    assert pane.find_bar._hits.count == 0
    pane.find_bar.next()  # opens it again, with what was looked for last
    assert pane.find_bar.isVisible()
    qtbot.waitUntil(lambda: chosen(pane) == [2])


def test_escape_closes_it_from_the_log(pane: LogPane, append: Append, qtbot: QtBot) -> None:
    show(pane, append, 10)
    find(pane, "tock", qtbot)
    QTest.keyClick(pane.view, Qt.Key.Key_Escape)
    assert not pane.find_bar.isVisible()


def test_stays_at_a_hit_on_the_last_page(pane: LogPane, append: Append, qtbot: QtBot) -> None:
    show(pane, append, 200)
    find(pane, "tock", qtbot)
    pane.find_bar.previous()
    assert not pane.view.following
    here = pane.view.verticalScrollBar().value()
    show(pane, append, 200)
    assert pane.view.verticalScrollBar().value() == here
    assert len(chosen(pane)) == 1


def test_tells_what_is_wrong_and_keeps_the_last(pane: LogPane, append: Append, qtbot: QtBot) -> None:
    show(pane, append, 10)
    find(pane, "/tock", qtbot)
    assert count(pane) == "No hits"
    pane.find_bar.edit.setText("tock")
    pane.find_bar.apply()
    pane.find_bar.edit.setText("/tock(/")
    pane.find_bar.apply()
    assert pane.find_bar.edit.property("state") == "bad"
    assert count(pane).startswith("/tock(/ is no regular expression")
    pane.find_bar.edit.setText("tock")
    pane.find_bar.apply()
    assert not pane.find_bar.edit.property("state")
    qtbot.waitUntil(lambda: count(pane) == "5 hits")


@pytest.mark.parametrize("choice", [theme.Choice.LIGHT, theme.Choice.DARK])
def test_shows_another_recording(pane: LogPane, append: Append, choice: theme.Choice, qtbot: QtBot) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, choice)
    show(pane, append, 10)
    find(pane, "tock", qtbot)
    assert marked(pane.view.grab().toImage()) > 100
    other = Recording(None)
    pane.set_recording(other)
    assert count(pane) == "No hits"
    pane.set_recording(None)
    other.close()


def test_what_takes_too_long_is_given_up_and_not_marked(pane: LogPane, recording: Recording, qtbot: QtBot) -> None:
    recording.append(Record(1, 0.0, 0.0, 1, Direction.IN, Kind.WS_MESSAGE, "a" * 5000 + "d"))
    recording.flush()
    pane.model.refresh()
    find(pane, "/(?:a|a)*[bc]$/", qtbot)
    assert "takes too long" in count(pane)
