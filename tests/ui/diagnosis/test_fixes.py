"""The fix: named for each side, applied to the form with one click, and taken back with another."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from tests.ui.diagnosis.diagnosing import diagnosed, ended, facing
from tests.ui.running import run, until
from wsgui.core.findings import Level
from wsgui.core.protocol import Protocol
from wsgui.net.state import State


def test_apply_changes_the_form_and_connects_and_undo_takes_it_back(qapp: QApplication) -> None:
    async def body() -> None:
        async with facing("wrong-path") as (_shown, tab):
            pane = await diagnosed(tab)
            before = tab.options.values()
            said = pane.fixes.findChild(QLabel, "fixChange")
            assert said is not None
            assert said.text() == 'Applied here, with one click: path becomes "/api/socket.io".'
            assert not pane.fixes.undo_button.isVisible()
            QTest.mouseClick(pane.fixes.apply_button, Qt.MouseButton.LeftButton)
            await until(lambda: tab.status.state is State.CONNECTED, "the connection")
            assert tab.options.values() == {**before, "path": "/api/socket.io"}
            assert pane.fixes.undo_button.isVisible()
            QTest.mouseClick(pane.run_button, Qt.MouseButton.LeftButton)
            await until(lambda: pane.run.running, "the start")
            await ended(pane)
            assert pane.run.report is not None
            assert pane.run.report.level is Level.HEALTHY
            assert pane.fixes.undo_button.isVisible()
            QTest.mouseClick(pane.fixes.undo_button, Qt.MouseButton.LeftButton)
            await until(lambda: tab.options.values() == before, "the form as it was")
            assert not pane.fixes.undo_button.isVisible()
            tab.stop()
            await until(lambda: tab.status.state is State.CLOSED, "the end")

    run(qapp, body)


def test_a_fix_can_change_the_protocol(qapp: QApplication) -> None:
    async def body() -> None:
        async with facing("plain-websocket-server") as (_shown, tab):
            pane = await diagnosed(tab)
            protocols = [tab.address.protocol]
            QTest.mouseClick(pane.fixes.apply_button, Qt.MouseButton.LeftButton)
            await until(lambda: tab.status.state is State.CONNECTED, "the connection")
            protocols.append(tab.address.protocol)
            assert protocols == [Protocol.SOCKETIO, Protocol.WEBSOCKET]

    run(qapp, body)


def test_there_is_a_fix_for_each_side_with_its_lines(qapp: QApplication) -> None:
    async def body() -> None:
        async with facing("cors-missing") as (_shown, tab):
            pane = await diagnosed(tab)
            fixes = pane.fixes
            sides = [fixes.bar.tabText(number) for number in range(fixes.bar.count())]
            assert sides == ["Node server", "Python server", "Client", "nginx"]
            assert 'origin: ["http://localhost:5173"]' in fixes.code.toPlainText()  # the page that was asked for
            fixes.bar.setCurrentIndex(sides.index("Python server"))
            assert "cors_allowed_origins" in fixes.code.toPlainText()
            QTest.mouseClick(fixes.copy_button, Qt.MouseButton.LeftButton)
            assert QGuiApplication.clipboard().text() == fixes.code.toPlainText()

    run(qapp, body)


def test_two_fixes_of_one_side_are_told_apart(qapp: QApplication) -> None:
    async def body() -> None:
        async with facing("invalid-close-code") as (_shown, tab):
            fixes = (await diagnosed(tab)).fixes
            sides = [fixes.bar.tabText(number) for number in range(fixes.bar.count())]
            assert sides[:2] == ["Node server", "Node server 2"]
            assert len(set(sides)) == len(sides)

    run(qapp, body)
