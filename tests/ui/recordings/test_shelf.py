"""Past recordings in the window: listed, opened, titled, deleted and brought back."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QSpinBox

from tests.exports.recorded_session import ROWS
from tests.ui.recordings.opening import cells, listed, opened, session
from tests.ui.running import notice, run, until, window
from wsgui.core.recording import Recording, folder
from wsgui.core.recordings import Outcome, entries
from wsgui.core.records import Direction, Kind, Record
from wsgui.ui.connection_tab import ConnectionTab
from wsgui.ui.recordings.model import Column
from wsgui.ui.recordings.tab import RecordingTab
from wsgui.ui.settings import Settings


def test_lists_filters_and_opens_by_keys(qapp: QApplication) -> None:
    session("20260101-100000-a", started="2026-01-01T10:00:00+00:00", title="the bug")
    session("20260102-100000-b", started="2026-01-02T10:00:00+00:00", outcome="failed", problem="nobody there")

    async def body() -> None:
        async with window() as shown:
            view = await listed(shown, 2)
            assert cells(view, Column.TITLE) == ["http://localhost:3000", "the bug"]
            assert cells(view, Column.OUTCOME) == ["Failed: nobody there", "Connected"]
            assert cells(view, Column.RECORDS) == [str(len(ROWS))] * 2
            view.filter_edit.setText("BUG")
            assert cells(view, Column.TITLE) == ["the bug"]
            QTest.keyClick(view.filter_edit, Qt.Key.Key_Return)
            await until(lambda: isinstance(shown.tabs.currentWidget(), RecordingTab))
            tab = shown.tabs.currentWidget()
            assert isinstance(tab, RecordingTab)
            assert shown.tabs.tabText(1) == "▤ the bug"
            assert shown.windowTitle() == "the bug – wsgui"
            about = tab.findChild(QLabel, "recordingAbout")
            assert about is not None
            assert about.text().endswith(f"http://localhost:3000  ·  Connected  ·  {len(ROWS)} records")
            assert tab.log.model.rowCount() == len(ROWS)
            tab.log.view.choose(14)
            assert "ask" in tab.log.details._text.toPlainText()
            tab.log.filter_edit.setText("kind:event")
            tab.log.filter_edit.apply()
            assert tab.log.model.rowCount() == 4

    run(qapp, body)


def test_what_is_open_already_comes_to_the_front(qapp: QApplication) -> None:
    path = session("20260101-100000-a")

    async def body() -> None:
        async with window() as shown:
            tab = await opened(shown, path)
            shown.tabs.setCurrentIndex(0)
            shown.shelf.open(path)
            assert shown.tabs.currentWidget() is tab
            shown.shelf.open(path)
            assert shown.tabs.count() == 2
            shown._close_tab(1)
            await until(lambda: shown.shelf._tab_of(path) is None)
            await opened(shown, path)

    run(qapp, body)


def test_actions_of_a_connection_leave_a_recording_alone(qapp: QApplication) -> None:
    path = session("20260101-100000-a")

    async def body() -> None:
        async with window() as shown:
            tab = await opened(shown, path)
            assert shown.log is tab.log
            shown.menus.show_page("wire")
            assert tab.pages.current == "wire"
            assert tab.pages.wire is not None
            assert tab.pages.wire.model.rowCount() == sum(row.via < 0 for row in ROWS)
            tab.log.wire_wanted.emit(tab.recording.record(3))
            assert tab.pages.wire._chosen == 2
            shown.menus.show_page("pulse")
            pulse = tab.pages.pulse
            assert pulse is not None
            await until(lambda: pulse.chart.pulse.number_received > 0, "the messages in the pulse")
            shown.menus.go_to("log")
            assert tab.pages.current == "log"
            assert shown.tabs.count() == 2
            assert isinstance(shown.tab, ConnectionTab)  # made for it
            assert shown.tabs.count() == 3

    run(qapp, body)


def test_deletes_without_a_question_and_brings_back(qapp: QApplication) -> None:
    session("20260101-100000-a")
    path = session("20260102-100000-b", title="the bug")

    async def body() -> None:
        async with window() as shown:
            view = await listed(shown, 2)
            view.table.selectRow(view.model.row_of(path) or 0)
            QTest.keyClick(view.table, Qt.Key.Key_Delete)
            await until(lambda: view.model.rowCount() == 1)
            assert not path.exists()
            said = view.findChild(QLabel, "recordingsSaid")
            undo = view.findChild(QPushButton, "undoButton")
            assert said is not None
            assert undo is not None
            await until(lambda: said.text() == "“the bug” was deleted.")
            assert not undo.isHidden()
            undo.click()
            await until(lambda: view.model.rowCount() == 2)
            assert path.exists()
            await until(lambda: undo.isHidden())

    run(qapp, body)


def test_what_is_open_is_not_deleted(qapp: QApplication) -> None:
    path = session("20260101-100000-a")

    async def body() -> None:
        async with window() as shown:
            await opened(shown, path)
            view = await listed(shown, 1)
            view.delete_chosen()
            said = view.findChild(QLabel, "recordingsSaid")
            assert said is not None
            await until(lambda: said.text().startswith("This recording is open."))
            assert path.exists()

    run(qapp, body)


def test_a_title_is_written_into_the_file_also_while_it_is_open(qapp: QApplication) -> None:
    path = session("20260101-100000-a")

    async def body() -> None:
        async with window() as shown:
            tab = await opened(shown, path)
            view = await listed(shown, 1)
            assert view.model.setData(view.model.index(0, Column.TITLE), " lost acks ")
            await until(lambda: cells(view, Column.TITLE) == ["lost acks"])
            await until(lambda: tab.title == "lost acks")
            assert tab.recording.meta["title"] == "lost acks"
            assert not view.model.setData(view.model.index(0, Column.TITLE), "lost acks")

    run(qapp, body)


def test_an_unreadable_file_is_listed_and_says_why(qapp: QApplication) -> None:
    folder().mkdir(parents=True)
    path = folder() / "20260101-100000-a.sqlite"
    path.write_text("no database " * 100)

    async def body() -> None:
        async with window() as shown:
            view = await listed(shown, 1)
            assert cells(view, Column.OUTCOME) == [f"Cannot be read: {path.name} is no recording of wsgui."]
            view.open_chosen()
            await until(lambda: "is no recording of wsgui" in notice(shown))
            assert shown.tabs.count() == 1

    run(qapp, body)


def test_tidies_up_when_it_starts_and_keeps_for_as_long_as_is_chosen(qapp: QApplication) -> None:
    old, new = session("20260101-100000-a"), session("20260102-100000-b")
    for path, days in ((old, 31), (new, 29)):
        at = time.time() - days * 86_400
        os.utime(path, (at, at))

    async def body() -> None:
        async with window() as shown:
            await until(lambda: not old.exists(), "the end of the old one")
            assert new.exists()
            view = await listed(shown, 1)
            days = view.findChild(QSpinBox, "keepDays")
            mebibytes = view.findChild(QSpinBox, "keepMebibytes")
            assert days is not None
            assert mebibytes is not None
            assert (days.value(), mebibytes.value()) == (30, 500)
            days.setValue(0)
            mebibytes.setValue(1000)
            assert days.text() == "any time"
        settings = Settings()
        assert (settings.keep_days, settings.keep_mebibytes) == (0, 1000)

    run(qapp, body)


def test_a_recording_that_goes_on_is_followed(qapp: QApplication) -> None:
    recording = Recording(folder() / "20260101-100000-a.sqlite", "http://host/")

    def append(seq: int) -> None:
        recording.append(Record(seq, seq, 1.7e9, 1, Direction.IN, Kind.EVENT, '2["tick"]', via=seq))
        recording.flush()

    append(1)

    async def body() -> None:
        async with window() as shown:
            assert recording.path is not None
            tab = await opened(shown, recording.path)
            assert tab.log.model.rowCount() == 1
            append(2)
            await until(lambda: tab.log.model.rowCount() == 2)
            recording.close()
            await until(lambda: not tab._timer.isActive())

    run(qapp, body)


@pytest.mark.parametrize("column", list(Column))
def test_sorts_by_every_column(qapp: QApplication, column: Column) -> None:
    session("20260101-100000-a", started="2026-01-01T10:00:00+00:00", title="zebra")
    session("20260102-100000-b", started="2026-01-02T10:00:00+00:00", title="ape", outcome="failed")

    async def body() -> None:
        async with window() as shown:
            view = await listed(shown, 2)
            view.model.sort(column, Qt.SortOrder.AscendingOrder)
            ascending = cells(view, column)
            view.model.sort(column, Qt.SortOrder.DescendingOrder)
            assert cells(view, column) == ascending[::-1]
            assert ascending == sorted(ascending)

    run(qapp, body)


def test_a_folder_that_takes_no_files_is_said_and_the_connection_goes_on(qapp: QApplication, tmp_path: Path) -> None:
    folder().parent.mkdir(parents=True)
    folder().write_text("in the way")

    async def body() -> None:
        async with window() as shown:
            shown.start_demo()
            await until(lambda: shown.tab.status.state.value == "connected")
            assert "cannot be kept" in notice(shown)
            await until(lambda: "cannot be kept" in shown.tab.log._said.text() and shown.tab.log._said.isVisible())
            await until(lambda: shown.tab.log.model.rowCount() > 10)
            shown.shelf.export_front()  # what is in memory can still be saved
            shown.shelf._exports[0].save(tmp_path / "out.har")
            await until(lambda: not shown.shelf._exports)
            assert (tmp_path / "out.har").stat().st_size > 1000

    run(qapp, body)


def test_a_connection_tells_its_recording_how_it_went(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            shown.start_demo()
            await until(lambda: shown.tab.status.state.value == "connected")
            shown.tab.stop()
            await until(lambda: shown.tab.status.state.value == "closed")
            tab = shown.new_tab()
            tab.address.protocol_box.setCurrentIndex(2)
            tab.connect_to("ws://127.0.0.1:9/")
            await until(lambda: tab.status.failed)

    run(qapp, body)
    found = {entry.protocol: entry for entry in entries(folder())}
    assert found["socketio"].outcome is Outcome.CONNECTED
    assert found["websocket"].outcome is Outcome.FAILED
    assert "refused" in found["websocket"].problem
    assert all(entry.ended for entry in found.values())
