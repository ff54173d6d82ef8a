"""Arguments one by one in the send pane: what is typed there is the one text, and the other way round."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from tests.ui.running import recorded, run, until, window
from wsgui.core.argument_forms import ArgumentForm
from wsgui.core.describe import packet_of
from wsgui.core.records import Direction, Kind
from wsgui.lab.server import serve
from wsgui.ui.argument_list import ArgumentRow
from wsgui.ui.send_pane import SendPane

F = ArgumentForm


def said(send: SendPane) -> str:
    message = send.findChild(QLabel, "payloadMessage")
    assert message is not None
    return message.text()


def choose(row: ArgumentRow, form: ArgumentForm, text: str) -> None:
    row.form_box.setCurrentIndex(row.form_box.findData(form))
    row.edit.setPlainText(text)


def test_switching_loses_nothing(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            send = shown.tab.send
            text = '"a\\nb",\n {"x": [1,  2]}, 1.50'
            send.payload_edit.setPlainText(text)
            send.payload.forms_button.click()
            forms = send.payload.forms
            assert [row.argument for row in forms.rows] == [
                (F.TEXT, "a\nb"),
                (F.JSON, '{"x": [1,  2]}'),
                (F.NUMBER, "1.50"),
            ]
            send.payload.forms_button.click()
            assert send.payload_edit.toPlainText() == text
            send.payload_edit.setPlainText("[1, x]")
            send.payload.forms_button.click()
            assert not send.payload.one_by_one
            assert send.payload.currentWidget() is send.payload_edit
            assert said(send).startswith("Mend this first. The JSON is broken at line 1, column 5")
            assert send.payload_edit.textCursor().positionInBlock() == 4

    run(qapp, body)


def test_arguments_are_added_moved_removed_and_checked(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            send = shown.tab.send
            send.payload.forms_button.click()
            forms = send.payload.forms
            assert forms.rows == []
            forms.add_button.click()
            QTest.keyClicks(forms.rows[0].edit, '{"a": 1}')
            forms.add_button.click()
            choose(forms.rows[1], F.TEXT, "x")
            assert send.payload_edit.toPlainText() == '{"a": 1}, "x"'
            assert said(send) == "2 arguments"
            forms.rows[1].up_button.click()
            assert send.payload_edit.toPlainText() == '"x", {"a": 1}'
            choose(forms.rows[1], F.JSON, '{"a":\n 1')
            assert said(send).startswith("Argument 2: The JSON is broken at line 2, column 3")
            assert not forms.rows[1].said.isHidden()
            send.payload.forms_button.click()
            assert send.payload_edit.toPlainText() == '"x", {"a":\n 1'
            send.payload_edit.setPlainText('"x", {"a":\n 1}')
            send.payload.forms_button.click()
            forms.rows[0].remove_wanted.emit()
            assert send.payload_edit.toPlainText() == '{"a":\n 1}'
            send.payload.beautify()
            assert forms.rows[0].argument == (F.JSON, '{\n  "a": 1\n}')

    run(qapp, body)


def test_binary_arguments_go_out_as_attachments(qapp: QApplication, tmp_path: Path) -> None:
    file = tmp_path / "bytes"
    file.write_bytes(b"\x05\x06")

    async def body() -> None:
        async with serve() as url, window() as shown:
            tab = shown.tab
            tab.connect_to(url)
            await until(lambda: tab.status.transport == "websocket", "the connection")
            send = tab.send
            send.event_edit.setText("echo")
            send.payload.forms_button.click()
            forms = send.payload.forms
            for form, text in (F.HEX, "01 02"), (F.BASE64, "AwQ="), (F.FILE, str(file)), (F.NUMBER, "7"):
                forms.add_button.click()
                choose(forms.rows[-1], form, text)
            assert said(send) == "4 arguments"
            send.send_button.click()
            await until(lambda: bool(recorded(tab, Kind.ACK, Direction.IN)), "the acknowledgement")
            packet = packet_of(recorded(tab, Kind.EVENT, Direction.OUT)[0])
            assert packet is not None
            assert packet.args == [b"\x01\x02", b"\x03\x04", b"\x05\x06", 7]
            assert packet.attachments == 3
            answer = packet_of(recorded(tab, Kind.ACK, Direction.IN)[0])
            assert answer is not None
            assert answer.args == packet.args
            file.unlink()
            send.send_button.click()
            assert said(send).startswith("Argument 3: There is no file")
            assert len(recorded(tab, Kind.EVENT, Direction.OUT)) == 1

    run(qapp, body)
