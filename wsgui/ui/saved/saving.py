"""What the tabs of a window share of the saved messages: the store, the keys, and the dialog of one message."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from wsgui.core.i18n import _
from wsgui.core.records import Record
from wsgui.core.saved_messages import Library, SavedMessage, new_key, put
from wsgui.ui.saved.shortcuts import SavedShortcuts
from wsgui.ui.saved.store import MessageStore

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from wsgui.ui.saved.message_dialog import MessageDialog
    from wsgui.ui.sequences.store import SequenceStore


class Saving(QObject):
    """Belongs to the window. ``send`` sends a message in the tab in front, ``say`` shows a sentence."""

    def __init__(self, window: QWidget, send: Callable[[SavedMessage], None], say: Callable[[str], None]) -> None:
        super().__init__(window)
        self._window = window
        self.store = MessageStore(self)
        self.store.said.connect(say)
        self._say = say
        self.shortcuts = SavedShortcuts(window, self.store, send)
        self.dialog: MessageDialog | None = None

    @cached_property
    def sequences(self) -> SequenceStore:
        """The sequences; read when they are first shown."""
        from wsgui.ui.sequences.store import SequenceStore

        store = SequenceStore(self)
        store.said.connect(self._say)
        return store

    def ask(self, message: SavedMessage, then: Callable[[str], None] = lambda key: None) -> None:
        """Open a message, to be changed and saved; ``then`` is told its key."""
        from wsgui.ui.saved.message_dialog import MessageDialog  # the window opens sooner without it

        folders = (self.store.content or Library()).all_folders()
        shortcuts = self.shortcuts
        if not message.key:
            message = replace(message, key=new_key())
        dialog = MessageDialog(self._window, message, folders, shortcuts.free(), shortcuts.problem)
        dialog.saved.connect(lambda changed: self.store.change(lambda library: put(library, changed)))
        dialog.saved.connect(lambda changed: then(changed.key))
        dialog.finished.connect(self._forget)
        self.dialog = dialog
        dialog.open()

    def keep_row(self, record: Record) -> None:
        """Ask how to keep what a row of a log has."""
        from wsgui.core.recorded_steps import message_of

        if (message := message_of(record)) is not None:
            self.ask(message)

    def keep_rows(self, records: Sequence[Record], then: Callable[[str], None] = lambda key: None) -> None:
        """Make a sequence of rows of a log; ``then`` is told its key."""
        from wsgui.core.connection_plan import Send, Wait
        from wsgui.core.recorded_steps import steps_of
        from wsgui.core.sequences import SavedSequence

        steps = steps_of(records)
        if not steps:
            self._say(_("There is no event and no message among these rows."))
            return
        plain = not any(isinstance(step, Send | Wait) and step.event for step in steps)
        name = _("From the log, {n} steps").format(n=len(steps))
        sequence = SavedSequence(name, steps, plain=plain)
        self.sequences.change(lambda known: (*known, sequence))
        self._say(_("The sequence “{name}” was saved.").format(name=name))
        then(sequence.key)

    async def close(self) -> None:
        """Finish what is being written."""
        await self.store.close()
        if "sequences" in self.__dict__:
            await self.sequences.close()

    def _forget(self) -> None:
        self.dialog = None
