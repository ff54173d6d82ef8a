"""The pane of a plain WebSocket: what is typed is what the server hears, and every close frame can be asked for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel, QLineEdit, QPlainTextEdit, QPushButton

from tests.net.raw_server import BINARY, CLOSE, TEXT, RawWebSocket, agrees, raw_server
from tests.ui.options.finding import found
from tests.ui.running import recorded, run, until, window
from wsgui.core.message_form import MessageForm
from wsgui.core.option_types import Protocol
from wsgui.core.records import Direction, Kind
from wsgui.core.ws_close import close_body
from wsgui.net.state import State
from wsgui.ui.connection_tab import ConnectionTab
from wsgui.ui.message_pane import MessagePane

PING = 9
Frames = list[tuple[int, bytes]]


def with_connection(
    application: QApplication, body: Callable[[ConnectionTab, Frames], Awaitable[None]], *, answers: bool = True
) -> None:
    """Run ``body(tab, heard)`` with a tab that is connected to a server, which keeps each frame that it hears.

    The server echoes messages, and with ``answers`` close frames.
    """
    heard: Frames = []

    async def listen(peer: RawWebSocket) -> None:
        while not (answers and heard and heard[-1][0] == CLOSE):
            heard.append(await peer.receive())
            if answers or heard[-1][0] != CLOSE:
                peer.frame(*heard[-1])

    async def whole() -> None:
        async with raw_server(agrees(listen)) as url, window() as shown:
            choose_protocol(shown.tab, Protocol.WEBSOCKET)
            shown.tab.connect_to(url.replace("http", "ws") + "/path?x=1")
            await until(lambda: shown.tab.status.state is State.CONNECTED, "the connection")
            await body(shown.tab, heard)

    run(application, whole)


def choose_protocol(tab: ConnectionTab, protocol: Protocol) -> None:
    box = tab.address.protocol_box
    box.setCurrentIndex(box.findData(protocol.value))


def note(pane: MessagePane) -> str:
    return found(pane, QLabel, "messageNote").text()


def press(pane: MessagePane, name: str) -> None:
    QTest.mouseClick(found(pane, QPushButton, name), Qt.MouseButton.LeftButton)


def write(pane: MessagePane, text: str, form: MessageForm = MessageForm.TEXT) -> None:
    pane.form_box.setCurrentIndex(pane.form_box.findData(form))
    found(pane, QPlainTextEdit, "messageEdit").setPlainText(text)


def choose_file(pane: MessagePane, file: Path) -> None:
    press(pane, "sendFileButton")
    dialog = pane.findChildren(QFileDialog)[-1]
    dialog.fileSelected.emit(str(file))
    dialog.reject()


@pytest.fixture
def pane(qapp: QApplication) -> Iterator[MessagePane]:
    """A pane without a connection."""
    shown = MessagePane()
    shown.show()
    yield shown
    shown.close()
    shown.deleteLater()


def test_messages_and_pings_arrive_as_they_were_written(qapp: QApplication, tmp_path: Path) -> None:
    file = tmp_path / "message.bin"

    async def body(tab: ConnectionTab, heard: Frames) -> None:
        pane = tab.messages
        for text, form in (("ж", MessageForm.TEXT), ("00 ff", MessageForm.HEX), ("AP8=", MessageForm.BASE64)):
            write(pane, text, form)
            press(pane, "sendMessageButton")
        QTest.keyClick(pane.message_edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        for content, form in ((b"\x00\xfe", MessageForm.HEX), ("я\r\n".encode(), MessageForm.TEXT)):
            file.write_bytes(content)
            write(pane, "", form)
            choose_file(pane, file)
        QTest.keyClicks(pane.ping_edit, "content")
        press(pane, "pingButton")
        expected = [(TEXT, "ж".encode()), *[(BINARY, b"\x00\xff")] * 3, (BINARY, b"\x00\xfe"), (TEXT, "я\r\n".encode())]
        await until(lambda: len(heard) == len(expected) + 1, "all of it")
        assert heard == [*expected, (PING, b"content")]
        await until(lambda: len(recorded(tab, Kind.WS_MESSAGE, Direction.IN)) == len(expected), "the echoes")
        assert (tab.strip.received, tab.strip.sent) == (len(expected), len(expected))

    with_connection(qapp, body)


def test_what_cannot_be_sent_is_one_sentence(qapp: QApplication, tmp_path: Path) -> None:
    file = tmp_path / "message.bin"
    file.write_bytes(b"\xff")

    async def body(tab: ConnectionTab, _heard: Frames) -> None:
        pane = tab.messages
        write(pane, "0g", MessageForm.HEX)
        press(pane, "sendMessageButton")
        assert note(pane) == "“g” is no hex digit (0-9, a-f)."
        assert pane.message_edit.property("state") == "bad"
        write(pane, "")
        choose_file(pane, file)
        assert note(pane) == "Not sent: message.bin is not UTF-8 text. Choose a binary form."
        choose_file(pane, tmp_path / "gone")
        assert note(pane) == "Not sent: gone cannot be read: No such file or directory."
        with file.open("wb") as large:
            large.truncate((64 << 20) + 1)
        choose_file(pane, file)
        assert note(pane) == "Not sent: message.bin is larger than 64 MiB."
        assert recorded(tab, Kind.WS_MESSAGE) == []

    with_connection(qapp, body)


CLOSES = [
    ("1000", "bye", close_body(1000, "bye"), "Normal closure"),
    ("4321", "", close_body(4321), "Private"),
    ("", "", b"", "1005"),
    ("999", "", close_body(999), "WS_ERR_INVALID_CLOSE_CODE"),
    ("1005", "", close_body(1005), "WS_ERR_INVALID_CLOSE_CODE"),
    ("1006", "why", close_body(1006, "why"), "WS_ERR_INVALID_CLOSE_CODE"),
    ("1015", "", close_body(1015), "WS_ERR_INVALID_CLOSE_CODE"),
    ("5000", "", close_body(5000), "WS_ERR_INVALID_CLOSE_CODE"),
    ("one byte", "", b"\x03", "WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH"),
    ("not UTF-8", "", b"\x03\xe8\xff\xfe", "WS_ERR_INVALID_UTF8"),
]


@pytest.mark.parametrize(("code", "reason", "body", "said"), CLOSES, ids=[row[0] or "none" for row in CLOSES])
def test_any_close_frame_is_explained_and_sent(
    qapp: QApplication, code: str, reason: str, body: bytes, said: str
) -> None:
    async def close(tab: ConnectionTab, heard: Frames) -> None:
        pane = tab.messages
        found(pane, QComboBox, "closeCodeBox").setCurrentText(code)
        found(pane, QLineEdit, "closeReasonEdit").setText(reason)
        assert said in pane.close_row.meaning.text()
        assert pane.close_row.meaning.property("tone") == ("warning" if "WS_ERR" in said else "muted")
        press(pane, "closeWithCodeButton")
        await until(lambda: tab.status.state is State.CLOSED, "the end")
        assert heard == [(CLOSE, body)]
        assert len(recorded(tab, Kind.WS_CLOSE)) == 2

    with_connection(qapp, close)


def test_after_a_close_frame_nothing_more_is_sent(qapp: QApplication) -> None:
    async def body(tab: ConnectionTab, heard: Frames) -> None:
        assert not tab.address.protocol_box.isEnabled()
        press(tab.messages, "closeWithCodeButton")
        assert tab.status.state is State.CLOSING
        for button in ("sendMessageButton", "pingButton", "closeWithCodeButton"):
            write(tab.messages, "a")
            press(tab.messages, button)
            assert note(tab.messages) == "Not sent: the WebSocket is not open. Press Connect first."
        await until(lambda: bool(heard), "the close frame")
        assert heard == [(CLOSE, close_body(1000))]

    with_connection(qapp, body, answers=False)


@pytest.mark.parametrize("code", ["-1", "65536", "abc", "1e3", "١٠٠٠"])
def test_what_is_no_code_is_not_sent(pane: MessagePane, code: str) -> None:
    pane.close_row.code_box.setCurrentText(code)
    assert pane.close_row.meaning.text() == "A code is a number from 0 to 65535."
    assert pane.close_row.body() is None
    before = note(pane)
    press(pane, "closeWithCodeButton")
    assert note(pane) == before


def test_what_the_protocol_limits_is_said_while_it_is_typed(pane: MessagePane) -> None:
    write(pane, "ж")
    assert note(pane) == "2 bytes"
    pane.close_row.reason_edit.setText("x" * 123)
    assert "Normal closure" in pane.close_row.meaning.text()
    pane.close_row.reason_edit.setText("x" * 124)
    assert "WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH" in pane.close_row.meaning.text()
    QTest.keyClicks(pane.ping_edit, "x" * 126)
    assert note(pane) == "Illegal: a ping holds at most 125 bytes."


def test_the_table_has_every_code_and_marks_the_illegal(pane: MessagePane) -> None:
    model = pane.close_row.code_box.model()
    names = {model.index(row, 0).data(): model.index(row, 1).data() for row in range(model.rowCount())}
    assert pane.close_row.code_box.currentText() == "1000"
    assert set(map(str, range(1000, 1016))) <= names.keys()
    illegal = {code for code, name in names.items() if name.startswith("Illegal")}
    assert illegal == {"999", "1004", "1005", "1006", "1015", "5000", "one byte", "not UTF-8"}


def test_without_a_connection_it_says_why(pane: MessagePane) -> None:
    for button in ("sendMessageButton", "pingButton", "closeWithCodeButton"):
        write(pane, "a")
        press(pane, button)
        assert note(pane) == "Not sent: there is no connection. Press Connect first."


def test_the_protocol_decides_which_pane_and_which_options_are_shown(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            tab = shown.tab
            assert tab.events.isVisible()
            choose_protocol(tab, Protocol.WEBSOCKET)
            tab.options.fill()
            assert (tab.messages.isVisible(), tab.events.isVisible()) == (True, False)
            hidden = {name for name, row in tab.options.rows.items() if row.isHidden()}
            assert {"path", "transports", "reconnection", "auth"} <= hidden
            assert not {"autoPong", "protocols", "maxPayload", "extraHeaders"} & hidden
            assert "does not reconnect" in found(tab.options, QLabel, "delayPreview").text()
            tab.options.set_values({"autoPong": False, "reconnection": False})
            assert tab.options.snippet() == 'new WebSocket("", [], {\n  autoPong: false,\n})'
            choose_protocol(tab, Protocol.SOCKETIO)
            assert (tab.messages.isVisible(), tab.events.isVisible()) == (False, True)
            assert tab.options.rows["autoPong"].isHidden()

    run(qapp, body)


def test_a_url_that_a_websocket_refuses(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            choose_protocol(shown.tab, Protocol.WEBSOCKET)
            shown.tab.connect_to("ws://localhost/#part")
            assert "after #" in found(shown, QLabel, "urlProblem").text()
            assert shown.tab.status.state is State.CLOSED

    run(qapp, body)
