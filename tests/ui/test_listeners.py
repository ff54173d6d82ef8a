"""Switches for events: hidden from the log and said so, marked, counted; answers are chosen there, too."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTreeWidgetItem

from tests.ui.running import recorded, run, until, window
from wsgui.core.records import Direction, Kind
from wsgui.lab.server import serve
from wsgui.ui.connection_tab import ConnectionTab
from wsgui.ui.listeners.listeners import HiddenNote
from wsgui.ui.listeners.panel import ListenerPanel
from wsgui.ui.log.model import Column
from wsgui.ui.send_pane import AnswerRule


async def panel_of(tab: ConnectionTab) -> ListenerPanel:
    tab.events.setCurrentWidget(tab.events.listeners)
    return tab.events.listeners.content


def item_of(panel: ListenerPanel, name: str) -> QTreeWidgetItem | None:
    found = panel.tree.findItems(name, Qt.MatchFlag.MatchExactly)
    return found[0] if found else None


def rows(tab: ConnectionTab) -> list[str]:
    model = tab.log.model
    return [model.line(row).cells[Column.SUMMARY] for row in range(model.rowCount())]


def test_an_event_is_counted_hidden_and_shown_again(qapp: QApplication) -> None:
    async def body() -> None:
        async with serve() as url, window() as shown:
            tab = shown.tab
            panel = await panel_of(tab)
            assert panel.said.text() == "No event yet."
            tab.connect_to(url)
            await until(lambda: item_of(panel, "tick") is not None, "the event")
            tab.events.setCurrentWidget(tab.send)
            tab.send.event_edit.setText("echo")
            tab.send.send_button.click()
            await until(lambda: any(row.startswith("echo") for row in rows(tab)), "the row")
            panel = await panel_of(tab)
            await until(lambda: item_of(panel, "echo") is not None, "the event that was sent")
            echo = item_of(panel, "echo")
            assert echo is not None
            await until(lambda: (echo.text(2), echo.text(3)) == ("1", "1"), "the counts")
            welcome = item_of(panel, "welcome")
            assert welcome is not None
            welcome.setCheckState(0, Qt.CheckState.Unchecked)
            await until(lambda: not any(row.startswith("welcome") for row in rows(tab)), "the end of the row")
            note = tab.log.findChild(HiddenNote, "hiddenNote")
            assert note is not None
            await until(lambda: note.text.text() == "1 event is hidden here: “welcome”", "the note")
            assert len(recorded(tab, Kind.EVENT, Direction.IN)) >= 2  # nothing is lost
            seq = recorded(tab, Kind.EVENT, Direction.IN)[0].seq
            tab.pages.show_in_log(seq)
            assert tab.log.view.chosen() == [seq]
            assert note.isHidden()
            assert welcome.checkState(0) is Qt.CheckState.Checked
            welcome.setCheckState(0, Qt.CheckState.Unchecked)
            assert panel.all_button.isEnabled()
            note.button.click()
            await until(lambda: any(row.startswith("welcome") for row in rows(tab)), "the row again")

    run(qapp, body)


def test_an_event_is_marked_by_a_sign_and_a_colour(qapp: QApplication) -> None:
    async def body() -> None:
        async with serve() as url, window() as shown:
            tab = shown.tab
            panel = await panel_of(tab)
            tab.connect_to(url)
            await until(lambda: item_of(panel, "welcome") is not None, "the event")
            seq = recorded(tab, Kind.EVENT, Direction.IN)[0].seq
            await until(lambda: tab.log.model.rowCount() >= seq, "the row")
            index = tab.log.model.index(seq - 1, Column.KIND)
            plain = index.data(Qt.ItemDataRole.ForegroundRole)
            item = item_of(panel, "welcome")
            assert item is not None
            panel.tree.setCurrentItem(item)
            panel.mark_button.menu().actions()[0].trigger()
            assert index.data() == "◆ Event"
            assert index.data(Qt.ItemDataRole.ForegroundRole) != plain
            assert item.text(1) == "◆"
            panel.mark_button.menu().actions()[-1].trigger()
            assert index.data() == "Event"
            assert index.data(Qt.ItemDataRole.ForegroundRole) == plain

    run(qapp, body)


def test_answers_are_chosen_here_or_there(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            tab = shown.tab
            panel = await panel_of(tab)
            panel.answer_box.setCurrentIndex(2)
            assert tab.send.rule is AnswerRule.ECHO
            tab.send.rule_box.setCurrentIndex(0)
            assert panel.answer_box.currentText() == "by hand"

    run(qapp, body)
