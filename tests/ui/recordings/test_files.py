"""Files that come out of the window and go into it: exports and imports, whole or given up."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from tests.ui.recordings.opening import listed, opened, session
from tests.ui.running import notice, run, until, window
from wsgui.core.recording import Recording, folder
from wsgui.core.records import Direction, Kind, Record
from wsgui.ui.recordings.tab import RecordingTab
from wsgui.ui.window import Window


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
            assert str(tmp_path / "out.jsonl") in notice(shown)

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
            await until(lambda: "no HTTP Archive" in notice(shown))
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
