"""A recording that is only read: closed properly, cut short by a kill, or still written to by somebody else.

The file is never changed. SQLite alone opens it: were it opened and closed in any other way while this process also
records into it, POSIX would drop SQLite's locks on it.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from wsgui.core.filters import Condition
from wsgui.core.i18n import _
from wsgui.core.record_reader import RecordReader, Traffic, connect
from wsgui.core.records import Direction, Kind, Record

FORMAT = 2
"""The number of the table layout; it grows when the layout changes."""


class RecordingError(Exception):
    """The file cannot be opened as a recording; the message is a sentence for a person."""


class PastRecording:
    """The reading interface of a recording (:class:`~wsgui.core.recorded.Recorded`) over one or two databases.

    Each begins where the one before ends. ``folder`` is one that was made to read from and goes with the last reader.
    """

    backlog = 0

    def __init__(
        self, path: Path | None, readers: list[RecordReader], folder: tempfile.TemporaryDirectory[str] | None = None
    ) -> None:
        self.path = path
        self.problem: str | None = None
        self.count = 0
        self._readers = readers
        self._folder = folder
        self.refresh()

    def refresh(self) -> bool:
        """Look how many records there are by now; whether there are more than before."""
        count = max(reader.last() for reader in self._readers)
        grown = count > self.count
        self.count = count
        return grown

    def rows(self, first: int, number: int) -> list[Record]:
        """At most ``number`` records from row ``first`` on, in order."""
        last = min(first + number, self.count)
        return self._read(range(max(first, 0) + 1, last + 1), lambda reader: reader.window(first + 1, last))

    def beginnings(self, first: int, number: int) -> list[Record]:
        """As ``rows``, but without ``raw``, and of the data only the beginning."""
        last = min(first + number, self.count)
        return self._read(range(max(first, 0) + 1, last + 1), lambda reader: reader.beginnings(first + 1, last))

    def record(self, seq: int) -> Record:
        """The record with that number. Raises ``KeyError`` when there is none."""
        for record in self.rows(seq - 1, 1):
            return record
        raise KeyError(seq)

    def pick(self, seqs: Sequence[int]) -> list[Record]:
        """The records with these numbers, in order."""
        wanted = sorted({seq for seq in seqs if 0 < seq <= self.count})
        return self._read(wanted, lambda reader: reader.pick(wanted))

    def matching(self, condition: Condition, after: int, limit: int) -> list[int]:
        """As of a recording that is being made. Where the file is damaged, nothing matches."""
        last = min(after + limit, self.count)
        try:
            return [seq for reader in self._readers for seq in reader.matching(condition, after + 1, last)]
        except sqlite3.DatabaseError as error:
            self._report(error)
            return []

    def traffic(self, after: int, limit: int) -> list[Traffic]:
        """How much was said; nothing where the file is damaged."""
        last = min(after + limit, self.count)
        try:
            return [row for reader in self._readers for row in reader.traffic(after + 1, last)]
        except sqlite3.DatabaseError as error:
            self._report(error)
            return []

    def tally(self, expression: str, after: int, limit: int) -> Mapping[str, int]:
        """How often the SQL ``expression`` comes out as each value; nothing where the file is damaged."""
        last = min(after + limit, self.count)
        counts: Counter[str] = Counter()
        try:
            for reader in self._readers:
                counts.update(reader.tally(expression, after + 1, last))
        except sqlite3.DatabaseError as error:
            self._report(error)
        return counts

    def values(self, expression: str, after: int, limit: int) -> list[str]:
        """What the SQL ``expression`` comes out as; nothing where the file is damaged."""
        last = min(after + limit, self.count)
        try:
            return [value for reader in self._readers for value in reader.values(expression, after + 1, last)]
        except sqlite3.DatabaseError as error:
            self._report(error)
            return []

    @property
    def meta(self) -> Mapping[str, str]:
        """What the recording says about itself."""
        return self._readers[0].meta()

    def again(self) -> PastRecording:
        """The same records, to be read and closed by another thread."""
        if self.path is None:
            raise RecordingError(_("This recording is in memory only and cannot be opened twice."))
        return open_recording(self.path)

    @property
    def ended(self) -> bool:
        """Whether it was closed. If not, somebody still writes to it, or was killed."""
        return "ended" in self.meta

    def hold(self) -> None:
        """Keep others from deleting or changing the file, as when it was opened."""
        for reader in self._readers:
            reader.hold()

    def let_go(self) -> None:
        """Let others change the file, until the next ``hold``."""
        for reader in self._readers:
            reader.let_go()

    def close(self) -> None:
        """Let go of the file. May be called again."""
        for reader in self._readers:
            reader.close()
        if self._folder:
            self._folder.cleanup()

    def _read(self, seqs: Sequence[int], read: Callable[[RecordReader], list[Record]]) -> list[Record]:
        """What ``read`` gives, with a record that says so in the place of each that cannot be read."""
        try:
            records = [record for reader in self._readers for record in read(reader)]
        except (sqlite3.DatabaseError, KeyError, TypeError, ValueError) as error:
            self._report(error)
            if len(seqs) == 1:
                return [_unreadable(seqs[0])]
            return [record for seq in seqs for record in self.rows(seq - 1, 1)]
        if len(records) == len(seqs):
            return records
        there = {record.seq: record for record in records}
        return [there.get(seq) or _unreadable(seq) for seq in seqs]

    def _report(self, error: Exception) -> None:
        text = _("{path} is damaged ({reason}); what can be read of it is shown.")
        self.problem = text.format(path=self.path, reason=error)


def _unreadable(seq: int) -> Record:
    facts = {"text": _("This record cannot be read: the file is damaged.")}
    return Record(seq, 0.0, 0.0, 0, Direction.NONE, Kind.ERROR, None, facts)


def open_recording(path: Path) -> PastRecording:
    """Open the file of a recording for reading. Raises :class:`RecordingError`."""
    if not path.is_file():
        raise RecordingError(_("There is no file {path}.").format(path=path))
    if not os.access(path, os.R_OK):
        raise RecordingError(_("{path} cannot be read: its permissions do not allow it.").format(path=path))
    folder: tempfile.TemporaryDirectory[str] | None = None
    reader: RecordReader | None = None
    try:
        reader, folder = _reader(path)
        _check(reader, path)
        reader.hold()
        return PastRecording(path, [reader], folder)
    except (sqlite3.Error, RecordingError, OSError, ValueError) as error:
        if reader:
            reader.close()
        if folder:
            folder.cleanup()
        raise error if isinstance(error, RecordingError) else RecordingError(_sentence(path, error)) from error


def _reader(path: Path) -> tuple[RecordReader, tempfile.TemporaryDirectory[str] | None]:
    name = path.absolute().as_uri()
    try:
        return RecordReader(f"{name}?mode=ro"), None
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_READONLY:
            _undo(name)
            return RecordReader(f"{name}?mode=ro"), None
        # A -wal file needs a -shm file beside it, which cannot be made in a folder that is read-only.
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CANTOPEN:
            raise
    wal = path.with_name(path.name + "-wal")
    if not wal.is_file() or wal.stat().st_size == 0:
        return RecordReader(f"{name}?mode=ro&immutable=1"), None  # nobody can write it, and nothing is missing
    folder = tempfile.TemporaryDirectory(prefix="wsgui-")
    copy = Path(folder.name) / "recording.sqlite"
    try:
        shutil.copyfile(path, copy)
        shutil.copyfile(wal, copy.with_name(copy.name + "-wal"))
        return RecordReader(f"{copy.as_uri()}?mode=ro"), folder
    except (OSError, sqlite3.Error):
        folder.cleanup()
        raise


def _undo(name: str) -> None:
    """Take back what SQLite was about to change when the program was killed: who only reads may not."""
    with closing(connect(f"{name}?mode=rw")) as connection:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()


def _check(reader: RecordReader, path: Path) -> None:
    if not {"meta", "record"} <= reader.tables():
        raise RecordingError(_("{path} is a database, but no recording of wsgui.").format(path=path))
    meta = reader.meta()
    if (number := meta.get("format")) != str(FORMAT):
        text = _("{path} was recorded by wsgui {version} in format {number}; this version reads format {own}.")
        version = meta.get("wsgui", "?")
        raise RecordingError(text.format(path=path, version=version, number=number or "?", own=FORMAT))
    reader.window(1, 1)


def _sentence(path: Path, error: Exception) -> str:
    if "not a database" in str(error):
        return _("{path} is no recording of wsgui.").format(path=path)
    if isinstance(error, sqlite3.OperationalError | OSError):
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        return _("{path} cannot be opened ({reason}).").format(path=path, reason=reason)
    return _("{path} is damaged and cannot be read ({reason}).").format(path=path, reason=error)
