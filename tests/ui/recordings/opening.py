"""Recordings to be shown, and waiting until the window shows them."""

from __future__ import annotations

from pathlib import Path

from tests.exports.recorded_session import record_session
from tests.ui.running import until
from wsgui.core.recording import folder
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
