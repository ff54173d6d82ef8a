"""The sequences of the program, and the files of them that people hand on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from wsgui.core.i18n import _
from wsgui.core.protocol import Protocol
from wsgui.core.sequences import SavedSequence
from wsgui.ui.saved.file_store import FileStore

if TYPE_CHECKING:
    from wsgui.core.connection_plan import Plan

Sequences = tuple[SavedSequence, ...]


class SequenceStore(FileStore[Sequences]):
    """Belongs to the window."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent, _change, ())

    def take_over(self, path: Path, then: Callable[[str], None]) -> None:
        """Add the sequence in a file; ``then`` is told its key. Its connection is left."""
        self.tasks.start(self._take_over(path, then), "import")

    def hand_out(self, path: Path, plan: Plan) -> None:
        """Write it, with its connection."""
        self.tasks.start(self._hand_out(path, plan), "export")

    async def _take_over(self, path: Path, then: Callable[[str], None]) -> None:
        from wsgui.core.sequence_file import read_plan

        if (plan := await self.in_a_thread(lambda: read_plan(path))) is None:
            return
        name = plan.name or path.stem
        sequence = SavedSequence(name, plan.steps, plan.times, plan.protocol is Protocol.WEBSOCKET)
        await self.apply(lambda known: (*known, sequence))
        then(sequence.key)

    async def _hand_out(self, path: Path, plan: Plan) -> None:
        from wsgui.core.connection_plan import as_sequence

        def write() -> bool:
            path.write_text(as_sequence(plan), encoding="utf-8")
            return True

        if await self.in_a_thread(write):
            self.said.emit(_("Written: {file}. Run it with: wsgui run FILE").format(file=path))


def _change(change: Callable[[Sequences], Sequences]) -> Sequences:
    from wsgui.core.sequence_file import change_sequences, sequences_path

    return change_sequences(sequences_path(), change)
