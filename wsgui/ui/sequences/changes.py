"""The changes that a panel makes to the sequences, and the way back, one change at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from wsgui.core.connection_plan import as_objects
from wsgui.core.i18n import _
from wsgui.core.sequences import SavedSequence, read_steps

if TYPE_CHECKING:
    from wsgui.ui.sequences.store import Sequences, SequenceStore


class Change(NamedTuple):
    """``after`` is ``None`` where the sequence was deleted; ``place`` is where it stood among all."""

    before: SavedSequence
    after: SavedSequence | None
    place: int


class Changes(QObject):
    """Each is made to what is there when those before it are done; :meth:`undo` takes back the last one."""

    made = Signal()
    """There is one more that can be taken back."""
    undone = Signal(str)
    """The key of a sequence that is again as it was."""

    def __init__(self, panel: QObject, store: SequenceStore) -> None:
        super().__init__(panel)
        self._store = store
        self._made: list[Change] = []
        """What can be taken back, the last one last."""

    @property
    def can_undo(self) -> bool:
        """Whether there is anything to take back."""
        return bool(self._made)

    def add(self, sequence: SavedSequence) -> None:
        """Put a new one behind all others."""
        self._store.change(lambda known: (*known, sequence))

    def alter(self, key: str, change: Callable[[SavedSequence], SavedSequence | None]) -> None:
        """Change one, or delete it where ``change`` gives ``None``. One that is no longer there is left alone."""

        self._store.tasks.start(self._alter(key, change), "change")

    def undo(self) -> None:
        """Take back the last change, unless another tab has changed that sequence since."""
        if not self._made:
            return
        made = self._made.pop()
        self._store.tasks.start(self._take_back(made), "undo")

    async def _alter(self, key: str, change: Callable[[SavedSequence], SavedSequence | None]) -> None:
        made: list[Change] = []

        def alter(known: Sequences) -> Sequences:
            place = _place(known, key)
            if place < 0 or (after := change(known[place])) == known[place]:
                return known
            made.append(Change(known[place], _as_read(after), place))
            return (*known[:place], *([after] if after else []), *known[place + 1 :])

        if await self._store.apply(alter):  # else it is not in the file
            self._made += made
            self.made.emit()

    async def _take_back(self, made: Change) -> None:
        stale: list[str] = []

        def take_back(known: Sequences) -> Sequences:
            place = _place(known, made.before.key)
            now = known[place] if place >= 0 else None
            if now != made.after:
                stale.append(made.before.name)
                return known
            if now is None:
                return (*known[: made.place], made.before, *known[made.place :])
            return (*known[:place], made.before, *known[place + 1 :])

        if not await self._store.apply(take_back):
            self._made.append(made)
            self.made.emit()
        elif stale:
            sentence = _("“{name}” was changed elsewhere since, so nothing was undone.")
            self._store.said.emit(sentence.format(name=stale[0]))
        else:
            self.undone.emit(made.before.key)


def _as_read(sequence: SavedSequence | None) -> SavedSequence | None:
    """As the file gives it back, to be compared with that."""
    return sequence and replace(sequence, steps=read_steps(as_objects(sequence.steps)))


def _place(known: Sequences, key: str) -> int:
    """Where it stands; -1: nowhere."""
    return next((place for place, each in enumerate(known) if each.key == key), -1)
