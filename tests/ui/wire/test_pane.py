"""What a person does with the wire: choose, read, jump, copy, save, and see what waits."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QToolButton
from pytestqt.qtbot import QtBot

from tests.ui.wire.conftest import GET, IN, OUT, Append
from wsgui.core.records import Kind
from wsgui.ui.plain_tip import plain_tip
from wsgui.ui.wire.detail import DECODED, HEADERS, HEX, RAW, TIMING
from wsgui.ui.wire.model import WireColumn
from wsgui.ui.wire.pane import WirePane
from wsgui.ui.wire.text_view import LONGEST
from wsgui.ui.wire.waiting import Waiting


def tree_lines(pane: WirePane) -> list[str]:
    """The unfolded lines of the decoded tree."""
    model, tree = pane.detail.tree_model, pane.detail.tree
    found = []
    index = model.index(0, 0)
    while index.isValid():
        found.append(f"{model.data(index)}: {model.data(index.siblingAtColumn(1))}")
        index = tree.indexBelow(index)
    return found


def act(pane: WirePane, text: str) -> None:
    """What the menu offers under that name."""
    next(action for action in pane.detail.copy_menu.actions() if action.text() == text).trigger()


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def test_names(pane: WirePane) -> None:
    assert (pane.view.objectName(), pane.view.accessibleName()) == ("wireView", "Wire")
    assert pane.filter_edit.objectName() == "wireFilterEdit"


def test_a_chosen_row_is_decoded(pane: WirePane) -> None:
    pane.show_seq(5)
    assert tree_lines(pane)[:6] == [
        "Engine.IO message: event `ask` in /, ack 0 asked",
        "Socket.IO type: 2 EVENT",
        "Namespace: /",
        "Ack id: 0",
        "Event: ask",
        'Argument 1: "<b>bold</b>⟨U+202E⟩"',
    ]
    assert pane.detail.title.text() == "#5  →  Event  · event `ask` in /, ack 0 asked"


def test_a_sentence_is_broken_into_lines(pane: WirePane) -> None:
    pane.show_seq(7)
    tree, model = pane.detail.tree, pane.detail.tree_model
    rows = {str(model.data(model.index(row, 0))): model.index(row, 1) for row in range(model.rowCount())}
    heights = {label: tree.visualRect(index).height() for label, index in rows.items()}
    assert heights["Look at"] > 1.5 * heights["Close code"]


def test_headers_of_an_exchange_as_plain_text(pane: WirePane) -> None:
    pane.show_seq(2)
    pane.detail.show_tab(HEADERS)
    assert pane.detail.heads.toPlainText().splitlines() == [
        "Request",
        "GET /socket.io/?EIO=4&transport=polling HTTP/1.1",
        "Host: localhost:3000",
        "",
        "Answer",
        "HTTP/1.1 200 OK",
        "Content-Type: text/plain",
        "X-Bad: <b>␛[31m",
    ]


def test_a_frame_has_no_headers_and_the_choice_is_kept(pane: WirePane) -> None:
    pane.show_seq(2)
    pane.detail.show_tab(HEADERS)
    pane.show_seq(5)
    assert not pane.detail.tabs.isTabEnabled(HEADERS)
    assert pane.detail.tabs.currentIndex() == DECODED
    pane.show_seq(4)
    assert pane.detail.tabs.currentIndex() == HEADERS


def test_raw(pane: WirePane) -> None:
    pane.show_seq(6)
    pane.detail.show_tab(RAW)
    assert pane.detail.raw.toPlainText() == "Message\n430[1]"


def test_timing_is_said_in_words_too(pane: WirePane) -> None:
    pane.show_seq(2)
    pane.detail.show_tab(TIMING)
    said = pane.detail.timing.accessibleDescription().splitlines()
    assert said[2:] == [
        "Took: 50.0 ms",
        "TCP connection: 1, new",
        "DNS: 10.0 ms",
        "TCP connection: 10.0 ms",
        "Waiting for the answer: 30.0 ms",
    ]
    pane.show_seq(6)
    assert pane.detail.timing.accessibleDescription().splitlines()[1:] == ["Round trip: 100.0 ms"]


def marked(pane: WirePane) -> str:
    """The bytes that are marked in the hex text."""
    return " ".join(selection.cursor.selectedText() for selection in pane.detail.hex.text.extraSelections()[::2])


def test_hex_and_parts_show_each_other(pane: WirePane) -> None:
    pane.show_seq(7)
    pane.detail.show_tab(HEX)
    shown = pane.detail.hex
    assert shown.text.toPlainText().startswith("00000000  88 02 ba 82")
    group = shown.parts.topLevelItem(0)
    assert group is not None
    children = [child for row in range(group.childCount()) if (child := group.child(row)) is not None]
    rows = {child.text(0): child for child in children}
    assert (rows["opcode"].text(1), rows["opcode"].text(2)) == ("0.4–7", "0x8")
    assert "WS_ERR_INVALID_CLOSE_CODE" in rows["close code"].text(3)
    assert marked(pane) == "ba 82"  # what breaks a rule is chosen at once
    assert "invalid status code 47746" in shown.explanation.text()
    shown.parts.setCurrentItem(rows["RSV1"])
    assert shown.explanation.text() == "RSV1 = 0: not compressed"
    shown.parts.setCurrentItem(rows["close code"])
    assert marked(pane) == "ba 82"
    cursor = shown.text.textCursor()
    cursor.setPosition(10 + 3)  # the second byte
    shown.text.setTextCursor(cursor)
    current = shown.parts.currentItem()
    assert current is not None
    assert (current.text(0), marked(pane)) == ("MASK", "02")
    cursor.setPosition(59)  # the first byte, as a character
    shown.text.setTextCursor(cursor)
    assert marked(pane) == "88"
    cursor.setPosition(59 + 2)
    shown.text.setTextCursor(cursor)
    assert marked(pane) == "ba 82"
    cursor.movePosition(QTextCursor.MoveOperation.End)
    shown.text.setTextCursor(cursor)  # beyond the bytes: nothing changes
    assert marked(pane) == "ba 82"


def test_links_jump_within_the_wire_and_to_the_log(pane: WirePane, qtbot: QtBot) -> None:
    pane.show_seq(5)
    link = pane.detail.links
    assert [(each.label, each.seq) for each in link.links] == [("answered by", 6)]
    button = next(button for button in link.findChildren(QToolButton) if button.isVisible())
    button.click()
    assert pane.detail.record is not None
    assert pane.detail.record.seq == 6
    with qtbot.waitSignal(pane.log_wanted) as told:
        pane.jump(3)  # it came with an exchange: its own line is in the log
    assert told.args == [3]


def test_a_jump_arrives_whatever_the_filter_hides(pane: WirePane, qtbot: QtBot) -> None:
    pane.filter_edit.setText("kind:http")
    pane.filter_edit.apply()
    qtbot.waitUntil(lambda: list(pane.model.seqs()) == [2])
    pane.show_seq(6)
    assert pane.filter_edit.text() == ""
    assert pane.view.chosen() == [6]


def test_the_menu_of_a_row(pane: WirePane, qtbot: QtBot) -> None:
    pane.show_seq(2)
    menu = pane.menu()
    assert [action.text() for action in menu.actions() if action.text()] == [
        "Show in &log",
        "&Copy rows",
        "Copy as c&URL",
        "Copy as &hex",
        "Copy as &text",
        "&Save body…",
    ]
    with qtbot.waitSignal(pane.log_wanted) as told:
        menu.actions()[0].trigger()
    assert told.args == [2]


def test_copies(pane: WirePane) -> None:
    pane.show_seq(2)
    act(pane, "Copy as c&URL")
    assert clipboard().startswith("curl --http1.1 -i 'http://localhost:3000/socket.io/?EIO=4&transport=polling'")
    pane.show_seq(6)
    assert not pane.detail.curl_action.isEnabled()
    act(pane, "Copy as &hex")
    assert clipboard() == "81 06 34 33 30 5b 31 5d"
    act(pane, "Copy as &text")
    assert clipboard() == "430[1]"
    pane.detail.tree.setCurrentIndex(pane.detail.tree_model.index(0, 0))
    pane.detail.tree.setFocus()
    QTest.keyClick(pane.detail.tree, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard() == "ack 0 in /"


def test_copies_rows_as_lines(pane: WirePane, qtbot: QtBot) -> None:
    pane.view.selectAll()
    pane.view.setFocus()
    QTest.keyClick(pane.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(clipboard().splitlines()) == 5)
    assert "→  Event  ask" in clipboard().splitlines()[2]


def test_saves_the_body(pane: WirePane, tmp_path: Path) -> None:
    pane.show_seq(2)
    act(pane, "&Save body…")
    (dialog,) = pane.findChildren(QFileDialog)
    path = tmp_path / "body"
    dialog.fileSelected.emit(str(path))
    dialog.close()
    assert path.read_text() == '0{"sid":"a","upgrades":["websocket"]}'
    assert "Saved" in pane.detail.title.text()
    assert pane.detail.record is not None
    pane.detail.save_body(pane.detail.record, 4, tmp_path / "missing" / "body")
    assert "Not saved" in pane.detail.title.text()


def test_a_big_body_is_cut_with_a_note(pane: WirePane, append: Append, qtbot: QtBot, tmp_path: Path) -> None:
    body = "x" * 10_000_000
    append((Kind.HTTP, OUT, body, GET | {"url": "http://x/big"}, 8))
    pane.show_seq(8)
    for tab in (RAW, HEX, DECODED, HEADERS):
        pane.detail.show_tab(tab)
    shown = pane.detail.raw.toPlainText()
    assert len(shown) < LONGEST + 200
    assert shown.endswith("… and 9,900,000 more characters; “Save body” takes all")
    assert "of 10,000," in pane.detail.hex._note.text()
    assert pane.detail.record is not None
    pane.detail.save_body(pane.detail.record, 4, tmp_path / "big")
    assert (tmp_path / "big").stat().st_size == len(body)


def test_a_long_packet_is_decoded_when_it_is_unfolded(pane: WirePane, append: Append) -> None:
    numbers = ",".join(map(str, range(200_000)))
    append((Kind.EVENT, IN, f'2/admin,7["big",[{numbers}]]', None, 8))
    pane.show_seq(8)
    assert pane.detail.title.text().endswith("event `big` in /admin, ack 7 asked")
    assert "Data: long: decoded when it is unfolded" in tree_lines(pane)
    tree, model = pane.detail.tree, pane.detail.tree_model
    packet = model.index(0, 0)
    data = next(index for row in range(9) if model.data(index := model.index(row, 0, packet)) == "Data")
    tree.expand(data)
    assert [model.data(model.index(row, 1, data)) for row in (0, 1)] == ['"big"', "[200,000 values]"]


def test_takes_over_what_comes_while_it_is_seen(pane: WirePane, append: Append, qtbot: QtBot) -> None:
    append((Kind.EVENT, IN, '2["a"]', None, 8))
    pane.notice()
    qtbot.waitUntil(lambda: pane.model.rowCount() == 6)
    pane.hide()
    append((Kind.EVENT, IN, '2["b"]', None, 9))
    pane.notice()
    assert not pane.model._pending
    pane.show()
    qtbot.waitUntil(lambda: pane.model.rowCount() == 7)


def test_a_narrow_list_shows_fewer_columns(pane: WirePane) -> None:
    assert not pane.view.isColumnHidden(WireColumn.WATERFALL)
    pane.resize(520, 700)
    QApplication.processEvents()
    assert pane.view.isColumnHidden(WireColumn.WATERFALL)
    assert not pane.view.isColumnHidden(WireColumn.WHAT)


def test_in_a_low_window_list_and_detail_stand_side_by_side(pane: WirePane) -> None:
    assert pane.halves.orientation() is Qt.Orientation.Vertical
    pane.resize(560, 240)
    QApplication.processEvents()
    assert pane.halves.orientation() is Qt.Orientation.Horizontal


def test_the_scale_of_the_waterfall_is_that_of_the_rows_in_view(pane: WirePane) -> None:
    pane.view.grab()
    begin, end = pane.view._span
    assert begin == pytest.approx(0.2 - 0.05)
    assert end == pytest.approx(0.7)


def test_what_waits(pane: WirePane, qtbot: QtBot) -> None:
    strip = pane.waiting
    assert strip.text() == ""
    assert not strip._timer.isActive()
    waiting = [Waiting(time.monotonic() - 12.3, "GET", "http://x/\n")]
    strip.source = lambda: waiting
    pane.model.counted.emit()
    assert strip.text() == "Waiting: 12.3 s GET http://x/⏎"
    qtbot.waitUntil(lambda: "12.5 s" in strip.text())
    waiting.clear()
    qtbot.waitUntil(lambda: strip.text() == "")
    assert not strip._timer.isActive()


def test_says_why_it_is_empty(pane: WirePane, qtbot: QtBot) -> None:
    assert pane._count.text() == "5 rows"
    pane.filter_edit.setText("nothing-like-it")
    pane.filter_edit.apply()
    qtbot.waitUntil(lambda: pane.view.placeholder == "No row matches the filter.")
    pane.filter_edit.setText("kind:nonsense")
    pane.filter_edit.apply()
    assert "did you mean" in pane._said.text()
    pane.set_recording(None)
    pane.filter_edit.clear()
    pane.filter_edit.apply()
    assert pane.view.placeholder == "Press Connect."


def test_a_tool_tip_is_no_markup() -> None:
    assert plain_tip("<b>a & b</b>") == "<span>&lt;b&gt;a &amp; b&lt;/b&gt;</span>"
    assert plain_tip("") == ""
    assert len(plain_tip("x" * 5000)) < 2100
