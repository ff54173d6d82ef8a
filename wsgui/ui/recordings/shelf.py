"""What the window does with recordings: the list, a tab for each that is opened, files from elsewhere, exports."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from wsgui.core.i18n import _
from wsgui.core.tasks import TaskOwner
from wsgui.core.visible import one_line
from wsgui.ui.command import add_command
from wsgui.ui.icons import Icon

if TYPE_CHECKING:
    from wsgui.core.filters import Condition
    from wsgui.core.recorded import Recorded
    from wsgui.core.recordings import Entry
    from wsgui.ui.recordings.export_dialog import ExportDialog
    from wsgui.ui.recordings.list_window import ListWindow
    from wsgui.ui.recordings.tab import RecordingTab
    from wsgui.ui.window import Window

OWN, HAR = ".sqlite", ".har"


class Shelf(QObject):
    """Belongs to the window. Nothing of it is made before it is needed."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._tasks = TaskOwner("shelf")
        self._tabs: dict[Path, RecordingTab] = {}
        self._exports: list[ExportDialog] = []

    def add_actions(self, menu: QMenu) -> None:
        """What the File menu offers."""
        for text, keys, do, which in (
            (_("&Recordings…"), "Ctrl+Shift+R", self.show_list, Icon.RECORDING),
            (_("&Open a recording…"), "Ctrl+O", self.ask_for_file, Icon.FOLDER),
            (_("&Export…"), "Ctrl+E", self.export_front, Icon.EXPORT),
        ):
            add_command(menu, text, do, keys, which)

    # The list

    @cached_property
    def list_window(self) -> ListWindow:
        """The list of recordings; made when it is first asked for, for the window to open sooner."""
        from wsgui.ui.recordings.list_window import ListWindow

        window = ListWindow(self._window, self._window.settings)
        window.open_wanted.connect(self.open)
        window.file_wanted.connect(self.ask_for_file)
        window.export_wanted.connect(lambda path: self._tasks.start(self._export_file(path), "export"))
        window.compare_wanted.connect(self._window.comparing.show)
        window.rename_wanted.connect(lambda path, title: self._tasks.start(self._rename(path, title), "rename"))
        return window

    def show_list(self) -> None:
        """Show the list, with what there is now."""
        self.list_window.refill()
        self.list_window.show()
        self.list_window.raise_()
        self.list_window.activateWindow()
        self.list_window.filter_edit.setFocus()

    # Opening

    def ask_for_file(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        dialog = QFileDialog(self._window, _("Open a recording"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([_("Recordings and HTTP Archives (*.sqlite *.har)"), _("All files (*)")])
        dialog.filesSelected.connect(self._open_all)
        dialog.open()

    def _open_all(self, names: Sequence[str]) -> None:
        for name in names:
            self.open(Path(name))

    def open(self, path: Path) -> None:
        """Show a recording in a tab; of an HTTP Archive, make one first."""
        if tab := self._tab_of(path):
            self._window.tabs.setCurrentWidget(tab)
            self._window.activateWindow()
            return
        work = self._import(path) if path.suffix.lower() in (HAR, ".json") else self._open(path)
        self._tasks.start(work, "open")

    async def tab_for(self, path: Path) -> RecordingTab | None:
        """The tab that shows this recording, which is opened if it is not; ``None`` where it cannot be."""
        if self._tab_of(path) is None:
            await self._open(path)
        return self._tab_of(path)

    async def _open(self, path: Path) -> None:
        import sqlite3  # the window opens sooner without it

        from wsgui.core.past_recording import PastRecording, RecordingError, open_recording
        from wsgui.core.recordings import describe_entry
        from wsgui.ui.recordings.tab import RecordingTab

        def read() -> tuple[PastRecording, Entry]:
            recording = open_recording(path)
            return recording, describe_entry(path, recording)

        try:
            recording, entry = await asyncio.to_thread(read)
        except (RecordingError, OSError, sqlite3.Error) as error:
            self._window.show_error(str(error))
            return
        if self._tab_of(path):  # opened twice in a row
            recording.close()
            return
        self._add_tab(RecordingTab(recording, entry, self._window.settings))

    def _add_tab(self, tab: RecordingTab) -> None:
        key = tab.path.absolute()
        self._tabs[key] = tab
        tab.closed.connect(lambda: self._forget(key, tab))
        tab.export_wanted.connect(lambda: self.export_tab(tab))
        self._window.add_recording_tab(tab)

    def _forget(self, key: Path, tab: RecordingTab) -> None:
        if self._tabs.get(key) is tab:  # and not one that was opened since
            del self._tabs[key]

    def _tab_of(self, path: Path) -> RecordingTab | None:
        tab = self._tabs.get(path.absolute())
        return None if tab is None or self._window.tabs.indexOf(tab) < 0 else tab  # it may be closing

    async def _import(self, path: Path) -> None:
        from wsgui.core.har_import import import_har
        from wsgui.core.har_reader import HarError
        from wsgui.core.recording import new_path
        from wsgui.ui.recordings.background import Background, GivenUpError
        from wsgui.ui.recordings.import_bar import ImportBar

        target = new_path(f"har://{path.stem}")
        work = Background()
        bar = ImportBar(path.name, work)
        self._window.statusBar().addPermanentWidget(bar, 1)
        try:
            await work.run(lambda: import_har(path, target, work.went_on))
        except GivenUpError:
            return
        except HarError as error:
            self._window.show_error(f"{path.name}: {error}")
            return
        except OSError as error:
            reason = error.strerror or str(error)
            self._window.show_error(_("{path} cannot be read ({reason}).").format(path=path, reason=reason))
            return
        finally:
            self._window.statusBar().removeWidget(bar)
            bar.deleteLater()
        await self._open(target)
        await self._refresh_entry(target)

    # Titles

    async def _rename(self, path: Path, title: str) -> None:
        from wsgui.core.past_recording import RecordingError
        from wsgui.core.recordings import rename

        tab = self._tab_of(path)
        if tab:
            tab.recording.let_go()
        try:
            await asyncio.to_thread(rename, path, title)
        except RecordingError as error:
            self.list_window.say(str(error))
        finally:
            if tab:
                tab.recording.hold()
        await self._refresh_entry(path)

    async def _refresh_entry(self, path: Path) -> None:
        from wsgui.core.recordings import read_entry

        try:
            entry = await asyncio.to_thread(read_entry, path)
        except FileNotFoundError:
            self.list_window.model.remove(path)
            return
        if "list_window" in vars(self):
            self.list_window.show_entry(entry)
        if tab := self._tab_of(path):
            tab.show_entry(entry)

    # Exports

    def export_front(self) -> None:
        """Export what the tab in front has recorded or shows."""
        from wsgui.ui.recordings.tab import RecordingTab

        tab = self._window.tabs.currentWidget()
        if isinstance(tab, RecordingTab):
            self.export_tab(tab)
        elif recording := self._window.tab.recording:
            edit = self._window.tab.log.filter_edit
            from wsgui.ui.environments.resolving import secrets_in_use

            secrets = secrets_in_use(self._window.tab)
            self._export(recording, _name(recording.path), edit.condition, edit.text(), secrets)
        else:
            self._window.show_error(_("There is nothing to export: this connection has recorded nothing yet."))

    def export_tab(self, tab: RecordingTab) -> None:
        """Export what a tab shows."""
        edit = tab.log.filter_edit
        self._export(tab.recording, tab.path.stem, edit.condition, edit.text())

    async def _export_file(self, path: Path) -> None:
        from wsgui.core.past_recording import RecordingError, open_recording

        try:
            recording = await asyncio.to_thread(open_recording, path)
        except RecordingError as error:
            self.list_window.say(str(error))
            return
        dialog = self._export(recording, path.stem, None, "", from_list=True)
        dialog.finished.connect(lambda _result: recording.close())

    def _export(
        self,
        recording: Recorded,
        name: str,
        condition: Condition | None,
        text: str,
        secrets: Mapping[str, str] | None = None,
        *,
        from_list: bool = False,
    ) -> ExportDialog:
        from wsgui.ui.recordings.export_dialog import ExportDialog

        parent = self.list_window if from_list else self._window
        dialog = ExportDialog(parent, recording, name, condition, text, secrets)
        dialog.written.connect(lambda path, taken: self._window.toasts.show(_written(path, taken)))
        self._exports.append(dialog)
        dialog.finished.connect(lambda _result: self._exports.remove(dialog))
        dialog.open()
        return dialog

    # The end

    async def close(self) -> None:
        """End what goes on."""
        for dialog in list(self._exports):
            await dialog.close_tasks()
        if "list_window" in vars(self):
            await self.list_window.close_tasks()
        await self._tasks.close()


def _name(path: Path | None) -> str:
    return path.stem if path else "recording"


def _written(path: Path, taken: str) -> str:
    if not taken:
        return _("Written: {path}").format(path=path)
    return _("Written: {path}. Taken out: {names}").format(path=path, names=one_line(taken, 200))
