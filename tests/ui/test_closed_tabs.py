"""What is thrown away by mistake can be had back: a tab, the rows of a log."""

from __future__ import annotations

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication

from tests.ui.running import notice, run, until, window
from wsgui.core.protocol import Protocol
from wsgui.ui.closed_tabs import MOST
from wsgui.ui.connection_tab import ConnectionTab
from wsgui.ui.recordings.tab import RecordingTab
from wsgui.ui.window import Window


def press_action(shown: Window) -> None:
    shown.toasts.shown[-1].button.click()


def test_a_closed_connection_comes_back_as_it_was(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            tab = shown.tab
            tab.address.url_edit.setText("http://localhost:3000")
            tab.address.set_protocol(Protocol.SOCKETIO_V2)
            tab.options.set_values({"timeout": 1234})
            tab.events.namespaces.want({"/admin": None})
            tab.send.event_edit.setText("echo")
            tab.send.payload_edit.setPlainText("[1]")
            shown.close_front()
            assert notice(shown) == "“localhost:3000” was closed."
            assert shown.tab.address.url == ""
            press_action(shown)
            back = shown.tab
            assert back is not tab
            assert back.address.url == "http://localhost:3000"
            assert back.address.protocol is Protocol.SOCKETIO_V2
            assert back.options.values() == {"timeout": 1234}
            assert back.events.namespaces.wanted == {"/admin": None}
            assert back.send.event_edit.text() == "echo"
            assert back.send.payload_edit.toPlainText() == "[1]"

    run(qapp, body)


def test_a_closed_websocket_comes_back_with_its_message(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            shown.tab.address.url_edit.setText("ws://localhost:3000")
            shown.tab.address.set_protocol(Protocol.WEBSOCKET)
            shown.tab.messages.message_edit.setPlainText("hello")
            shown.close_front()
            (again,) = (each for each in shown.findChildren(QAction) if each.shortcut() == QKeySequence("Ctrl+Shift+T"))
            again.trigger()
            assert shown.tab.messages.message_edit.toPlainText() == "hello"

    run(qapp, body)


def test_a_tab_with_nothing_in_it_is_not_kept(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            shown.new_tab()
            shown.close_front()
            assert notice(shown) == ""
            shown.closed_tabs.reopen()
            assert shown.tabs.count() == 1

    run(qapp, body)


def test_the_last_ones_are_kept(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            for port in range(MOST + 2):
                shown.tab.address.url_edit.setText(f"http://localhost:{port + 1}")
                shown.close_front()
            for _ in range(MOST + 2):
                shown.closed_tabs.reopen()
            tabs = (shown.tabs.widget(index) for index in range(shown.tabs.count()))
            urls = [tab.address.url for tab in tabs if isinstance(tab, ConnectionTab)]
            assert urls == ["", *(f"http://localhost:{port}" for port in range(MOST + 2, 2, -1))]

    run(qapp, body)


def test_a_closed_recording_comes_back_and_a_cleared_log_too(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            tab = shown.tab
            shown.start_demo()
            await until(lambda: tab.status.transport == "websocket", "the connection")
            await until(lambda: tab.log.model.rowCount() > 5, "the rows")
            rows = tab.log.model.rowCount()
            tab.log.clear_or_show_all()
            assert tab.log.model.rowCount() < rows
            assert notice(shown) == "The log was cleared."
            press_action(shown)
            assert tab.log.model.rowCount() >= rows
            tab.stop()
            await until(lambda: not tab._busy, "the end")
            assert tab.recording is not None
            path = tab.recording.path
            assert path is not None
            shown.close_front()
            shown.shelf.open(path)
            await until(lambda: isinstance(shown.front, RecordingTab), "the recording")
            shown.close_front()
            press_action(shown)
            await until(lambda: isinstance(shown.front, RecordingTab), "the recording again")

    run(qapp, body)
