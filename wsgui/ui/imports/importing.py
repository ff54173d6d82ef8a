"""Where connections from elsewhere come into the window: the menu, files and texts dropped on it, a paste, a link."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMenu

from wsgui.core.i18n import _
from wsgui.core.tasks import TaskOwner
from wsgui.net.state import State
from wsgui.ui.command import add_command
from wsgui.ui.icons import Icon
from wsgui.ui.recordings.shelf import HAR, OWN
from wsgui.ui.settings import Question

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from wsgui.imports.imported import Imported
    from wsgui.ui.imports.import_dialog import ImportDialog
    from wsgui.ui.window import Window


_KINDS = frozenset(
    {OWN, HAR, "", ".json", ".wsgui", ".yaml", ".yml", ".env", ".txt", ".sh", ".bat"}
    | {".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts"}
)  # fmt: skip
"""Suffixes of files that may be dropped; what is in them tells the rest."""


class Importing(QObject):
    """Belongs to the window. Nothing of it is made before it is needed."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._tasks = TaskOwner("importing")
        self.dialog: ImportDialog | None = None

    def add_actions(self, menu: QMenu) -> None:
        """What the File menu offers."""
        add_command(menu, _("&Import a connection…"), self.show, "Ctrl+I", Icon.IMPORT)

    def show(self) -> ImportDialog:
        """Show the dialog; there is one at a time."""
        if self.dialog is None:
            from wsgui.ui.imports.import_dialog import ImportDialog

            self.dialog = ImportDialog(self._window)
            self.dialog.chosen.connect(self._use)
            self.dialog.to_save.connect(self._window.profiles.save_as)
            self.dialog.finished.connect(self._forget)
            self.dialog.open()
        self.dialog.raise_()
        return self.dialog

    def show_text(self, text: str) -> None:
        """Show what is in a text that was pasted or dropped."""
        self.show().read_text(text)

    def open(self, what: str) -> None:
        """Show what a link carries, or a file, as the system hands it on when somebody clicks on it."""
        if what.lower().startswith("wsgui:"):
            if self._window.settings.asks(Question.LINK):
                self.show().read_link(what)
            else:
                self._tasks.start(self._use_link(what), "link")
            return
        if what.lower().startswith("file:"):
            from urllib.parse import urlsplit
            from urllib.request import url2pathname

            what = url2pathname(urlsplit(what).path)
        self.open_files([Path(what)])

    def open_files(self, paths: list[Path]) -> None:
        """Recordings and HTTP Archives are shown in tabs, all else is offered to be imported."""
        self._tasks.start(self._open_files(paths), "sort")

    async def _open_files(self, paths: list[Path]) -> None:
        from wsgui.imports.source import is_archive  # the window opens sooner without it

        others = []
        for path in paths:
            if path.suffix.lower() in (OWN, HAR) or await asyncio.to_thread(is_archive, path):
                self._window.shelf.open(path)
            else:
                others.append(path)
        if others:
            self.show().read_paths(others)

    async def _use_link(self, link: str) -> None:
        """Fill in what a link carries, and say so; where it is not one connection, show what it is."""
        from wsgui.imports.imported import NotImportedError
        from wsgui.imports.importing import read
        from wsgui.imports.source import pasted

        try:
            found = await asyncio.to_thread(lambda: read(pasted(link)))
        except NotImportedError:
            found = None
        if found is None or len(found.connections) != 1:
            self.show().read_link(link)
            return
        self._use(found.connections[0])
        self._window.show_error(
            _("A link has filled in this connection. Nothing is connected before you press Connect.")
        )

    def _use(self, imported: Imported) -> None:
        from wsgui.ui.imports.filling import fill_in

        tab = self._window.tab
        if tab.status.state is not State.CLOSED:
            tab = self._window.new_tab()
        fill_in(tab, imported)

    def _forget(self) -> None:
        self.dialog = None

    # Drag and drop

    def drag_entered(self, event: QDragEnterEvent) -> None:
        """Take files, and text."""
        data = event.mimeData()
        if _files(event) or (data.hasText() and not data.hasUrls()):
            event.acceptProposedAction()

    def dropped(self, event: QDropEvent) -> None:
        """Open or offer what was dropped; it stays where it is."""
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if paths := _files(event):
            self.open_files(paths)
        elif not event.mimeData().hasUrls():
            self.show_text(event.mimeData().text())

    async def close(self) -> None:
        """End what goes on."""
        await self._tasks.close()
        if self.dialog is not None:
            await self.dialog.close_tasks()


def _files(event: QDropEvent) -> list[Path]:
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() in _KINDS or path.name.startswith(".env")]
