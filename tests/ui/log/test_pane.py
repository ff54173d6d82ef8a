"""What a person does with the log: follow, stop, filter, look, copy, clear."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QToolButton
from pytestqt.qtbot import QtBot

from wsgui.core.filters import forms
from wsgui.core.recording import Recording
from wsgui.core.records import Direction, Kind, Record
from wsgui.ui.log.detail_pane import LONGEST
from wsgui.ui.log.pane import LogPane

Append = Callable[[int], None]


def show(pane: LogPane, append: Append, number: int) -> None:
    append(number)
    pane.model.refresh()
    QApplication.processEvents()  # a table lays its rows out a moment later


def at_end(pane: LogPane) -> bool:
    bar = pane.view.verticalScrollBar()
    return bar.maximum() > 0 and bar.value() == bar.maximum()


def is_following(pane: LogPane) -> bool:
    return pane.view.following


def type_filter(pane: LogPane, text: str, qtbot: QtBot) -> None:
    pane.filter_edit.setFocus()
    pane.filter_edit.selectAll()
    QTest.keyClicks(pane.filter_edit, text)
    QTest.keyClick(pane.filter_edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not pane.model.searching)
    QApplication.processEvents()


def button(pane: LogPane, text: str) -> QToolButton:
    return next(button for button in pane.findChildren(QToolButton) if button.text() == text)


def clipboard() -> list[str]:
    return QGuiApplication.clipboard().text().split("\n")


def test_names(pane: LogPane) -> None:
    assert (pane.view.objectName(), pane.view.accessibleName()) == ("logView", "Log")
    assert (pane.filter_edit.objectName(), pane.filter_edit.accessibleName()) == ("filterEdit", "Filter")


def test_follows_the_end(pane: LogPane, append: Append) -> None:
    for _ in range(3):
        show(pane, append, 200)
        assert at_end(pane)
    assert pane.view.following


def test_scrolling_up_pauses_and_the_end_resumes(pane: LogPane, append: Append, qtbot: QtBot) -> None:
    show(pane, append, 200)
    bar = pane.view.verticalScrollBar()
    bar.setValue(bar.maximum() - 50)
    assert (pane.view.following, button(pane, "Follow").isChecked()) == (False, False)
    here = bar.value()
    show(pane, append, 200)
    assert bar.value() == here
    bar.setValue(bar.maximum())
    assert is_following(pane)
    QTest.keyClick(pane.view, Qt.Key.Key_Home)
    assert not is_following(pane)
    QTest.keyClick(pane.view, Qt.Key.Key_End)
    assert is_following(pane)
    assert at_end(pane)


def test_the_button_pauses_and_resumes(pane: LogPane, append: Append) -> None:
    show(pane, append, 200)
    button(pane, "Follow").click()
    here = pane.view.verticalScrollBar().value()
    show(pane, append, 200)
    assert pane.view.verticalScrollBar().value() == here
    button(pane, "Follow").click()
    assert at_end(pane)


def test_stays_paused_when_the_filter_changes(pane: LogPane, append: Append, qtbot: QtBot) -> None:
    show(pane, append, 200)
    bar = pane.view.verticalScrollBar()
    bar.setValue(bar.maximum() - 50)
    type_filter(pane, "tock", qtbot)
    assert not pane.view.following
    type_filter(pane, "nothing-like-it", qtbot)
    assert not pane.view.following


def test_stays_at_the_end_when_it_shrinks(pane: LogPane, append: Append) -> None:
    show(pane, append, 200)
    pane.resize(900, 400)
    assert pane.view.following
    assert at_end(pane)


def test_filters_and_counts(pane: LogPane, append: Append, qtbot: QtBot) -> None:
    show(pane, append, 1234)
    assert pane._count.text() == "1,234 rows"
    type_filter(pane, "kind:event tock", qtbot)
    assert pane._count.text() == "617 of 1,234 rows"
    assert at_end(pane)
    type_filter(pane, "nothing-like-it", qtbot)
    assert pane.view.placeholder == "No row matches the filter."


def test_filters_a_moment_after_the_last_key(pane: LogPane, append: Append, qtbot: QtBot) -> None:
    show(pane, append, 10)
    QTest.keyClicks(pane.filter_edit, "tock")
    assert pane.model.rowCount() == 10
    qtbot.waitUntil(lambda: pane.model.rowCount() == 5)


def test_a_bad_filter_is_told_and_the_last_good_one_stays(pane: LogPane, append: Append, qtbot: QtBot) -> None:
    show(pane, append, 10)
    type_filter(pane, "tock", qtbot)
    type_filter(pane, "kind:evnt", qtbot)
    assert pane.model.rowCount() == 5
    assert pane.filter_edit.property("state") == "bad"
    assert "did you mean kind:event?" in pane.filter_edit.toolTip()
    assert pane._said.isVisible()
    assert pane._said.text() == pane.filter_edit.toolTip()
    type_filter(pane, "kind:event", qtbot)
    assert pane.model.rowCount() == 10
    assert not pane.filter_edit.property("state")
    assert not pane._said.isVisible()


def test_help_writes_a_term(pane: LogPane) -> None:
    menu = pane._help.menu()
    menu.aboutToShow.emit()
    actions = menu.actions()
    assert [action.text().split("\t")[0] for action in actions] == [form for form, _says in forms()]
    pane.filter_edit.setText("word ")
    actions[3].trigger()
    assert pane.filter_edit.text() == "word kind:event,ack"
    assert pane.filter_edit.selectedText() == "kind:event,ack"


def test_shows_the_selected_record(pane: LogPane, append: Append, qtbot: QtBot) -> None:
    show(pane, append, 10)
    pane.view.selectRow(6)
    details = pane.details.findChild(QPlainTextEdit)
    assert isinstance(details, QPlainTextEdit)
    assert "7" in details.toPlainText()
    type_filter(pane, "tick", qtbot)
    assert "7" in details.toPlainText()
    pane.filter_edit.clear()
    pane.filter_edit.apply()
    assert pane.view.chosen() == [7]


def test_text_of_a_server_is_only_text(pane: LogPane, recording: Recording) -> None:
    recording.append(Record(1, 0.0, 0.0, 1, Direction.IN, Kind.WS_MESSAGE, "<b>a</b>\u202e\nb\ud800"))
    recording.flush()
    pane.model.refresh()
    pane.view.selectRow(0)
    details = pane.details.findChild(QPlainTextEdit)
    assert isinstance(details, QPlainTextEdit)
    assert "<b>a</b>⟨U+202E⟩\nb⟨U+D800⟩" in details.toPlainText()
    pane.details.copy()
    assert "<b>a</b>⟨U+202E⟩" in clipboard()[-2]


@pytest.mark.parametrize("kind", [Kind.EVENT, Kind.WS_MESSAGE])
def test_of_a_long_row_the_beginning_is_shown_and_all_is_copied(
    pane: LogPane, recording: Recording, qtbot: QtBot, kind: Kind
) -> None:
    data = '2["a",' + '{"b":"ж"},' * 100_000 + "{}]"
    recording.append(Record(1, 0.0, 0.0, 1, Direction.IN, kind, data))
    recording.flush()
    pane.model.refresh()
    pane.view.selectRow(0)
    details = pane.details.findChild(QPlainTextEdit)
    assert isinstance(details, QPlainTextEdit)
    shown = details.toPlainText()
    assert len(shown) < 2 * LONGEST + 300
    assert "… 950,009 more characters; “Copy details” copies all" in shown
    QApplication.clipboard().clear()
    pane.details.copy()
    qtbot.waitUntil(lambda: not pane.details.copying, timeout=60_000)
    assert data in QApplication.clipboard().text()
    assert pane.details._copy.text() == "Copy details"


def test_copies_the_selected_rows(pane: LogPane, append: Append, qtbot: QtBot) -> None:
    show(pane, append, 10)
    pane.view.selectRow(2)
    pane.view.setFocus()
    QTest.keyClick(pane.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: [line.split("  ")[-2:] for line in clipboard()] == [["tick", "3"]])
    pane.view.selectAll()
    pane.copy_chosen()
    assert len(clipboard()) == 10


def test_copies_all_that_the_filter_shows(pane: LogPane, append: Append, qtbot: QtBot) -> None:
    show(pane, append, 5000)
    type_filter(pane, "tock", qtbot)
    with qtbot.waitSignal(pane._copying.done) as done:
        button(pane, "Copy all").click()
    assert done.args == [2500]
    assert [int(line.split()[-1]) for line in clipboard()] == list(range(2, 5001, 2))


def test_clears_and_shows_all(pane: LogPane, append: Append) -> None:
    show(pane, append, 10)
    button(pane, "Clear").click()
    assert pane.model.rowCount() == 0
    assert "Show all" in pane.view.placeholder
    show(pane, append, 2)
    assert pane.model.rowCount() == 2
    button(pane, "Show all").click()
    assert pane.model.rowCount() == 12
    assert button(pane, "Clear").isVisible()


def test_an_empty_log_says_what_to_do(pane: LogPane, append: Append, qtbot: QtBot) -> None:
    assert pane.view.placeholder == "Press Connect."
    empty = pane.view.grab().toImage()
    pane.view.placeholder = ""
    assert pane.view.grab().toImage() != empty
    pane.view.placeholder = "Press Connect."
    append(1)
    pane.notice()
    qtbot.waitUntil(lambda: pane.model.rowCount() == 1)
    says = [label.text() for label in pane.view.findChildren(QLabel) if label.isVisible()]
    assert says == []


def test_tells_that_the_recording_is_in_trouble(pane: LogPane, recording: Recording, append: Append) -> None:
    recording.problem = "The disk is full."
    show(pane, append, 1)
    assert pane._said.text() == "The disk is full."


@pytest.mark.parametrize("rows", [0, 3])
def test_shows_another_recording(pane: LogPane, append: Append, rows: int) -> None:
    show(pane, append, 10)
    pane.view.selectRow(3)
    other = Recording(None)
    for seq in range(1, rows + 1):
        other.append(Record(seq, 0.0, 0.0, 1, Direction.IN, Kind.EVENT, f'2["other",{seq}]'))
    other.flush()
    pane.set_recording(other)
    assert pane.model.rowCount() == rows
    assert pane.view.chosen() == []
    pane.set_recording(None)
    other.close()


def test_a_filter_that_takes_too_long_is_given_up(pane: LogPane, recording: Recording, qtbot: QtBot) -> None:
    recording.append(Record(1, 0.0, 0.0, 1, Direction.IN, Kind.WS_MESSAGE, "a" * 5000 + "d"))
    recording.flush()
    pane.model.refresh()
    type_filter(pane, "/(?:a|a)*[bc]$/", qtbot)
    assert "takes too long" in pane.filter_edit.toolTip()
    type_filter(pane, "a", qtbot)
    assert not pane.filter_edit.toolTip()
    assert pane.model.rowCount() == 1
