"""The filter box offers what may come next, and never takes a key that was meant for typing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView
from pytestqt.qtbot import QtBot

from wsgui.core.recording import Recording
from wsgui.core.records import Direction, Kind, Record
from wsgui.ui.log.pane import LogPane

Append = Callable[[int], None]


def press(pane: LogPane, key: Qt.Key) -> None:
    """Press a key as a person does: while the offers are open they get it first."""
    popup = pane.filter_edit.findChild(QListView) or QApplication.activePopupWidget()
    QTest.keyClick(popup if popup is not None and popup.isVisible() else pane.filter_edit, key)


def write(pane: LogPane, text: str) -> None:
    pane.activateWindow()
    pane.filter_edit.setFocus()
    for character in text:
        popup = QApplication.activePopupWidget()
        QTest.keyClicks(popup or pane.filter_edit, character)


def is_open(pane: LogPane) -> bool:
    return pane.filter_edit.completion.is_open


def words(pane: LogPane) -> list[str]:
    return pane.filter_edit.completion.words()


def test_offers_terms_then_values(pane: LogPane) -> None:
    write(pane, "x ki")
    assert is_open(pane)
    assert words(pane) == ["kind:"]
    write(pane, "nd:ws_p")
    assert pane.filter_edit.text() == "x kind:ws_p"
    assert words(pane) == ["kind:ws_ping", "kind:ws_pong"]
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QListView)
    assert not popup.currentIndex().isValid()
    press(pane, Qt.Key.Key_Down)
    press(pane, Qt.Key.Key_Return)
    assert pane.filter_edit.text() == "x kind:ws_ping"
    assert not is_open(pane)


def test_values_follow_a_chosen_term(pane: LogPane, qtbot: QtBot) -> None:
    write(pane, "-di")
    press(pane, Qt.Key.Key_Tab)
    assert pane.filter_edit.text() == "-dir:"
    qtbot.waitUntil(lambda: words(pane) == ["dir:in", "dir:out"] and is_open(pane))


def test_enter_applies_what_was_typed(pane: LogPane, append: Append, qtbot: QtBot) -> None:
    append(4)
    pane.model.refresh()
    write(pane, "t")
    assert is_open(pane)
    press(pane, Qt.Key.Key_Return)
    assert pane.filter_edit.text() == "t"
    assert not is_open(pane)
    write(pane, "ock")
    qtbot.waitUntil(lambda: pane.model.rowCount() == 2)


def test_escape_closes_and_typing_goes_on(pane: LogPane) -> None:
    write(pane, "e")
    assert is_open(pane)
    press(pane, Qt.Key.Key_Escape)
    assert not is_open(pane)
    write(pane, "x")
    assert not is_open(pane)
    assert pane.filter_edit.text() == "ex"


def test_an_unfinished_word_is_no_mistake(pane: LogPane, append: Append, qtbot: QtBot) -> None:
    append(4)
    pane.model.refresh()
    write(pane, "kind:")
    assert is_open(pane)
    pane.filter_edit._apply_unasked()
    assert not pane.filter_edit.property("state")
    press(pane, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: pane.filter_edit.property("state") == "bad")


def test_the_chosen_word_stays_chosen_when_more_is_found(pane: LogPane, recording: Recording) -> None:
    for seq in range(1, 10_002):
        name = "late" if seq > 10_000 else "more"
        recording.append(Record(seq, 0.0, 0.0, 1, Direction.IN, Kind.EVENT, f'2["{name}"]'))
    recording.flush()
    write(pane, "event:")
    assert not is_open(pane)
    completion = pane.filter_edit.completion
    completion._look()
    assert words(pane) == ["event:more"]
    press(pane, Qt.Key.Key_Down)
    completion._look()
    assert words(pane) == ["event:late", "event:more"]
    press(pane, Qt.Key.Key_Return)
    assert pane.filter_edit.text() == "event:more"


def test_opens_when_asked(pane: LogPane) -> None:
    pane.activateWindow()
    pane.filter_edit.setFocus()
    QTest.keyClick(pane.filter_edit, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert is_open(pane)
    assert "event:" in words(pane)
    assert pane.filter_edit.text() == ""


def test_offers_what_the_recording_has(pane: LogPane, append: Append, recording: Recording, qtbot: QtBot) -> None:
    append(25_000)
    recording.append(Record(25_001, 0.0, 0.0, 1, Direction.IN, Kind.EVENT, '2["two words"]'))
    recording.flush()
    write(pane, "event:")
    qtbot.waitUntil(lambda: words(pane) == ["event:tick", "event:tock", 'event:"two words"'])
    qtbot.waitUntil(lambda: not pane.filter_edit.completion._timer.isActive())
    write(pane, '"two ')
    assert words(pane) == ['event:"two words"']
    other = Recording(None)
    pane.set_recording(other)
    write(pane, "x")
    assert words(pane) == []
    pane.set_recording(None)
    other.close()
