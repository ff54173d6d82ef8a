"""What is kept in a file of the user, as the tabs of a window share it: one change at a time, in a thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from wsgui.core.i18n import _
from wsgui.core.tasks import TaskOwner

C = TypeVar("C")
T = TypeVar("T")

_PATIENCE = 2.0
"""Seconds that the end of the window waits for what is still to be written."""


class FileStore(QObject, Generic[C]):
    """``content`` is ``None`` until it was read; nothing is read before :meth:`load`.

    ``change_file`` changes what the file has and returns it; ``empty`` is shown where it cannot be read.
    """

    changed = Signal()
    said = Signal(str)
    """What was done, or why it could not be, as a sentence."""

    def __init__(self, parent: QObject, change_file: Callable[[Callable[[C], C]], C], empty: C) -> None:
        super().__init__(parent)
        self.content: C | None = None
        self.tasks = TaskOwner("window: saved")
        self._change_file = change_file
        self._empty = empty
        self._turn = asyncio.Lock()
        self._loading = False

    def load(self) -> None:
        """Read what is there, unless that was done."""
        if self.content is None and not self._loading:
            self._loading = True
            self.change(lambda content: content)

    def change(self, change: Callable[[C], C]) -> None:
        """Change it, after the changes before this one."""

        async def apply() -> None:
            await self.apply(change)

        self.tasks.start(apply(), "change")

    async def apply(self, change: Callable[[C], C]) -> bool:
        """The same, done when it returns; whether it could be, which else is said."""
        async with self._turn:
            content = await self.in_a_thread(lambda: self._change_file(change))
            if content is not None:
                self.content = content
            elif self.content is None:
                self.content = self._empty
        self.changed.emit()
        return content is not None

    async def close(self) -> None:
        """Finish what was begun."""
        await self.tasks.finish("", _PATIENCE)
        await self.tasks.close()

    async def in_a_thread(self, work: Callable[[], T]) -> T | None:
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
