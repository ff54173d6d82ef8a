"""Sending with its flags, answering the server, namespaces: in the window, against the lab."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from tests.ui.running import recorded, run, until, window
from wsgui.core.describe import packet_of
from wsgui.core.records import Direction, Kind
from wsgui.lab.server import serve
from wsgui.ui.connection_tab import ConnectionTab
from wsgui.ui.log.pane import asks_for_answer
from wsgui.ui.send_pane import AnswerRule
from wsgui.ui.window import Window


async def connected(shown: Window, url: str) -> ConnectionTab:
    shown.tab.connect_to(url)
    await until(lambda: shown.tab.status.transport == "websocket", "the connection")
    return shown.tab


def click(tab: ConnectionTab) -> None:
    QTest.mouseClick(tab.send.send_button, Qt.MouseButton.LeftButton)


def answered(tab: ConnectionTab) -> list[object]:
    """What the lab says it was answered."""
    packets = [packet_of(record) for record in recorded(tab, Kind.EVENT, Direction.IN)]
    return [packet.args for packet in packets if packet is not None and packet.event == "answered"]


def test_the_time_out_of_an_emit_is_refused_where_it_is_typed(qapp: QApplication) -> None:
    async def body() -> None:
        async with serve() as url, window() as shown:
            tab = await connected(shown, url)
            tab.send.event_edit.setText("echo")
            QTest.keyClicks(tab.send.timeout_edit, "soon")
            message = tab.send.findChild(QLabel, "payloadMessage")
            assert message is not None
            assert "number of milliseconds" in message.text()
            click(tab)
            assert recorded(tab, Kind.EVENT, Direction.OUT) == []
            tab.send.timeout_edit.setText("5000")
            click(tab)
            await until(lambda: bool(recorded(tab, Kind.ACK)), "the ack")

    run(qapp, body)


def test_an_event_that_asks_is_answered_by_hand_from_the_log(qapp: QApplication) -> None:
    async def body() -> None:
        async with serve() as url, window() as shown:
            tab = await connected(shown, url)
            tab.send.event_edit.setText("ask")
            tab.send.payload_edit.setPlainText('"how are you"')
            click(tab)
            await until(lambda: any(map(asks_for_answer, tab.records())), "the question")
            question = next(filter(asks_for_answer, tab.records()))
            assert answered(tab) == []
            await until(lambda: tab.log.model.rowCount() >= question.seq, "the row")
            tab.log.view.selectRow(question.seq - 1)
            action = next(action for action in tab.log.view.actions() if action.text() == "Answer…")
            assert action.isEnabled()
            action.trigger()
            assert tab.send.send_button.text() == "An&swer"
            assert tab.send.event_edit.isHidden()
            tab.send.payload_edit.setPlainText('"fine"')
            click(tab)
            await until(lambda: answered(tab) == [["fine"]], "what the lab was answered")
            assert not tab.send.event_edit.isHidden()

    run(qapp, body)


@pytest.mark.parametrize(
    ("rule", "answer"),
    [(AnswerRule.NOTHING, []), (AnswerRule.ECHO, ["how", 2]), (AnswerRule.TYPED, ["how", 2])],
)
def test_a_rule_answers_at_once(qapp: QApplication, rule: AnswerRule, answer: list[object]) -> None:
    async def body() -> None:
        async with serve() as url, window() as shown:
            tab = await connected(shown, url)
            tab.send.rule_box.setCurrentIndex(tab.send.rule_box.findData(rule))
            tab.send.event_edit.setText("ask")
            tab.send.payload_edit.setPlainText('"how", 2')
            click(tab)
            await until(lambda: bool(answered(tab)), "what the lab was answered")
            assert answered(tab) == [answer]

    run(qapp, body)


def test_a_namespace_joins_later_and_leaves(qapp: QApplication) -> None:
    async def body() -> None:
        async with serve() as url, window() as shown:
            tab = await connected(shown, url)
            pane = tab.events.namespaces
            tab.events.setCurrentWidget(pane)
            QTest.keyClicks(pane.name_edit, "admin")
            QTest.keyClicks(pane.auth_edit, '{"token": ')
            QTest.mouseClick(pane.join_button, Qt.MouseButton.LeftButton)
            message = pane.findChild(QLabel, "namespaceMessage")
            assert message is not None
            assert "broken at column" in message.text()
            QTest.keyClicks(pane.auth_edit, '"secret"}')
            QTest.mouseClick(pane.join_button, Qt.MouseButton.LeftButton)
            await until(lambda: tab.status.namespaces == ("/", "/admin"), "the namespace")
            assert message.isHidden()
            assert [pane.list.item(row).text() for row in range(2)] == ["/ – joined", "/admin – joined"]
            assert tab.send.namespace_box.count() == 2
            pane.list.setCurrentRow(1)
            QTest.mouseClick(pane.leave_button, Qt.MouseButton.LeftButton)
            await until(lambda: tab.status.namespaces == ("/",), "the leaving")
            assert pane.list.count() == 1

    run(qapp, body)


def test_namespaces_chosen_before_connecting_are_joined_with_the_others(qapp: QApplication) -> None:
    async def body() -> None:
        async with serve() as url, window() as shown:
            pane = shown.tab.events.namespaces
            pane.name_edit.setText("/admin")
            pane.auth_edit.setText('{"token": "secret"}')
            pane.join_button.click()
            assert pane.list.item(0).text() == "/admin – not joined; asked for at each connect"
            tab = await connected(shown, url)
            await until(lambda: set(tab.status.namespaces) == {"/", "/admin"}, "both")

    run(qapp, body)


def test_an_event_of_the_log_is_edited_and_sent_again(qapp: QApplication) -> None:
    async def body() -> None:
        async with serve() as url, window() as shown:
            tab = await connected(shown, url)
            tab.send.event_edit.setText("echo")
            tab.send.payload_edit.setPlainText('{"room": 7}, null')
            click(tab)
            await until(lambda: len(recorded(tab, Kind.EVENT, Direction.OUT)) == 1, "the event")
            tab.send.event_edit.setText("other")
            tab.sending.edit(recorded(tab, Kind.EVENT, Direction.OUT)[0])
            assert tab.send.event_edit.text() == "echo"
            assert tab.send.payload_edit.toPlainText() == '{"room":7}, null'
            tab.send.payload.beautify()
            assert tab.send.payload_edit.toPlainText() == '{\n  "room": 7\n},\nnull'
            click(tab)
            await until(lambda: len(recorded(tab, Kind.EVENT, Direction.OUT)) == 2, "the event again")
            first, second = recorded(tab, Kind.EVENT, Direction.OUT)
            assert [packet.args if (packet := packet_of(each)) else None for each in (first, second)] == [
                [{"room": 7}, None],
                [{"room": 7}, None],
            ]
            tab.send.history_button.list.aboutToShow.emit()
            assert [action.text() for action in tab.send.history_button.list.actions()][-1] == 'echo  {"room": 7}, null'

    run(qapp, body)


def test_beautify_goes_to_what_is_broken(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            send = shown.tab.send
            send.payload_edit.setPlainText('1,\n{"a": x}')
            send.payload.beautify()
            cursor = send.payload_edit.textCursor()
            assert send.payload_edit.toPlainText() == '1,\n{"a": x}'
            assert (cursor.blockNumber(), cursor.positionInBlock()) == (1, 6)

    run(qapp, body)


def test_an_event_is_repeated_so_often_or_until_it_is_stopped(qapp: QApplication) -> None:
    async def body() -> None:
        async with serve() as url, window() as shown:
            tab = await connected(shown, url)
            tab.send.event_edit.setText("echo")
            row = tab.send.repeat
            row.pause_edit.setText("1")
            row.count_edit.setText("3")
            row.button.click()
            await until(lambda: row.said.text().startswith("Ended"), "the end")
            assert len(recorded(tab, Kind.EVENT, Direction.OUT)) == 3
            row.count_edit.setText("")
            row.button.click()
            await until(lambda: len(recorded(tab, Kind.EVENT, Direction.OUT)) > 5, "more")
            row.button.click()
            await until(lambda: not row.running, "the stop")
            count = len(recorded(tab, Kind.EVENT, Direction.OUT))
            row.count_edit.setText("x")
            row.button.click()
            assert "number" in row.said.text()
            assert len(recorded(tab, Kind.EVENT, Direction.OUT)) == count
            row.count_edit.setText("")
            row.button.click()
            await until(lambda: row.running, "the start")
            tab.stop()
            await until(lambda: not row.running, "the end with the connection")

    run(qapp, body)


def test_the_names_of_events_that_were_seen_are_offered(qapp: QApplication) -> None:
    async def body() -> None:
        async with serve() as url, window() as shown:
            tab = await connected(shown, url)
            await until(lambda: bool(recorded(tab, Kind.EVENT, Direction.IN)), "the welcome")
            assert tab.event_names.names() == []
            QTest.keyClicks(tab.send.event_edit, "w")
            await until(lambda: "welcome" in tab.event_names.names(), "the name")

    run(qapp, body)
