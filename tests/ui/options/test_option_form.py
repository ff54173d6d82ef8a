"""The form: generated from the table, live, and stricter than any dialog."""

import html
import math
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.options.finding import complaints, found, line, type_into
from wsgui import resources
from wsgui.core.option_types import OptionType, Protocol
from wsgui.core.option_values import OptionValues
from wsgui.core.options import OPTIONS, OptionError
from wsgui.core.presets import read_presets
from wsgui.ui.options.form import OptionForm
from wsgui.ui.options.snippet_view import SnippetView


def test_values_need_no_rows(qtbot: QtBot) -> None:
    form = OptionForm()
    qtbot.addWidget(form)
    form.set_values({"timeout": 5, "forceNew": True})
    assert not form.rows
    assert form.values() == {"timeout": 5, "forceNew": True}
    with qtbot.waitSignal(form.filled):
        form.show()
    assert line(form, "timeout").text() == "5"


def test_every_option_has_a_named_editor_with_words_for_a_screen_reader(form: OptionForm) -> None:
    for option in OPTIONS:
        editor = found(form, QWidget, f"option_{option.name}")
        assert editor.accessibleName().startswith(option.name)
        assert editor.accessibleDescription() == option.help
        assert html.escape(option.help) in form.rows[option.name].toolTip()


def test_every_default_is_shown_without_a_mark(form: OptionForm) -> None:
    assert form.values() == {}
    assert form.problems() == []
    for row in form.rows.values():
        assert not row.is_changed
        row.editor.edited.emit()  # what is shown reads back as the default
    assert form.values() == {}
    assert form.problems() == []


def test_values_come_back_as_they_were_set(form: OptionForm, tmp_path: Path) -> None:
    file = tmp_path / "a.pem"
    file.touch()
    values: OptionValues = {
        "path": "/x",
        "query": {"a": "1", "b": ""},
        "port": 3000,
        "secure": False,
        "transports": ["websocket", "polling"],
        "timestampRequests": True,
        "transportOptions": {"polling": {"extraHeaders": {"A": "b"}}},
        "timeout": False,
        "reconnectionDelayMax": math.inf,
        "randomizationFactor": 0.25,
        "ackTimeout": 0,
        "auth": {"token": "ж\n", "n": [1, None, 0.5]},
        "extraHeaders": {"Authorization": "Bearer x"},
        "protocols": ["chat", "superchat"],
        "ca": [str(file), str(file)],
        "cert": "-----BEGIN CERTIFICATE-----\nQQ==\n-----END CERTIFICATE-----\n",
        "agent": {"proxy": "http://p"},
        "perMessageDeflate": False,
        "parser": "msgpack",
        "family": 4,
    }
    form.set_values(values)
    for row in form.rows.values():
        row.editor.edited.emit()
    assert form.values() == values
    assert form.values()["timeout"] is False
    assert form.problems() == []


def test_a_bad_set_of_values_changes_nothing(form: OptionForm) -> None:
    form.set_values({"timeout": 5})
    with pytest.raises(OptionError):
        form.set_values({"timeout": 7, "transports": []})
    assert form.values() == {"timeout": 5}


def test_a_missing_file_is_found_as_soon_as_there_are_editors(qtbot: QtBot) -> None:
    form = OptionForm()
    qtbot.addWidget(form)
    form.set_values({"cert": "/no/such.pem"})
    with qtbot.waitSignal(form.changed):
        form.show()
    assert "there is no file" in complaints(form)["cert"]


def test_the_way_back_to_the_default(form: OptionForm) -> None:
    form.set_values({"timeout": 5})
    line(form, "path").setText("no slash")
    for name in ("timeout", "path"):
        reset = found(form, QToolButton, f"reset_{name}")
        assert reset.isVisible()
        reset.click()
        assert not reset.isVisible()
    assert form.values() == {}
    assert form.problems() == []
    assert line(form, "timeout").text() == "20000"
    assert line(form, "path").text() == "/socket.io"


def test_a_section_counts_its_changed_options(form: OptionForm) -> None:
    form.set_values({"timeout": 5, "reconnection": False})
    texts = [label.text() for label in form.findChildren(QLabel)]
    assert "2 changed" in texts
    form.set_values({})
    assert not [label for label in form.findChildren(QLabel) if "changed" in label.text()]


def test_search_over_names_labels_and_help(form: OptionForm) -> None:
    search = found(form, QLineEdit, "optionSearch")
    for words, name in (("REJECTUNAUTH", "rejectUnauthorized"), ("cookies affinity", "withCredentials")):
        search.setText(words)
        assert [row.option.name for row in form.rows.values() if row.isVisible()] == [name]
    search.setText("nothing is called so")
    assert found(form, QLabel, "nothingFound").isVisible()
    search.clear()
    assert form.rows["path"].isVisible()
    assert not form.rows["rejectUnauthorized"].isVisible(), "its section was folded before the search"


def test_the_option_of_exactly_that_name_stands_first(form: OptionForm, qtbot: QtBot) -> None:
    def by_height() -> list[str]:
        shown = [row for row in form.rows.values() if row.isVisible()]
        return [row.option.name for row in sorted(shown, key=lambda row: row.mapTo(form, QPoint()).y())]

    search = found(form, QLineEdit, "optionSearch")
    before = by_height()
    form.focus_option("timeout")
    qtbot.waitUntil(lambda: found(form, QScrollArea, "optionScroll").verticalScrollBar().value() > 0)
    search.setText("CA")
    qtbot.waitUntil(lambda: len(by_height()) > 5 and by_height()[0] == "ca")
    bar = found(form, QScrollArea, "optionScroll").verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() == 0)
    first = by_height()[1]
    assert stops_before(form, "ca") < stops_before(form, first)
    search.setText("c")
    qtbot.waitUntil(lambda: by_height() == [name for name in form.rows if form.rows[name].isVisible()])
    assert stops_before(form, "ca") > stops_before(form, "path")
    search.clear()
    qtbot.waitUntil(lambda: by_height() == before)


def stops_before(form: OptionForm, name: str) -> int:
    """How many widgets the Tab key passes on the way from the search to an option."""
    stop: QWidget | None = found(form, QLineEdit, "optionSearch")
    count = 0
    while stop is not None and stop is not form.rows[name].editor.input:
        stop, count = stop.nextInFocusChain(), count + 1
    return count


def test_a_button_without_words_says_what_it_does(form: OptionForm) -> None:
    buttons = [each for each in form.findChildren(QToolButton) if not isinstance(each.parent(), QLineEdit)]
    silent = [each for each in buttons if not each.text()[:1].isalpha() and not each.toolTip()]
    assert [each.accessibleName() or each.objectName() for each in silent] == []


def test_only_what_is_changed(form: OptionForm) -> None:
    form.set_values({"ciphers": "ALL"})
    line(form, "timeout").setText("x")
    found(form, QCheckBox, "onlyChanged").click()
    assert [row.option.name for row in form.rows.values() if row.isVisible()] == ["timeout", "ciphers"]
    type_into(line(form, "ciphers"), "")
    assert line(form, "ciphers").isVisible(), "a row does not go away while somebody types into it"


def test_a_section_folds(form: OptionForm) -> None:
    header = found(form, QToolButton, "section_tls")
    assert not form.rows["ca"].isVisible()
    header.click()
    assert form.rows["ca"].isVisible()


def test_a_preset_replaces_all_values_and_can_be_undone(form: OptionForm) -> None:
    form.set_values({"timeout": 5})
    form.preset_menu.aboutToShow.emit()
    names = [action.text() for action in form.preset_menu.actions()]
    assert names == [preset.name for preset in read_presets(resources.path("presets"))]
    form.preset_menu.actions()[0].trigger()
    assert form.values() == {
        "transports": ["websocket", "polling"],
        "rememberUpgrade": True,
        "reconnectionAttempts": 5,
        "autoConnect": False,
        "forceNew": True,
    }
    assert line(form, "reconnectionAttempts").text() == "5"
    found(form, QPushButton, "resetAll").click()
    assert form.values() == {"timeout": 5}


def test_reset_all_can_be_undone_until_the_next_change(form: OptionForm) -> None:
    button = found(form, QPushButton, "resetAll")
    assert not button.isEnabled()
    form.set_values({"timeout": 5})
    button.click()
    assert form.values() == {}
    assert button.text() == "Undo"
    found(form, QCheckBox, "option_upgrade").click()
    assert button.text() == "Reset all"
    button.click()
    assert form.values() == {}


def test_a_protocol_hides_what_means_nothing_to_it_and_keeps_it(form: OptionForm) -> None:
    form.set_values({"path": "/x", "protocols": ["chat"]})
    line(form, "port").setText("x")
    form.set_protocol(Protocol.WEBSOCKET)
    assert not form.rows["path"].isVisible()
    assert form.rows["protocols"].isVisible()
    assert form.problems() == []
    assert form.values() == {"path": "/x", "protocols": ["chat"]}
    form.set_protocol(Protocol.SOCKETIO)
    assert form.rows["path"].isVisible()
    assert "port" in complaints(form)


def test_the_option_in_focus_is_explained(form: OptionForm) -> None:
    form.activateWindow()
    form.focus_option("rejectUnauthorized")
    assert form.rows["rejectUnauthorized"].isVisible()
    help_panel = found(form, QWidget, "optionHelp")
    texts = [label.text() for label in help_panel.findChildren(QLabel)]
    assert texts == ["rejectUnauthorized (default: true)", form.rows["rejectUnauthorized"].option.help]


def test_the_option_in_focus_comes_into_view(form: OptionForm, qtbot: QtBot) -> None:
    row = form.rows["localAddress"]
    form.focus_option("localAddress")
    scrolled = found(form, QScrollArea, "optionScroll").verticalScrollBar()
    qtbot.waitUntil(lambda: scrolled.value() > 0 and row.visibleRegion().boundingRect().height() == row.height())


def test_tab_goes_through_the_table_in_its_order_and_then_on(qtbot: QtBot) -> None:
    window, form, after = QWidget(), OptionForm(), QLineEdit()
    after.setObjectName("after")
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(form)
    column.addWidget(after)
    with qtbot.waitSignal(form.filled):
        window.show()
    order: list[str] = []
    stop: QWidget | None = found(form, QPushButton, "resetAll")
    while stop is not None and "after" not in order:
        if stop.objectName() == "after" or stop.objectName().startswith("option_"):
            order.append(stop.objectName())
        stop = stop.nextInFocusChain()
    assert order == [*(f"option_{option.name}" for option in OPTIONS), "after"]


def test_nothing_is_wider_than_a_narrow_form(form: OptionForm) -> None:
    for name in ("section_tls", "section_advanced"):
        found(form, QToolButton, name).click()
    for row in form.rows.values():
        assert row.minimumSizeHint().width() <= 340, row.option.name


def test_what_is_only_carried_can_be_seen_and_reset_but_not_typed(form: OptionForm) -> None:
    for option in OPTIONS:
        if option.type is OptionType.OPAQUE:
            assert found(form, QPlainTextEdit, f"option_{option.name}").isReadOnly()


def test_changes_are_announced(form: OptionForm, qtbot: QtBot) -> None:
    with qtbot.waitSignal(form.changed):
        line(form, "timeout").setText("5")
    with qtbot.waitSignal(form.changed):
        line(form, "timeout").setText("x")
    with qtbot.waitSignal(form.changed):
        form.set_values({})


def test_the_snippet_is_live(form: OptionForm, qtbot: QtBot) -> None:
    view = SnippetView(form)
    qtbot.addWidget(view)
    assert view.text() == "io()"
    form.set_url("https://a.example")
    form.set_values({"path": "/x", "protocols": ["chat"]})
    assert view.text() == 'io("https://a.example", {\n  path: "/x",\n  protocols: ["chat"],\n})'
    found(view, QPushButton, "copySnippet").click()
    assert QGuiApplication.clipboard().text() == view.text()
    form.set_protocol(Protocol.WEBSOCKET)
    assert view.text() == 'new WebSocket("https://a.example", ["chat"])'
