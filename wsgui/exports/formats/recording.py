"""wsgui's own file: another recording, of the selected records alone.

Numbers must have no gap, so records that a filter selects are numbered anew, and what names another record goes with
them: ``via``, ``emit`` and ``carries``. What pointed at a record that is left out points at nothing.
"""

from __future__ import annotations

import shutil
import tempfile
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from wsgui.core.i18n import N_
from wsgui.core.record_store import CHUNK, RecordStore
from wsgui.core.records import Record
from wsgui.exports.selection import Selection

NAME = "wsgui"
TITLE = N_("Recording of wsgui")
SUFFIX = ".sqlite"


def write(selection: Selection, stream: IO[bytes]) -> None:
    """Write a recording that is closed. Raises ``sqlite3.Error``."""
    meta = {"ended": datetime.now(UTC).isoformat(), **selection.meta}
    with tempfile.TemporaryDirectory(prefix="wsgui-") as folder:
        path = Path(folder) / "recording.sqlite"  # only SQLite may open what SQLite has open
        with closing(RecordStore(path, meta)) as store:
            for chunk in _chunks(selection):
                store.write(chunk)
        with path.open("rb") as file:
            shutil.copyfileobj(file, stream)


def _chunks(selection: Selection) -> Iterator[list[Record]]:
    chunk: list[Record] = []
    for number, record in enumerate(selection, 1):
        chunk.append(record if selection.is_all else _renumbered(record, number, selection.seqs))
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _renumbered(record: Record, number: int, seqs: Sequence[int]) -> Record:
    def new(seq: object) -> int:
        place = bisect_left(seqs, seq) if isinstance(seq, int) else len(seqs)
        return place + 1 if place < len(seqs) and seqs[place] == seq else 0

    facts = record.facts
    if facts and not facts.keys().isdisjoint(("emit", "carries")):
        changed: dict[str, object] = {name: value for name, value in facts.items() if name not in ("emit", "carries")}
        if emit := new(facts.get("emit")):
            changed["emit"] = emit
        if isinstance(carried := facts.get("carries"), list):
            changed["carries"] = [there for seq in carried if (there := new(seq))]
        facts = changed
    return record._replace(seq=number, via=new(record.via), facts=facts)
