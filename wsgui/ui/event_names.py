"""The names of the events that a connection has seen, offered while one types such a name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QStringListModel, Qt, QTimer
from PySide6.QtWidgets import QCompleter, QLineEdit

from wsgui.core.i18n import _
from wsgui.core.visible import one_line

if TYPE_CHECKING:
    from wsgui.core.filters import Seen
    from wsgui.core.recorded import Recorded


_LONGEST = 200
"""Characters of a name that are shown."""


class _Names(QStringListModel):
    """The names as they are to be completed; shown with what is not seen made visible."""

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        found = super().data(index, role)
        return one_line(found, _LONGEST) if role == Qt.ItemDataRole.DisplayRole and isinstance(found, str) else found


class EventNames(QObject):
    """Looks through the recording in steps, beginning with the first letter that is typed; a flood costs it nothing."""

    def __init__(self, edit: QLineEdit, recording: Callable[[], Recorded | None]) -> None:
        super().__init__(edit)
        self._recording = recording
        self._searched: Recorded | None = None
        self._seen: Seen | None = None
        self._names = _Names(self)
        completer = self._completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        edit.setCompleter(completer)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._look)
        edit.textEdited.connect(lambda _text: self._timer.start())

    def names(self) -> list[str]:
        """What is on offer."""
        return self._names.stringList()

    def _look(self) -> None:
        from wsgui.core.filters import Seen, term_of  # the window opens sooner without it

        recording, term = self._recording(), term_of("event:")
        if recording is None or term is None:
            self._timer.stop()
            return
        if self._seen is None or recording is not self._searched:
            self._seen, self._searched = Seen(), recording
        if not self._seen.look(recording, term):
            self._timer.stop()
            found = sorted(self._seen.of(term), key=str.casefold)
            if found != self.names():
                self._names.setStringList(found)
                if (popup := self._completer.popup()) is not None:
                    popup.setAccessibleName(_("Names of events that were seen"))
