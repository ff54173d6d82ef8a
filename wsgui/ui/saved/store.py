"""The saved messages of the program, as its windows share them: read and written in a thread, one change at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from wsgui.core.i18n import _
from wsgui.core.tasks import TaskOwner

if TYPE_CHECKING:
    from wsgui.core.saved_messages import Library

T = TypeVar("T")

_PATIENCE = 2.0
"""Seconds that the end of the window waits for what is still to be written."""


class MessageStore(QObject):
    """``library`` is ``None`` until it was read; nothing is read before :meth:`load`."""

    changed = Signal()
    said = Signal(str)
    """What was done, or why it could not be, as a sentence."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.library: Library | None = None
        self._tasks = TaskOwner("window: saved messages")
        self._turn = asyncio.Lock()

    def load(self) -> None:
        """Read what is there, unless that was done."""
        if self.library is None and not len(self._tasks):
            self.change(lambda library: library)

    def change(self, change: Callable[[Library], Library]) -> None:
        """Change the library, after the changes before it."""
        self._tasks.start(self._change(change), "change")

    def take_over(self, path: Path) -> None:
        """Add what is in somebody's file."""
        self._tasks.start(self._take_over(path), "import")

    def hand_out(self, path: Path) -> None:
        """Write all of it to a file for others."""
        self._tasks.start(self._hand_out(path), "export")

    async def close(self) -> None:
        """Finish what was begun."""
        await self._tasks.finish("", _PATIENCE)
        await self._tasks.close()

    async def _change(self, change: Callable[[Library], Library]) -> None:
        from wsgui.core.message_file import change_library, library_path
        from wsgui.core.saved_messages import Library

        async with self._turn:
            library = await self._in_a_thread(lambda: change_library(library_path(), change))
            self.library = library or self.library or Library()
        self.changed.emit()

    async def _take_over(self, path: Path) -> None:
        from wsgui.core.message_file import import_library, said_of_import
        from wsgui.core.saved_messages import joined

        if (read := await self._in_a_thread(lambda: import_library(path))) is None:
            return
        other, left = read
        lost = 0

        def change(library: Library) -> Library:
            nonlocal lost
            both, lost = joined(library, other)
            return both

        await self._change(change)
        self.said.emit(said_of_import(len(other.messages), left, lost))

    async def _hand_out(self, path: Path) -> None:
        from wsgui.core.message_file import write_library
        from wsgui.core.saved_messages import Library

        library = self.library or Library()

        def write() -> bool:
            write_library(path, library)
            return True

        if await self._in_a_thread(write):
            self.said.emit(_("The messages were written to {file}.").format(file=path))

    async def _in_a_thread(self, work: Callable[[], T]) -> T | None:
        """What it gives; ``None`` if it could not be done, which is said."""
        from wsgui.core.json_file import JsonFileError

        try:
            return await asyncio.to_thread(work)
        except JsonFileError as error:
            self.said.emit(error.sentence)
        except OSError as error:
            sentence = _("{path} could not be used ({reason}).")
            self.said.emit(sentence.format(path=error.filename or "", reason=error.strerror or error))
        return None
