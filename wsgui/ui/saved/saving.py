"""What the tabs of a window share of the saved messages: the store, the keys, and the dialog of one message."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from wsgui.core.saved_messages import Library, SavedMessage, new_key, put
from wsgui.ui.saved.shortcuts import SavedShortcuts
from wsgui.ui.saved.store import MessageStore

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from wsgui.ui.saved.message_dialog import MessageDialog


class Saving(QObject):
    """Belongs to the window. ``send`` sends a message in the tab in front, ``say`` shows a sentence."""

    def __init__(self, window: QWidget, send: Callable[[SavedMessage], None], say: Callable[[str], None]) -> None:
        super().__init__(window)
        self._window = window
        self.store = MessageStore(self)
        self.store.said.connect(say)
        self.shortcuts = SavedShortcuts(window, self.store, send)
        self.dialog: MessageDialog | None = None

    def ask(self, message: SavedMessage, then: Callable[[str], None] = lambda key: None) -> None:
        """Open a message, to be changed and saved; ``then`` is told its key."""
        from wsgui.ui.saved.message_dialog import MessageDialog  # the window opens sooner without it

        folders = (self.store.library or Library()).all_folders()
        shortcuts = self.shortcuts
        if not message.key:
            message = replace(message, key=new_key())
        dialog = MessageDialog(self._window, message, folders, shortcuts.free(), shortcuts.problem)
        dialog.saved.connect(lambda changed: self.store.change(lambda library: put(library, changed)))
        dialog.saved.connect(lambda changed: then(changed.key))
        dialog.finished.connect(self._forget)
        self.dialog = dialog
        dialog.open()

    async def close(self) -> None:
        """Finish what is being written."""
        await self.store.close()

    def _forget(self) -> None:
        self.dialog = None
