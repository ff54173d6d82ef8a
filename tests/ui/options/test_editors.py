"""The editors: one for each type of option, each refusing what is wrong where it is typed."""

from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QTableWidget,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from tests.ui.options.finding import complaints, found, line, type_into
from wsgui.core.option_types import Protocol
from wsgui.ui.options.form import OptionForm


def test_a_number_is_taken_as_it_is_typed_and_a_bad_one_leaves_the_last_good_one(
    form: OptionForm, qtbot: QtBot
) -> None:
    edit = line(form, "reconnectionDelay")
    type_into(edit, "250")
    assert form.values() == {"reconnectionDelay": 250}
    assert edit.property("state") == "changed"
    QTest.keyClicks(edit, "x")
    assert form.values() == {"reconnectionDelay": 250}
    assert edit.property("state") == "bad"
    assert complaints(form) == {
        "reconnectionDelay": 'reconnectionDelay must be a whole number from 0 to 2147483647 ms, not "250x".'
    }
    shown = [label.text() for label in form.rows["reconnectionDelay"].findChildren(QLabel) if label.isVisible()]
    assert complaints(form)["reconnectionDelay"] in shown
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    assert form.problems() == []
    type_into(edit, "")
    assert form.values() == {}


def test_infinity_and_false_can_be_typed_and_picked(form: OptionForm) -> None:
    type_into(line(form, "timeout"), "false")
    assert form.values()["timeout"] is False
    form.set_values({"reconnectionAttempts": 3})
    menus = [
        button.menu()
        for button in form.rows["reconnectionAttempts"].findChildren(QToolButton)
        if button.popupMode() is QToolButton.ToolButtonPopupMode.InstantPopup
    ]
    menus[0].actions()[0].trigger()
    assert line(form, "reconnectionAttempts").text() == "Infinity"
    assert form.values() == {}


def test_a_check_box(form: OptionForm) -> None:
    box = found(form, QCheckBox, "option_upgrade")
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert form.values() == {"upgrade": False}


def test_a_choice_and_the_wheel_that_scrolls_past_it(form: OptionForm) -> None:
    box = found(form, QComboBox, "option_secure")
    box.setCurrentIndex(1)
    assert form.values() == {"secure": True}
    down = QPoint(0, -120)
    event = QWheelEvent(
        QPointF(5, 5), box.mapToGlobal(QPointF(5, 5)), down, down, Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    box.setFocus()
    QApplication.sendEvent(box, event)
    assert form.values() == {"secure": True}


def test_transports_are_ticked_and_put_in_order_with_the_keyboard(form: OptionForm) -> None:
    names = found(form, QListWidget, "option_transports")
    names.setFocus()
    names.setCurrentRow(1)
    QTest.keyClick(names, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert form.values() == {"transports": ["websocket", "polling", "webtransport"]}
    names.item(2).setCheckState(Qt.CheckState.Unchecked)
    assert form.values() == {"transports": ["websocket", "polling"]}
    for row in (0, 1):
        names.item(row).setCheckState(Qt.CheckState.Unchecked)
    assert "No transports available" in complaints(form)["transports"]
    assert form.values() == {"transports": ["polling"]}


def test_options_that_cannot_be_given_together_are_refused(form: OptionForm) -> None:
    form.set_values({"transportImplementations": ["Fetch"]})
    assert form.problems() == []
    found(form, QListWidget, "option_transports").item(0).setCheckState(Qt.CheckState.Unchecked)
    assert "cannot be given together" in complaints(form)["transportImplementations"]
    form.set_protocol(Protocol.WEBSOCKET)
    assert form.problems() == []


def test_transports_are_moved_by_dragging(form: OptionForm) -> None:
    names = found(form, QListWidget, "option_transports")
    model = names.model()
    assert model.moveRow(names.rootIndex(), 1, names.rootIndex(), 0)  # as Qt does when an item is dropped
    assert form.values() == {"transports": ["websocket", "polling", "webtransport"]}


def test_json_is_refused_with_its_place_while_it_is_typed(form: OptionForm) -> None:
    edit = found(form, QPlainTextEdit, "option_auth")
    edit.setPlainText('{"token": "abc"}')
    assert form.values() == {"auth": {"token": "abc"}}
    edit.setPlainText('{"token": "abc",\n  "n": }')
    assert "line 2, column 8" in complaints(form)["auth"]
    assert form.values() == {"auth": {"token": "abc"}}
    edit.setPlainText("[1]")
    assert "must be an object" in complaints(form)["auth"]
    edit.setPlainText("{ token: 'from JavaScript', }")
    assert form.values() == {"auth": {"token": "from JavaScript"}}
    edit.setPlainText("{ token: process.env.TOKEN }")
    assert "line 1, column 3" in complaints(form)["auth"]


def test_the_json_editor_grows_with_its_text(form: OptionForm) -> None:
    edit = found(form, QPlainTextEdit, "option_auth")
    before = edit.height()
    edit.setPlainText("{\n\n\n\n\n}")
    assert edit.height() > before


def test_headers_in_a_table(form: OptionForm) -> None:
    table = found(form, QTableWidget, "option_extraHeaders")
    assert table.rowCount() == 1
    form.set_values({"extraHeaders": {"A": "1"}})
    assert table.rowCount() == 2
    table.model().setData(table.model().index(1, 0), "B b")
    assert 'extraHeaders: "B b" is no valid header name.' in complaints(form).values()
    table.model().setData(table.model().index(1, 0), "B")
    table.model().setData(table.model().index(1, 1), "2")
    assert form.values() == {"extraHeaders": {"A": "1", "B": "2"}}
    assert table.rowCount() == 3
    table.model().setData(table.model().index(1, 0), "A")
    assert "twice" in complaints(form)["extraHeaders"]
    table.model().setData(table.model().index(1, 0), "")
    assert "has no name" in complaints(form)["extraHeaders"]


def test_rows_of_a_table_are_removed_and_pasted(form: OptionForm) -> None:
    form.set_values({"extraHeaders": {"A": "1", "B": "2"}})
    table = found(form, QTableWidget, "option_extraHeaders")
    table.setFocus()
    table.setCurrentCell(0, 1)
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert form.values() == {"extraHeaders": {"B": "2"}}
    QGuiApplication.clipboard().setText("B: 3\n\nAuthorization: Bearer a:b\n")
    QTest.keyClick(table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert form.values() == {"extraHeaders": {"B": "3", "Authorization": "Bearer a:b"}}
    QGuiApplication.clipboard().setText("?a=1&b=x=y")
    paste = next(button for button in form.rows["query"].findChildren(QToolButton) if button.text() == "Paste")
    paste.click()
    assert form.values()["query"] == {"a": "1", "b": "x=y"}


def test_a_list_of_names(form: OptionForm) -> None:
    type_into(line(form, "protocols"), "chat, superchat,")
    assert form.values() == {"protocols": ["chat", "superchat"]}
    QTest.keyClicks(line(form, "protocols"), "a b")
    assert '"a b"' in complaints(form)["protocols"]


def test_a_file_is_picked_in_a_dialog_that_is_not_waited_for(form: OptionForm, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.pem", "b.pem")]
    for file in files:
        file.touch()
    form.focus_option("ca")
    choose = next(button for button in form.rows["ca"].findChildren(QToolButton) if button.text() == "…")
    choose.click()
    dialog = found(form, QFileDialog, "fileDialog")
    dialog.filesSelected.emit([str(file) for file in files])
    dialog.reject()
    assert form.values() == {"ca": [str(file) for file in files]}


def test_a_file_that_is_not_there_is_refused(form: OptionForm, tmp_path: Path) -> None:
    type_into(line(form, "cert"), str(tmp_path / "none.pem"))
    assert "there is no file" in complaints(form)["cert"]
    assert form.values() == {}
    form.set_values({"cert": "/no/such.pem"})  # from another machine's profile: kept, and said
    assert form.values() == {"cert": "/no/such.pem"}
    assert "there is no file" in complaints(form)["cert"]
