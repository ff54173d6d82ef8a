"""Log and wire in one place: the wire is made when it is wanted, and each leads to the other."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.running import recorded, run, until, window
from wsgui.core.records import Direction, Kind
from wsgui.net.state import State
from wsgui.ui.pages import Page, Pages
from wsgui.ui.settings import Settings
from wsgui.ui.window import Window

BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


async def active(shown: Window) -> None:
    """Shortcuts are for the window that the person is in."""
    shown.activateWindow()
    await until(shown.isActiveWindow, "the focus")


def test_a_page_is_made_when_it_is_first_shown(qapp: QApplication, qtbot: QtBot) -> None:
    made: list[str] = []

    def maker(name: str) -> Page:
        def make() -> QWidget:
            made.append(name)
            return QLabel(name)

        return Page(name, name.title(), make)

    pages = Pages(maker("log"), maker("wire"))
    qtbot.addWidget(pages)
    assert made == ["log"]
    with qtbot.waitSignal(pages.shown) as told:
        pages.show_page("wire")
    assert told.args == ["wire"]
    pages.show_page("log")
    pages.show_page("wire")
    pages.show_page("nothing")
    assert (made, pages.current) == (["log", "wire"], "wire")


def test_the_page_is_remembered(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            assert shown.tab.pages.current == "log"
            await active(shown)
            QTest.keyClick(shown, Qt.Key.Key_W, BOTH)
            assert shown.tab.pages.current == "wire"
            assert Settings().page == "wire"
            QTest.keyClick(shown, Qt.Key.Key_F, BOTH)
            assert shown.tab.pages.wire is not None
            assert shown.tab.pages.wire.filter_edit.hasFocus()
            QTest.keyClick(shown, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
            assert shown.tab.pages.current == "log"
            QTest.keyClick(shown, Qt.Key.Key_W, BOTH)
        async with window() as shown:
            await until(lambda: shown.tab.pages.current == "wire", "the page of the last time")
            await active(shown)
            QTest.keyClick(shown, Qt.Key.Key_L, BOTH)
            assert shown.tab.pages.current == "log"
        Settings().forget_layout()
        assert Settings().page == ""

    run(qapp, body)


def test_from_the_log_to_the_wire_and_back(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            tab = shown.tab
            shown.start_demo()
            await until(lambda: tab.status.state is State.CONNECTED, "the connection")
            await until(lambda: bool(recorded(tab, Kind.EVENT, Direction.IN)), "an event")
            opened = next(record for record in recorded(tab, Kind.ENGINE) if record.fact("packet") == "open")
            tab.log.show_seq(opened.seq)
            tab.log._wire_action.trigger()
            wire = tab.pages.wire
            assert wire is not None
            # The exchange that brought it.
            assert (tab.pages.current, wire.view.chosen()) == ("wire", [opened.via])

            (brought,) = [link for link in wire.detail.links.links if link.seq == opened.seq]
            wire.jump(brought.seq)
            assert (tab.pages.current, tab.log.view.chosen()) == ("log", [opened.seq])

            state = recorded(tab, Kind.STATE)[0]
            tab.log.show_seq(state.seq)
            assert not tab.log._wire_action.isEnabled()

            tab.pages.show_page("wire")
            rows = wire.model.rowCount()
            await until(lambda: wire.model.rowCount() > rows, "a row while the wire is shown")
            tab.stop()
            await until(lambda: tab.status.state is State.CLOSED, "the end")

    run(qapp, body)


def test_what_waits_for_an_answer_is_shown(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            tab = shown.tab
            shown.start_demo()
            await until(lambda: tab.status.state is State.CONNECTED, "the connection")
            tab.stop()
            await until(lambda: tab.status.state is State.CLOSED, "the end")
            tab.pages.show_page("wire")
            assert tab.pages.wire is not None
            assert tab.pages.wire.waiting.text() == ""
            tab.options.set_values({"transports": ["polling"]})
            tab.connect_now()
            wire = tab.pages.wire
            await until(lambda: "GET http" in wire.waiting.text(), "the poll that waits")
            tab.stop()
            await until(lambda: tab.status.state is State.CLOSED, "the end")
            await until(lambda: wire.waiting.text() == "", "nothing that waits")

    run(qapp, body)
