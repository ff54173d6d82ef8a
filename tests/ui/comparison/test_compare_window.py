"""Two recordings compared in the window: chosen, compared, only the differences, copied, and back to the log."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from tests.core.comparison.runs import of
from tests.core.comparison.test_steps import CONNECTING, JOINED, What, event, records
from tests.ui.recordings.opening import listed, opened
from tests.ui.running import run, until, window
from wsgui.core.recording import Recording, folder
from wsgui.core.records import Direction, Kind
from wsgui.lab.server import serve
from wsgui.net.state import State
from wsgui.ui.comparison.compare_window import CompareWindow
from wsgui.ui.comparison.model import Column
from wsgui.ui.connection_tab import ConnectionTab
from wsgui.ui.empty_state import EmptyState
from wsgui.ui.recordings.tab import RecordingTab
from wsgui.ui.window import Window

URL = "http://localhost:3000"


def kept(name: str, *names: str, title: str = "") -> Path:
    """A recording in the list: connected, with these events."""
    path = folder() / f"{name}.sqlite"
    recording = of(records(CONNECTING, JOINED, *map(event, names)), path, URL)
    recording.tell(title=title or name, outcome="connected")
    recording.close()
    return path


async def shown_dialog(shown: Window) -> CompareWindow:
    await until(lambda: shown.comparing.dialog is not None and shown.comparing.dialog.isVisible(), "the dialog")
    assert shown.comparing.dialog is not None
    return shown.comparing.dialog


async def visit(tab: ConnectionTab, url: str) -> None:
    tab.connect_to(url)
    await until(lambda: tab.status.state is State.CONNECTED, "connected")
    tab.stop()
    await until(lambda: tab.status.state is State.CLOSED, "closed")


def empty(dialog: CompareWindow) -> str:
    """What stands where there are no steps."""
    state = dialog.findChild(EmptyState)
    label = state.findChild(QLabel) if state is not None and state.isVisible() else None
    return label.text() if label is not None else ""


def press_offer(dialog: CompareWindow) -> None:
    state = dialog.findChild(EmptyState)
    assert state is not None
    assert state.button.isVisible()
    state.button.click()


def column(dialog: CompareWindow, number: Column) -> list[str]:
    return [dialog.model.index(row, number).data().strip() for row in range(dialog.model.rowCount())]


def test_two_of_the_list(qapp: QApplication) -> None:
    kept("20260101-100000-a", "same", "more", "mine")
    kept("20260102-100000-b", "same", "more", "more", "yours")

    async def body() -> None:
        async with window() as shown:
            view = await listed(shown, 2)
            view.table.selectAll()
            button = view.findChild(QPushButton, "compareRecording")
            assert button is not None
            button.click()
            dialog = await shown_dialog(shown)
            await until(lambda: dialog.model.rowCount() > 0, "the comparison")
            # The newest is the first in the list, and so it is on the left.
            assert column(dialog, Column.STEP) == [
                "Connecting", "Join /", "“same”", "“more”", "Times", "“yours”", "“mine”",
            ]  # fmt: skip
            assert column(dialog, Column.VERDICT) == [
                "=  Same", "=  Same", "=  Same", "≠  Different", "", "◀  Only left", "▶  Only right",
            ]  # fmt: skip
            assert column(dialog, Column.LEFT)[4:] == ["2 ×", "1 ×, received", "–"]
            assert "1 step differs" in dialog.said.text()
            dialog.only_box.click()
            assert column(dialog, Column.STEP) == ["Connecting", "“more”", "Times", "“yours”", "“mine”"]
            dialog.copy_button.click()
            assert "| ≠ Different | “more” |" in QGuiApplication.clipboard().text()
            assert "“same”" not in QGuiApplication.clipboard().text()
            dialog.swap()
            await until(lambda: not dialog.busy, "the swap")
            assert column(dialog, Column.STEP)[3] == "“mine”"

    run(qapp, body)


def test_from_a_step_to_its_log(qapp: QApplication) -> None:
    one, other = kept("20260101-100000-a", "same"), kept("20260102-100000-b", "same", "yours")

    async def body() -> None:
        async with window() as shown:
            tab = await opened(shown, one)
            shown.comparing.show([one, other])
            dialog = await shown_dialog(shown)
            await until(lambda: dialog.model.rowCount() > 0, "the comparison")
            assert not dialog.show_left.isEnabled()
            dialog.table.setCurrentIndex(dialog.model.index(3, Column.STEP))
            assert not dialog.show_left.isEnabled()  # there is none
            QTest.keyClick(dialog.table, Qt.Key.Key_Return)
            await until(lambda: shown.tabs.currentWidget() not in (tab, None) and shown.tabs.count() == 3, "its tab")
            front = shown.tabs.currentWidget()
            assert isinstance(front, RecordingTab)
            await until(lambda: "yours" in front.log.details._text.toPlainText(), "the row")
            dialog.table.setCurrentIndex(dialog.model.index(2, Column.LEFT))
            dialog.show_left.click()
            await until(lambda: shown.tabs.currentWidget() is tab, "the tab that was open")

    run(qapp, body)


def test_a_connection_with_its_earlier_run(qapp: QApplication) -> None:
    async def body() -> None:
        async with serve() as url, window() as shown:
            for number in range(2):
                tab = shown.new_tab() if number else shown.tab
                tab.options.set_values({"transports": [("polling", "websocket")[number]]})
                await visit(tab, url)
            shown.comparing.show()
            dialog = await shown_dialog(shown)
            await until(lambda: dialog.model.rowCount() > 0, "the comparison")
            left, right = dialog.chosen
            assert left is not None
            assert right is not None
            assert (left.tab, right.tab) == (shown.tabs.widget(1), shown.tabs.widget(0))
            row = column(dialog, Column.STEP).index("Handshake")
            assert column(dialog, Column.VERDICT)[row] == "≠  Different"
            assert column(dialog, Column.STEP)[row + 1] == "Transport"

    run(qapp, body)


def test_where_there_is_nothing_to_show_it_says_what_to_do(qapp: QApplication) -> None:
    kept("20260101-100000-a", "same")
    kept("20260102-100000-b", "same")

    async def body() -> None:
        async with window() as shown:
            shown.comparing.show()
            dialog = await shown_dialog(shown)
            assert "Choose what to compare" in empty(dialog)
            press_offer(dialog)
            await until(lambda: dialog.model.rowCount() > 0, "the comparison")
            assert empty(dialog) == ""
            dialog.only_box.click()
            assert empty(dialog) == "There is no difference."
            press_offer(dialog)
            assert dialog.model.rowCount() > 0
            assert empty(dialog) == ""

    run(qapp, body)


def test_what_cannot_be_compared_is_said(qapp: QApplication) -> None:
    path = kept("20260101-100000-a", "same")

    async def body() -> None:
        async with window() as shown:
            shown.comparing.show()
            dialog = await shown_dialog(shown)
            assert "nothing to compare yet" in empty(dialog)
            assert not dialog.copy_button.isEnabled()
            Recording(folder() / "empty.sqlite").close()
            path.unlink()
            dialog.left_box.setCurrentIndex(0)
            dialog.right_box.setCurrentIndex(0)
            await until(lambda: "There is no file" in dialog.said.text(), "the sentence")
            assert not dialog.busy
            assert empty(dialog) == ""

    run(qapp, body)


def test_texts_of_a_server_are_harmless(qapp: QApplication) -> None:
    one = kept("20260101-100000-a", "<b>bold</b>\\u202e\\n")
    other = folder() / "20260102-100000-b.sqlite"
    parted: What = (Kind.DISCONNECT, Direction.IN, "1", {"namespace": "/", "reason": "<i>\u202e\n"})
    of(records(CONNECTING, JOINED, parted), other, URL).close()

    async def body() -> None:
        async with window() as shown:
            shown.comparing.show([one, other])
            dialog = await shown_dialog(shown)
            await until(lambda: dialog.model.rowCount() > 0, "the comparison")
            index = dialog.model.index(2, Column.STEP)
            assert index.data().strip() == "“<b>bold</b>⟨U+202E⟩⏎”"
            assert column(dialog, Column.RIGHT)[-1] == "<i>⟨U+202E⟩⏎"
            assert "&lt;b&gt;" in index.data(Qt.ItemDataRole.ToolTipRole)
            assert dialog.said.textFormat() is Qt.TextFormat.PlainText

    run(qapp, body)
