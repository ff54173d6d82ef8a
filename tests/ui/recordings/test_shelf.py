"""Past recordings in the window: listed, opened, titled, deleted and brought back, exported, imported."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from tests.exports.recorded_session import ROWS, record_session
from tests.ui.running import run, until, window
from wsgui.core.recording import Recording, folder
from wsgui.core.recordings import Outcome, entries
from wsgui.core.records import Direction, Kind, Record
from wsgui.ui.connection_tab import ConnectionTab
from wsgui.ui.recordings.list_window import ListWindow
from wsgui.ui.recordings.model import Column
from wsgui.ui.recordings.tab import RecordingTab
from wsgui.ui.window import Window


def session(name: str, **meta: str) -> Path:
    """A session that was recorded and closed."""
    path = folder() / f"{name}.sqlite"
    recording = record_session(path)
    recording.tell(**meta)
    recording.close()
    return path


async def listed(shown: Window, number: int) -> ListWindow:
    shown.shelf.show_list()
    view = shown.shelf.list_window
    await until(lambda: view.model.rowCount() == number and bool(view.chosen()), "the list")
    return view


async def opened(shown: Window, path: Path) -> RecordingTab:
    shown.shelf.open(path)
    await until(lambda: isinstance(shown.tabs.currentWidget(), RecordingTab), "the tab")
    tab = shown.tabs.currentWidget()
    assert isinstance(tab, RecordingTab)
    return tab


def cells(view: ListWindow, column: Column) -> list[str]:
    return [view.model.index(row, column).data() for row in range(view.model.rowCount())]


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
            shown._focus_filter()
            assert tab.log.filter_edit.hasFocus() or not tab.isActiveWindow()
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
            await until(lambda: "is no recording of wsgui" in shown.statusBar().currentMessage())
            assert shown.tabs.count() == 1

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


def test_exports_what_the_filter_shows(qapp: QApplication, tmp_path: Path) -> None:
    path = session("20260101-100000-a")

    async def body() -> None:
        async with window() as shown:
            tab = await opened(shown, path)
            tab.log.filter_edit.setText("kind:event")
            tab.log.filter_edit.apply()
            shown.shelf.export_front()
            (dialog,) = shown.shelf._exports
            button = dialog.findChild(QPushButton, "format_jsonl")
            assert button is None
            next(each for each in dialog._kinds.buttons() if each.objectName() == "format_jsonl").setChecked(True)
            dialog.save(tmp_path / "out.jsonl")
            await until(lambda: not shown.shelf._exports)
            lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
            assert [json.loads(line)["kind"] for line in lines] == ["event"] * 4
            assert str(tmp_path / "out.jsonl") in shown.statusBar().currentMessage()

    run(qapp, body)


def large(path: Path) -> Path:
    with closing(Recording(path, "http://host/")) as recording:
        for seq in range(1, 200_001):
            recording.append(Record(seq, 0, 1.7e9, 1, Direction.IN, Kind.WS_MESSAGE, "x", via=seq))
    return path


def test_a_cancelled_export_leaves_nothing(qapp: QApplication, tmp_path: Path) -> None:
    path = large(folder() / "20260101-100000-a.sqlite")

    async def body() -> None:
        async with window() as shown:
            await opened(shown, path)
            shown.shelf.export_front()
            (dialog,) = shown.shelf._exports
            dialog.save(tmp_path / "out.har")
            await until(lambda: dialog.bar.value() > 0, "the bar")
            dialog.reject()
            await until(lambda: not shown.shelf._exports)

    run(qapp, body)
    assert list(tmp_path.iterdir()) == []


def test_the_window_may_close_while_an_export_runs(qapp: QApplication, tmp_path: Path) -> None:
    path = large(folder() / "20260101-100000-a.sqlite")

    async def body() -> None:
        async with window() as shown:
            await opened(shown, path)
            shown.shelf.export_front()
            shown.shelf._exports[0].save(tmp_path / "out.har")

    run(qapp, body)
    assert list(tmp_path.iterdir()) == []


def test_a_failed_export_says_why_and_stays(qapp: QApplication, tmp_path: Path) -> None:
    path = session("20260101-100000-a")

    async def body() -> None:
        async with window() as shown:
            await opened(shown, path)
            shown.shelf.export_front()
            (dialog,) = shown.shelf._exports
            dialog.save(tmp_path / "no" / "out.har")
            said = dialog.findChild(QLabel, "exportProblem")
            assert said is not None
            await until(lambda: "was not written (No such file or directory)" in said.text())
            assert dialog.save_button.isEnabled()
            dialog.reject()
            await until(lambda: not shown.shelf._exports)

    run(qapp, body)


def test_exports_from_the_list(qapp: QApplication, tmp_path: Path) -> None:
    path = session("20260101-100000-a")

    async def body() -> None:
        async with window() as shown:
            view = await listed(shown, 1)
            view.export_chosen()
            await until(lambda: bool(shown.shelf._exports))
            shown.shelf._exports[0].save(tmp_path / "out.har")
            await until(lambda: not shown.shelf._exports)
            assert len(json.loads((tmp_path / "out.har").read_text(encoding="utf-8"))["log"]["entries"]) == 5
            view.delete_chosen()  # it is let go again
            await until(lambda: not path.exists())

    run(qapp, body)


def drop(shown: Window, path: Path) -> bool:
    """Whether the window takes the file."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(9, 9).toPoint(), copy, data, left, none)
    enter.ignore()
    QApplication.sendEvent(shown, enter)
    if enter.isAccepted():
        QApplication.sendEvent(shown, QDropEvent(QPointF(9, 9), copy, data, left, none))
    return enter.isAccepted()


def test_an_archive_that_is_dropped_is_imported_and_shown(qapp: QApplication, tmp_path: Path) -> None:
    message = {"type": "receive", "time": 1_700_000_000, "opcode": 1, "data": "hello"}
    entry = {"_resourceType": "websocket", "_webSocketMessages": [message], "request": {"url": "ws://h/"}}
    (tmp_path / "chat.har").write_text(json.dumps({"log": {"entries": [entry]}}), encoding="utf-8")

    async def body() -> None:
        async with window() as shown:
            assert not drop(shown, tmp_path / "chat.png")
            assert drop(shown, tmp_path / "chat.har")
            await until(lambda: isinstance(shown.tabs.currentWidget(), RecordingTab))
            tab = shown.tabs.currentWidget()
            assert isinstance(tab, RecordingTab)
            assert tab.title == "chat"
            assert tab.log.model.rowCount() == 2
            assert tab.path.parent == folder()

    run(qapp, body)


def test_what_is_no_archive_says_so_and_leaves_nothing(qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "chat.har").write_text("[]", encoding="utf-8")

    async def body() -> None:
        async with window() as shown:
            shown.shelf.open(tmp_path / "chat.har")
            await until(lambda: "no HTTP Archive" in shown.statusBar().currentMessage())
            assert not list(folder().glob("*"))

    run(qapp, body)


def test_an_import_that_is_cancelled_leaves_nothing(qapp: QApplication, tmp_path: Path) -> None:
    message = json.dumps({"type": "receive", "time": 1_700_000_000, "opcode": 1, "data": "hello"})
    with (tmp_path / "chat.har").open("w", encoding="utf-8") as file:
        file.write('{"log": {"entries": [{"_resourceType": "websocket", "_webSocketMessages": [')
        file.write(",".join([message] * 50_000))
        file.write('], "request": {"url": "ws://h/"}}]}}')

    async def body() -> None:
        async with window() as shown:
            shown.shelf.open(tmp_path / "chat.har")
            await until(lambda: shown.findChild(QPushButton, "cancelImport") is not None, "the bar")
            cancel = shown.findChild(QPushButton, "cancelImport")
            assert cancel is not None
            cancel.click()
            await until(lambda: shown.findChild(QPushButton, "cancelImport") is None, "the end of the bar")
            assert shown.tabs.count() == 1

    run(qapp, body)
    assert not list(folder().glob("*"))


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
            assert "cannot be kept" in shown.statusBar().currentMessage()
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
