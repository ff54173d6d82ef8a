"""Where there is nothing to show: a sentence and one thing to do, which goes when there is something."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QApplication, QLabel, QTableView, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.running import run, until, window
from wsgui.ui.empty_state import EmptyState
from wsgui.ui.first_run import FirstRun


@pytest.fixture
def host(qtbot: QtBot) -> QTableView:
    host = QTableView()
    qtbot.addWidget(host)
    host.resize(300, 200)
    with qtbot.waitExposed(host):
        host.show()
    return host


def test_says_and_offers_one_thing(host: QTableView) -> None:
    done: list[str] = []
    host.setModel(QStandardItemModel(0, 1, host))
    state = EmptyState(host)
    assert state.isHidden()
    state.show_state("Nothing yet.", ("Begin", lambda: done.append("begun")))
    assert state.isVisible()
    assert state.geometry().top() > host.horizontalHeader().height() / 2
    state.button.click()
    assert done == ["begun"]
    host.resize(400, 300)
    assert state.geometry() == host.viewport().geometry()
    state.show_state("Nothing matches.")
    assert state.button.isHidden()
    state.show_state("")
    assert state.isHidden()


def test_in_a_low_pane_the_button_stands_beside_the_sentence(host: QTableView) -> None:
    host.setModel(QStandardItemModel(0, 1, host))
    state = EmptyState(host)
    state.show_state("Nothing has happened yet.", ("Begin", lambda: None))
    label = state.findChild(QLabel)
    assert label is not None
    host.resize(600, 300)
    QApplication.processEvents()
    assert state.button.y() >= label.geometry().bottom()
    host.resize(600, host.horizontalHeader().height() + 50)
    QApplication.processEvents()
    assert state.button.x() > label.geometry().right()
    assert state.rect().contains(state.button.geometry())
    assert state.rect().contains(label.geometry())
    assert label.width() >= label.fontMetrics().horizontalAdvance(label.text())


@pytest.mark.parametrize(("width", "height"), [(900, 60), (430, 70), (430, 84), (340, 84), (340, 300)], ids=str)
def test_all_of_it_is_seen(host: QTableView, width: int, height: int) -> None:
    host.setModel(QStandardItemModel(0, 1, host))
    state = EmptyState(host)
    state.show_state("Nothing has happened yet. " * 3, ("Connect to what is built in, to see how it is", lambda: None))
    host.resize(width, host.horizontalHeader().height() + height)
    QApplication.processEvents()
    label = state.findChild(QLabel)
    assert label is not None
    assert label.height() >= label.heightForWidth(label.width())
    assert state.rect().contains(label.geometry())
    assert state.rect().contains(state.button.geometry())
    assert not label.geometry().intersects(state.button.geometry())


def test_where_there_is_no_room_for_the_button_the_sentence_stands_alone(host: QTableView) -> None:
    host.setModel(QStandardItemModel(0, 1, host))
    state = EmptyState(host)
    state.show_state("Nothing has happened yet. " * 3, ("Connect to what is built in, to see how it is", lambda: None))
    label = state.findChild(QLabel)
    assert label is not None
    for height, offers in ((40, False), (300, True)):
        host.resize(430, host.horizontalHeader().height() + height)
        QApplication.processEvents()
        assert state.button.isVisible() is offers
        assert label.height() >= label.heightForWidth(label.width())


def state_of(shown: QWidget) -> EmptyState | None:
    return next((state for state in shown.findChildren(EmptyState) if state.isVisible()), None)


def offered(shown: QWidget) -> str:
    return state.button.text() if (state := state_of(shown)) is not None else ""


def test_every_page_says_what_will_be_there(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            tab = shown.tab
            await until(lambda: shown.findChild(FirstRun) is not None, "the first view")
            shown.shelf.show_list()
            await until(lambda: state_of(shown.shelf.list_window) is not None, "the empty list")
            for page in ("log", "wire", "pulse", "diagnosis"):
                tab.pages.show_page(page)
                await until(lambda: state_of(tab.pages) is not None, page)
            tab.pages.show_page("log")
            await until(lambda: state_of(tab.log) is not None, "the empty log")
            state = state_of(tab.log)
            assert state is not None
            state.button.click()
            await until(lambda: tab.status.transport == "websocket", "the built-in server")
            await until(lambda: state_of(tab.log) is None, "the log")
            for page in ("wire", "pulse"):
                tab.pages.show_page(page)
                await until(lambda: state_of(tab.pages) is None, page)

    run(qapp, body)


def test_the_saved_messages_offer_to_save_one_and_to_end_a_search(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            tab = shown.tab
            tab.send.event_edit.setText("say")
            tab.events.setCurrentWidget(tab.events.saved)
            await until(lambda: offered(tab.events.saved) == "Save what is typed", "the offer")
            press(tab.events.saved)
            dialog = shown.saving.dialog
            assert dialog is not None
            dialog.buttons.accepted.emit()
            await until(lambda: offered(tab.events.saved) == "", "the message")
            panel = tab.events.saved.content
            panel.search_edit.setText("nothing-is-called-so")
            assert offered(panel) == "Show all messages"
            press(panel)
            assert offered(panel) == ""
            assert panel.said.text() == "1 message"

    run(qapp, body)


def press(shown: QWidget) -> None:
    state = state_of(shown)
    assert state is not None
    state.button.click()


def test_an_empty_search_offers_to_end_it(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            tab = shown.tab
            shown.start_demo()
            await until(lambda: tab.status.transport == "websocket", "the built-in server")
            await until(lambda: tab.log.model.rowCount() > 5 and state_of(tab.log) is None, "the rows")
            tab.log.filter_edit.setText("nothing-is-called-so")
            tab.log.filter_edit.apply()
            await until(lambda: offered(tab.log) == "Clear the filter", "the empty log")
            state = state_of(tab.log)
            assert state is not None
            state.button.click()
            await until(lambda: state_of(tab.log) is None, "the rows")
            tab.log.clear_or_show_all()
            await until(lambda: offered(tab.log) == "Show all", "the offer")

    run(qapp, body)
