"""The saved messages of the program, and the files of them that people hand on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from wsgui.core.i18n import _
from wsgui.core.saved_messages import Library, joined
from wsgui.ui.saved.file_store import FileStore

if TYPE_CHECKING:
    from collections.abc import Callable


class MessageStore(FileStore[Library]):
    """Belongs to the window."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent, _change, Library())

    def take_over(self, path: Path) -> None:
        """Add what is in somebody's file."""
        self.tasks.start(self._take_over(path), "import")

    def hand_out(self, path: Path) -> None:
        """Write all of it to a file for others."""
        self.tasks.start(self._hand_out(path), "export")

    async def _take_over(self, path: Path) -> None:
        from wsgui.core.message_file import import_library, said_of_import

        if (read := await self.in_a_thread(lambda: import_library(path))) is None:
            return
        other, left = read
        lost = 0

        def change(library: Library) -> Library:
            nonlocal lost
            both, lost = joined(library, other)
            return both

        await self.apply(change)
        self.said.emit(said_of_import(len(other.messages), left, lost))

    async def _hand_out(self, path: Path) -> None:
        from wsgui.core.message_file import write_library

        library = self.content or Library()

        def write() -> bool:
            write_library(path, library)
            return True

        if await self.in_a_thread(write):
            self.said.emit(_("The messages were written to {file}.").format(file=path))


def _change(change: Callable[[Library], Library]) -> Library:
    from wsgui.core.message_file import change_library, library_path

    return change_library(library_path(), change)
