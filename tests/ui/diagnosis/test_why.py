"""Why? stands where a failure is shown: in the strip, and in the log; and all of it can be reached by keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.diagnosis.diagnosing import ended, facing, items, page
from tests.ui.running import recorded, run, until
from wsgui.core.records import Kind
from wsgui.net.state import State
from wsgui.ui.connection_tab import ConnectionTab
from wsgui.ui.window import Window


async def failed(tab: ConnectionTab) -> None:
    tab.options.replace_values({**tab.options.values(), "reconnection": False})
    tab.connect_now()
    await until(lambda: bool(recorded(tab, Kind.CONNECT_ERROR)), "the failure")
    await until(lambda: tab.status.state is State.CLOSED, "the end")


def test_why_in_the_strip(qapp: QApplication) -> None:
    async def body() -> None:
        async with facing("wrong-path") as (_shown, tab):
            assert not tab.strip.why_button.isVisible()
            await failed(tab)
            assert tab.strip.why_button.isVisible()
            QTest.mouseClick(tab.strip.why_button, Qt.MouseButton.LeftButton)
            assert tab.pages.current == "diagnosis"
            await ended(page(tab))
            assert page(tab).run.report is not None
            assert page(tab).run.report.cause == "wrong-path"  # type: ignore[union-attr]

    run(qapp, body)


def test_why_in_the_log(qapp: QApplication) -> None:
    async def body() -> None:
        async with facing("wrong-path") as (_shown, tab):
            await failed(tab)
            await until(lambda: tab.log.model.rowCount() == len(tab.records()), "the log")
            why = next(each for each in tab.log.view.actions() if each.text().startswith("Why?"))
            tab.log.view.choose(recorded(tab, Kind.STATE)[0].seq)
            assert not why.isEnabled()
            tab.log.view.choose(recorded(tab, Kind.CONNECT_ERROR)[0].seq)
            assert why.isEnabled()
            why.trigger()
            assert tab.pages.current == "diagnosis"
            await ended(page(tab))

    run(qapp, body)


def test_what_is_asked_by_a_diagnosis_is_not_counted_as_the_session_s(qapp: QApplication) -> None:
    async def body() -> None:
        async with facing("healthy-node") as (_shown, tab):
            tab.connect_now()
            await until(lambda: tab.status.transport == "websocket", "the upgrade")
            received = tab.strip.received
            before = len(tab.records())
            tab.diagnosing.start()
            await ended(page(tab))
            assert tab.status.state is State.CONNECTED
            assert tab.strip.received == received
            assert len(tab.records()) > before + 20

    run(qapp, body)


def action(shown: Window, keys: str) -> QAction:
    return next(each for each in shown.findChildren(QAction) if each.shortcut().toString() == keys)


def test_by_keys_alone(qapp: QApplication) -> None:
    async def body() -> None:
        async with facing("polling-only-server") as (shown, tab):
            await until(lambda: tab.options._is_filled, "the form")
            await until(tab.address.diagnose_button.hasFocus, "the keyboard")
            QTest.keyClick(shown, Qt.Key.Key_F8)
            pane = page(tab)
            await ended(pane)
            await until(pane.findings.hasFocus, "the keyboard")
            first = items(pane.findings)[0]
            assert pane.findings.currentItem() is first
            QTest.keyClick(pane.findings, Qt.Key.Key_Left)
            assert not first.isExpanded()
            QTest.keyClick(pane.findings, Qt.Key.Key_Right)
            assert first.isExpanded()
            QTest.keyClick(pane.findings, Qt.Key.Key_Down)
            current = pane.findings.currentItem()
            assert current is not None
            assert current.parent() is first
            reached: list[QWidget | None] = []
            for _step in range(80):
                QTest.keyClick(qapp.focusWidget() or shown, Qt.Key.Key_Tab)
                reached.append(qapp.focusWidget())
            names = [each.objectName() for each in reached if each is not None]
            for name in (
                "copyEvidence",
                "fixBar",
                "fixCode",
                "applyFixButton",
                "consoleButton",
                "copyMarkdownButton",
                "originEdit",
            ):
                assert name in names, " ".join(names)
            assert (
                names.index("copyEvidence")
                < names.index("fixBar")
                < names.index("applyFixButton")
                < names.index("consoleButton")
            )
            QTest.keyClick(shown, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
            assert tab.pages.current == "log"
            QTest.keyClick(shown, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
            assert tab.pages.current == "diagnosis"
            QTest.keyClick(shown, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
            assert pane.console.isVisible()

    run(qapp, body)
