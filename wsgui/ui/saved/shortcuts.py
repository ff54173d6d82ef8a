"""The keys that send saved messages, and what else in the window has keys."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence, QShortcut

from wsgui.core.i18n import _

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from wsgui.core.saved_messages import SavedMessage
    from wsgui.ui.saved.store import MessageStore

OFFERED = tuple(f"Ctrl+Alt+{number}" for number in range(1, 10))
_BEGINNING = re.compile(r"(Shift\+)?(F\d|Ctrl\+|Alt\+|Meta\+)")
"""Of keys that nobody types with, as Qt writes them."""
_EDITING = (
    QKeySequence.StandardKey.Copy,
    QKeySequence.StandardKey.Cut,
    QKeySequence.StandardKey.Paste,
    QKeySequence.StandardKey.Undo,
    QKeySequence.StandardKey.Redo,
    QKeySequence.StandardKey.SelectAll,
)


class SavedShortcuts(QObject):
    """Holds one shortcut of the window for each message that has keys."""

    def __init__(self, window: QWidget, store: MessageStore, send: Callable[[SavedMessage], None]) -> None:
        super().__init__(window)
        self._window = window
        self._store = store
        self._send = send
        self._held: dict[str, QShortcut] = {}
        """By the keys of the message."""
        store.changed.connect(self._refresh)

    def problem(self, keys: str, message_key: str) -> str:
        """Why a message cannot have these keys, as a sentence; empty if it can."""
        library = self._store.content
        wanted = QKeySequence.fromString(keys)
        if wanted.isEmpty():
            return ""
        other = next(
            (each for each in (library.messages if library else ()) if each.keys == keys and each.key != message_key),
            None,
        )
        if other is not None:
            return _("{keys} is taken: it sends “{name}”.").format(keys=keys, name=other.title)
        if not _BEGINNING.match(wanted.toString()):
            return _("{keys} is what one types with. Add Ctrl or Alt.").format(keys=keys)
        if name := self._taken_by(wanted):
            return _("{keys} is taken: it is for “{name}”.").format(keys=keys, name=name)
        return ""

    def free(self) -> list[str]:
        """Those of Ctrl+Alt+1 to 9 that nothing has."""
        return [keys for keys in OFFERED if not self.problem(keys, "")]

    def _taken_by(self, wanted: QKeySequence) -> str:
        """What in the window has keys that would get in the way of these; empty if nothing has."""
        for action in self._window.findChildren(QAction):
            if any(_collide(wanted, keys) for keys in action.shortcuts()):
                return action.text().replace("&", "")
        for shortcut in self._window.findChildren(QShortcut):
            if shortcut not in self._held.values() and _collide(wanted, shortcut.key()):
                return shortcut.whatsThis() or _("sending and editing")
        if any(_collide(wanted, keys) for each in _EDITING for keys in QKeySequence.keyBindings(each)):
            return _("sending and editing")
        return ""

    def _refresh(self) -> None:
        library = self._store.content
        wanted = {each.key: each for each in library.messages if each.keys} if library else {}
        for key, shortcut in list(self._held.items()):
            if key not in wanted or shortcut.key().toString() != wanted[key].keys:
                del self._held[key]
                shortcut.setParent(None)
                shortcut.deleteLater()
        for key, message in wanted.items():
            if key not in self._held:
                shortcut = self._held[key] = QShortcut(QKeySequence.fromString(message.keys), self._window)
                shortcut.activated.connect(lambda key=key: self._press(key))

    def _press(self, key: str) -> None:
        if self._store.content is not None and (message := self._store.content.message(key)) is not None:
            self._send(message)


def _collide(one: QKeySequence, other: QKeySequence) -> bool:
    """Whether one of them begins as the other does: then only one of them would ever be heard."""
    none = QKeySequence.SequenceMatch.NoMatch
    return not other.isEmpty() and not (one.matches(other) is none and other.matches(one) is none)
