"""Import in the window: nothing changes before the person says so, and no way in is forgotten."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.recordings.opening import session
from tests.ui.running import run, until, window
from wsgui.core.connection_plan import Plan, Send
from wsgui.core.protocol import Protocol
from wsgui.exports.code.wsgui_link import write as as_link
from wsgui.exports.code.wsgui_profile import write as as_json
from wsgui.lab.server import serve
from wsgui.net.state import State
from wsgui.ui.imports.import_dialog import LONGEST_SHOWN, ImportDialog
from wsgui.ui.recordings.tab import RecordingTab
from wsgui.ui.window import Window

PLAN = Plan(
    "https://a.example/chat",
    options={"auth": {"token": "t"}, "transports": ["websocket"]},
    namespaces={"/b": {"x": 1}},
    steps=(Send("say", [1, "x"]), Send("more")),
)


async def read(dialog: ImportDialog | None) -> ImportDialog:
    """The dialog, with what was found in it."""
    assert dialog is not None
    await until(dialog.use_button.isEnabled, "a connection")
    return dialog


def drop(shown: Window, data: QMimeData) -> None:
    action, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    shown.dropEvent(QDropEvent(QPointF(5, 5), action, data, button, keys))


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_what_is_imported_fills_the_form(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            tab = shown.tab
            tab.options.set_values({"path": "/before"})
            shown.importing.show().source_edit.setPlainText(as_json(PLAN))
            dialog = await read(shown.importing.dialog)
            told = dialog.preview.toPlainText()
            assert "URL: https://a.example/chat" in told
            assert "auth: { token }" in told
            assert tab.address.url == ""
            assert tab.options.values() == {"path": "/before"}
            dialog.use_button.click()
            assert shown.importing.dialog is None
            assert (tab.address.url, tab.address.protocol) == ("https://a.example/chat", Protocol.SOCKETIO)
            assert tab.options.values() == PLAN.options
            assert tab.events.namespaces.wanted == PLAN.namespaces
            assert (tab.send.event_edit.text(), tab.send.payload_edit.toPlainText()) == ("say", '1, "x"')
            assert [draft.event for draft in tab.send.history_button.messages] == ["say", "more"]
            assert tab.status.state is State.CLOSED

    run(qapp, body)


def test_a_plain_websocket(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            shown.importing.show_text(as_json(Plan("wss://a.example", Protocol.WEBSOCKET, steps=(Send("", ["hi"]),))))
            (await read(shown.importing.dialog)).use_button.click()
            assert shown.tab.address.protocol is Protocol.WEBSOCKET
            assert shown.tab.messages.message_edit.toPlainText() == "hi"

    run(qapp, body)


def test_a_connection_that_runs_is_left_alone(qapp: QApplication) -> None:
    async def body() -> None:
        async with serve() as url, window() as shown:
            first = shown.tab
            first.connect_to(url)
            await until(lambda: first.status.state is State.CONNECTED, "the connection")
            shown.importing.show_text('io("https://a.example")')
            (await read(shown.importing.dialog)).use_button.click()
            assert first.address.url == url
            assert shown.tab is not first
            assert shown.tab.address.url == "https://a.example"

    run(qapp, body)


def test_broken_input_is_told_and_nothing_is_offered(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            dialog = shown.importing.show()
            dialog.read_text('{"wsgui": 1')
            await until(lambda: "line 1, column 12: the JSON is broken" in dialog.said.text(), "the sentence")
            assert not dialog.use_button.isEnabled()
            assert dialog.said.property("tone") == "bad"
            dialog.source_edit.setPlainText('io("https://a.example")')
            await read(dialog)
            dialog.source_edit.setPlainText('io("https://a.example"')
            assert not dialog.use_button.isEnabled()
            dialog.reject()

    run(qapp, body)


def test_one_of_several(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            shown.importing.show_text("A_SOCKET_URL=https://a.example\nB_SOCKET_URL=https://b.example\n")
            dialog = await read(shown.importing.dialog)
            assert dialog.list.isVisible()
            assert dialog.list.count() == 2
            dialog.list.setCurrentRow(1)
            assert "https://b.example" in dialog.preview.toPlainText()
            dialog.use_button.click()
            assert shown.tab.address.url == "https://b.example"

    run(qapp, body)


def test_files_are_told_apart_where_they_are_dropped(qapp: QApplication, tmp_path: Path) -> None:
    recording = session("20260101-100000-a")
    (tmp_path / ".env.local").write_text("SOCKET_URL=https://a.example\n", encoding="utf-8")
    (tmp_path / "room.wsgui").write_text(as_json(PLAN), encoding="utf-8")
    (tmp_path / "page.json").write_text(json.dumps({"log": {"version": "1.2", "entries": []}}), encoding="utf-8")

    async def body() -> None:
        async with window() as shown:
            drop(shown, files(recording))
            await until(lambda: isinstance(shown.tabs.currentWidget(), RecordingTab), "the recording")
            drop(shown, files(tmp_path / "page.json"))
            await until(lambda: shown.tabs.count() == 3, "the tab of the archive")
            assert shown.importing.dialog is None
            drop(shown, files(tmp_path / ".env.local", tmp_path / "room.wsgui"))
            await until(lambda: shown.importing.dialog is not None, "the dialog")
            dialog = await read(shown.importing.dialog)
            assert [dialog.list.item(row).text().split("  –")[0] for row in range(2)] == ["SOCKET_URL", "room.wsgui"]
            dialog.reject()
            text = QMimeData()
            text.setText("curl https://c.example")
            drop(shown, text)
            assert "http" in (await read(shown.importing.dialog)).preview.toPlainText()
            dialog = shown.importing.show()
            dialog.reject()

    run(qapp, body)


@pytest.mark.parametrize("text", ['curl "https://a.example" \\\n  -k', 'io("https://a.example", {\n})', as_link(PLAN)])
def test_what_is_pasted_into_the_url_field(qapp: QApplication, text: str) -> None:
    async def body() -> None:
        async with window() as shown:
            edit = shown.tab.address.url_edit
            edit.setText("http://before")
            edit.selectAll()
            QGuiApplication.clipboard().setText(text)
            edit.paste()
            assert edit.text() == "http://before"
            dialog = await read(shown.importing.dialog)
            assert dialog.source_edit.toPlainText() == text
            dialog.reject()

    run(qapp, body)


def test_a_url_is_pasted_and_anything_may_be_typed(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            edit = shown.tab.address.url_edit
            QGuiApplication.clipboard().setText("https://a.example/io?x=1")
            edit.paste()
            assert edit.text() == "https://a.example/io?x=1"
            edit.clear()
            QTest.keyClicks(edit, "curl io({")
            assert edit.text() == "curl io({"
            assert shown.importing.dialog is None

    run(qapp, body)


def test_a_link_asks_first(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            shown.importing.open(as_link(PLAN))
            dialog = await read(shown.importing.dialog)
            assert "use it only if you trust" in dialog.warning_label.text()
            assert dialog.warning_label.isVisible()
            assert shown.tab.address.url == ""
            dialog.reject()
            assert shown.tab.address.url == ""

    run(qapp, body)


def test_a_profile_that_was_clicked_on(qapp: QApplication, tmp_path: Path) -> None:
    file = tmp_path / "room a.wsgui"
    file.write_text(as_json(PLAN), encoding="utf-8")

    async def body() -> None:
        async with window() as shown:
            for name in (str(file), file.as_uri()):
                shown.importing.open(name)
                await until(lambda: shown.importing.dialog is not None, "the dialog")
                dialog = await read(shown.importing.dialog)
                assert dialog.said.text() == "wsgui profile: 1 connection"
                dialog.reject()

    run(qapp, body)


def test_a_text_too_long_for_an_editor_is_read_all_the_same(qapp: QApplication) -> None:
    text = 'io("https://a.example")' + " " * LONGEST_SHOWN

    async def body() -> None:
        async with window() as shown:
            dialog = shown.importing.show()
            QGuiApplication.clipboard().setText(text)
            dialog.source_edit.paste()
            await read(dialog)
            assert dialog.source_edit.toPlainText() == ""
            dialog.reject()

    run(qapp, body)


def test_only_what_was_asked_last_is_shown(qapp: QApplication) -> None:
    slow = 'io("https://first.example");' + "f(1);" * 30_000

    async def body() -> None:
        async with window() as shown:
            shown.importing.show_text(slow)
            shown.importing.show_text('io("https://second.example")')
            dialog = await read(shown.importing.dialog)
            await until(lambda: not [task for task in asyncio.all_tasks() if "import" in task.get_name()], "both")
            assert [dialog.list.item(row).text() for row in range(dialog.list.count())] == ["https://second.example"]
            dialog.reject()

    run(qapp, body)


def test_the_window_may_be_closed_while_it_is_read(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            shown.importing.show_text('io("https://a.example")')

    run(qapp, body)
