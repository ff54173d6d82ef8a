"""The window against servers: connecting, every state left, the end."""

from __future__ import annotations

import asyncio
import gc
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from shiboken6 import getCppPointer, isValid

from tests.ui.running import recorded, run, until, window
from wsgui.core.protocol import Protocol
from wsgui.core.records import Direction, Kind
from wsgui.lab.server import serve
from wsgui.net.state import State
from wsgui.ui.window import Window


def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def find(shown: QWidget, kind: type[QWidget], name: str) -> QWidget:
    widget = shown.findChild(kind, name)
    assert isinstance(widget, kind), name
    return widget


def test_the_widgets_that_tests_and_screen_readers_look_for(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            for name in (
                "urlEdit", "protocolBox", "connectButton", "disconnectButton", "diagnoseButton", "stateLabel",
                "transportLabel", "logView", "filterEdit", "optionForm", "eventNameEdit", "payloadEdit", "sendButton",
                "profileBox", "option_transports", "option_auth", "option_timeout",
            ):  # fmt: skip
                await until(lambda name=name: shown.findChild(QWidget, name) is not None, name)  # type: ignore[misc]

    run(qapp, body)


def test_connect_emit_with_ack_and_disconnect(qapp: QApplication) -> None:
    async def body() -> None:
        async with serve() as url, window() as shown:
            tab = shown.tab
            url_edit, connect = find(shown, QLineEdit, "urlEdit"), find(shown, QPushButton, "connectButton")
            QTest.keyClicks(url_edit, url)
            QTest.mouseClick(connect, Qt.MouseButton.LeftButton)
            await until(lambda: tab.status.transport == "websocket", "the upgrade")
            assert find(shown, QLabel, "stateLabel").property("text") == "Connected"
            assert find(shown, QLabel, "transportLabel").property("text") == "websocket"
            QTest.keyClicks(find(shown, QLineEdit, "eventNameEdit"), "sum")
            QTest.keyClicks(tab.send.payload_edit, "1, 2")
            QTest.mouseClick(find(shown, QPushButton, "sendButton"), Qt.MouseButton.LeftButton)
            await until(lambda: bool(recorded(tab, Kind.ACK)), "the ack")
            assert recorded(tab, Kind.ACK)[0].data == "30[3]"
            assert recorded(tab, Kind.EVENT, Direction.OUT)[0].data == '20["sum",1,2]'
            QTest.mouseClick(find(shown, QPushButton, "disconnectButton"), Qt.MouseButton.LeftButton)
            await until(lambda: tab.status.state is State.CLOSED, "the end")
            assert recorded(tab, Kind.DISCONNECT)[0].fact("reason") == "io client disconnect"
            await until(lambda: tab.log.model.rowCount() == len(tab.records()), "every record in the log")

    run(qapp, body)


def test_two_quick_clicks_make_one_connection(qapp: QApplication) -> None:
    async def body() -> None:
        async with serve() as url, window() as shown:
            tab = shown.tab
            tab.address.url_edit.setText(url)
            button = tab.address.connect_button
            QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
            tab.connect_now()
            await until(lambda: tab.status.transport == "websocket")
            assert len(recorded(tab, Kind.CONNECT)) == 1

    run(qapp, body)


def test_connect_and_cancel_in_one_breath(qapp: QApplication) -> None:
    async def body() -> None:
        async with serve() as url, window() as shown:
            tab = shown.tab
            tab.connect_to(url)
            tab.stop()
            await until(lambda: tab.status.state is State.CLOSED, "the end")
            tab.connect_now()
            await until(lambda: tab.status.state is State.CONNECTED, "the connection")

    run(qapp, body)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("", "Enter the server's URL"),
        ("localhost:3000", "http://localhost:3000"),
        ("http://localhost:0", "Port 0 does not exist"),
        ("http://localhost:70000", "Port 70000 does not exist"),
        ("http://lo calhost", "a space in the host"),
        ("ftp://localhost", "cannot be connected to"),
    ],
)
def test_a_bad_url_is_refused_under_its_field(qapp: QApplication, url: str, sentence: str) -> None:
    async def body() -> None:
        async with window() as shown:
            shown.tab.address.url_edit.setText(url)
            QTest.mouseClick(shown.tab.address.connect_button, Qt.MouseButton.LeftButton)
            problem = shown.findChild(QLabel, "urlProblem")
            assert problem is not None
            assert problem.isVisible()
            assert sentence in problem.text()
            assert shown.tab.status.state is State.CLOSED

    run(qapp, body)


@asynccontextmanager
async def silent_server() -> AsyncIterator[str]:
    """Accepts and says nothing."""
    conversations: set[asyncio.Task[object] | None] = set()

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        conversations.add(asyncio.current_task())
        await reader.read()
        writer.close()

    async with await asyncio.start_server(listen, "127.0.0.1") as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    await asyncio.gather(*filter(None, conversations))


Reach = Callable[[Window, AsyncExitStack], Awaitable[None]]
"""Brings the window into a state; what it needs for that ends with the stack."""


async def connecting(shown: Window, stack: AsyncExitStack) -> None:
    shown.tab.connect_to(await stack.enter_async_context(silent_server()))
    await until(lambda: bool(recorded(shown.tab, Kind.STATE)), "connecting")


async def waiting(shown: Window, stack: AsyncExitStack) -> None:
    shown.tab.connect_to(f"http://127.0.0.1:{unused_port()}")
    await until(lambda: shown.tab.status.state is State.WAITING, "waiting to reconnect")


async def at_once(shown: Window, stack: AsyncExitStack) -> None:
    shown.tab.connect_to(f"http://127.0.0.1:{unused_port()}")


@pytest.mark.parametrize("reach", [connecting, waiting, at_once])
def test_closing_the_window_in_any_state(qapp: QApplication, reach: Reach) -> None:
    async def body() -> None:
        async with AsyncExitStack() as stack, window() as shown:
            await reach(shown, stack)

    run(qapp, body)


@pytest.mark.parametrize("reach", [connecting, waiting, at_once])
def test_cancel_leaves_any_state(qapp: QApplication, reach: Reach) -> None:
    async def body() -> None:
        async with AsyncExitStack() as stack, window() as shown:
            await reach(shown, stack)
            button = shown.tab.address.disconnect_button
            assert button.text() == "&Cancel"
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
            await until(lambda: shown.tab.status.state is State.CLOSED, "the end")
            await until(shown.tab.address.connect_button.isEnabled, "Connect again")

    run(qapp, body)


def test_closing_the_window_while_connected_says_goodbye(qapp: QApplication, home: Path) -> None:
    async def body() -> None:
        async with serve() as url, window() as shown:
            shown.tab.connect_to(url)
            await until(lambda: shown.tab.status.transport == "websocket")

    run(qapp, body)
    assert len(list(home.rglob("*.sqlite"))) == 1


def test_several_tabs_at_once_each_have_their_own(qapp: QApplication) -> None:
    async def body() -> None:
        async with serve() as one, serve() as two, window() as shown:
            first = shown.tab
            first.connect_to(one)
            second = shown.new_tab()
            second.connect_to(two)
            for tab in (first, second):
                await until(lambda tab=tab: tab.status.transport == "websocket")  # type: ignore[misc]
            assert {recorded(tab, Kind.CONNECT)[0].fact("url") for tab in (first, second)} != {None}
            shown.tabs.tabCloseRequested.emit(0)
            await until(lambda: shown.tabs.count() == 1)
            assert second.status.state is State.CONNECTED

    run(qapp, body)


def test_sending_without_a_connection_says_why(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            send = shown.tab.send
            QTest.keyClicks(send.event_edit, "x")
            QTest.mouseClick(send.send_button, Qt.MouseButton.LeftButton)
            message = send.findChild(QLabel, "payloadMessage")
            assert message is not None
            assert "Press Connect first" in message.text()
            send.payload_edit.setPlainText('{"a": 1}\n, b')
            assert "line 2, column 3" in message.text()

    run(qapp, body)


def test_the_layout_and_the_urls_come_back(qapp: QApplication) -> None:
    async def body() -> None:
        async with serve() as url:
            async with window() as shown:
                shown.tab.connect_to(url)
                await until(lambda: shown.tab.status.state is State.CONNECTED)
                shown.tab.show_pane("snippet", shown=False)
                shown.settings.keep_shown("snippet", shown=False)
            async with window() as again:
                assert again.tab.snippet.isHidden()
                history = again.tab.address.findChild(QComboBox, "urlHistory")
                assert history is not None
                assert [history.itemText(row) for row in range(history.count())] == [url]
                assert again.tab.address.url == ""

    run(qapp, body)


def test_the_keyboard_goes_to_each_part_of_the_tab(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            tab = shown.tab
            tab.address.url_edit.setText("http://localhost:1")
            await until(shown.isActiveWindow, "the keyboard")
            for keys, place in (
                (Qt.Key.Key_3, tab.log.view),
                (Qt.Key.Key_2, tab.options),
                (Qt.Key.Key_4, tab.send.event_edit),
                (Qt.Key.Key_1, tab.address.url_edit),
            ):
                QTest.keyClick(shown, keys, Qt.KeyboardModifier.ControlModifier)
                assert place.hasFocus()
            assert tab.address.url_edit.selectedText() == "http://localhost:1"
            tab.address.protocol_box.setCurrentIndex(tab.address.protocol_box.findData(Protocol.WEBSOCKET.value))
            QTest.keyClick(shown, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
            assert tab.messages.message_edit.hasFocus()

    run(qapp, body)


def test_going_to_a_hidden_pane_shows_it(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            await until(shown.isActiveWindow, "the keyboard")
            action = next(each for each in shown.findChildren(QAction) if each.text() == "&Options")
            action.trigger()
            assert shown.tab.options.isHidden()
            QTest.keyClick(shown, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
            assert shown.tab.options.isVisible()
            assert action.isChecked()
            assert shown.tab.options.hasFocus()

    run(qapp, body)


def test_what_is_typed_is_what_is_connected_to(qapp: QApplication) -> None:
    """A longer URL in the history must not be completed into the field."""

    async def body() -> None:
        async with serve() as url:
            async with window() as shown:
                shown.tab.connect_to(url + "/admin")
                await until(lambda: shown.tab.status.failed, "the refusal")
            async with window() as again:
                QTest.keyClicks(again.tab.address.url_edit, url)
                assert again.tab.address.url == url

    run(qapp, body)


def test_a_wrong_option_is_said_and_forgotten_when_it_is_mended(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            tab = shown.tab
            tab.options.fill()
            editor = tab.options.findChild(QPlainTextEdit, "option_auth")
            assert editor is not None
            editor.setPlainText('{"token": ')
            tab.connect_to("http://127.0.0.1:9")
            problem = tab.findChild(QLabel, "urlProblem")
            assert problem is not None
            assert "JSON broken" in problem.text()
            assert not tab.address.url_edit.property("state")
            editor.setPlainText('{"token": 1}')
            await until(problem.isHidden, "the end of the complaint")

    run(qapp, body)


def test_the_built_in_server_is_reached_whatever_protocol_was_chosen(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            shown.tab.address.protocol_box.setCurrentIndex(2)
            shown.start_demo()
            await until(lambda: shown.tab.status.transport == "websocket", "the connection")
            assert shown.tab.address.protocol_box.currentIndex() == 0

    run(qapp, body)


def orphans() -> set[int]:
    """Where the widgets lie that have no parent and are no windows that somebody sees."""
    widgets = QApplication.allWidgets()
    return {getCppPointer(each)[0] for each in widgets if each.parent() is None and not each.isVisible()}


def test_a_closed_tab_leaves_nothing_to_the_garbage_collector(qapp: QApplication) -> None:
    # It would delete the widgets that it finds, in whatever thread it runs, and while somebody goes through them all.
    async def body() -> None:
        async with window() as shown:
            before = orphans()
            tab = shown.new_tab()
            await until(lambda: tab.findChild(QWidget, "option_timeout") is not None, "the options")
            for page in ("wire", "pulse", "diagnosis", "log"):
                tab.pages.show_page(page)
            shown.tabs.tabCloseRequested.emit(shown.tabs.currentIndex())
            await until(lambda: not isValid(tab), "the end of the tab")
            assert orphans() - before == set()

    gc.collect()
    gc.disable()
    try:
        run(qapp, body)
    finally:
        gc.enable()
