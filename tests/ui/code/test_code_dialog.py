"""Export as code in the window: what the tab in front has, in each language, copied or saved whole."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel

from tests.ui.running import notice, run, window
from wsgui.core.protocol import Protocol
from wsgui.exports.code_formats import code_formats
from wsgui.ui.code.code_dialog import CodeDialog
from wsgui.ui.window import Window


def shown_code(shown: Window) -> CodeDialog:
    shown.code_export.show()
    assert shown.code_export.dialog is not None
    return shown.code_export.dialog


def test_the_connection_in_front(qapp: QApplication, tmp_path: Path) -> None:
    async def body() -> None:
        async with window() as shown:
            tab = shown.tab
            tab.address.url_edit.setText("https://a.example/chat")
            tab.options.set_values({"auth": {"token": "t"}})
            tab.events.namespaces.want({"/b": None})
            tab.send.event_edit.setText("say")
            tab.send.payload_edit.setPlainText('1, "x"')
            dialog = shown_code(shown)
            assert dialog.format_box.count() == len(code_formats())
            assert 'io("https://a.example/chat"' in dialog.text
            assert 'socket.io.socket("/b")' in dialog.text
            assert "emitWithAck" not in dialog.text
            dialog.typed_box.setChecked(True)
            assert 'emitWithAck("say", 1, "x")' in dialog.text
            dialog.format_box.setCurrentText("Python")
            assert "clients['/chat'].call('say', (1, 'x'), namespace='/chat'" in dialog.text_view.toPlainText()
            dialog.copy_button.click()
            assert QGuiApplication.clipboard().text() == dialog.text
            dialog.save(tmp_path / "none" / "x.py")
            assert "was not written" in notice(shown)
            dialog.save(tmp_path / "x.py")
            assert (tmp_path / "x.py").read_text(encoding="utf-8") == dialog.text
            dialog.reject()
            assert shown.code_export.dialog is None

    run(qapp, body)


def test_only_what_speaks_the_protocol_is_offered(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            shown.tab.address.set_protocol(Protocol.WEBSOCKET)
            shown.tab.address.url_edit.setText("wss://a.example")
            dialog = shown_code(shown)
            names = [dialog.format_box.itemText(row) for row in range(dialog.format_box.count())]
            assert "Artillery scenario" not in names
            assert not dialog.typed_box.isEnabled()
            dialog.reject()

    run(qapp, body)


def test_without_a_url_it_says_so(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            shown.code_export.show()
            assert shown.code_export.dialog is None
            problem = shown.tab.address.findChild(QLabel, "urlProblem")
            assert problem is not None
            assert problem.text().startswith("Enter the server's URL")

    run(qapp, body)
