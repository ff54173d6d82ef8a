"""The recording of a session: records go in one by one, reach the disk in chunks, and come out in windows of rows.

``append`` only puts the record into a queue; a thread of its own empties it into SQLite a few times a second, so
what was received up to a second ago outlives even ``kill -9``, and a million records are not a million objects. Reading
goes straight to the database. When the disk refuses, the recording says so once and goes on in memory.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections import Counter, deque
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from wsgui import __version__
from wsgui.core.filters import Condition
from wsgui.core.i18n import _
from wsgui.core.json_file import data_folder
from wsgui.core.past_recording import PastRecording
from wsgui.core.record_reader import RecordReader, Traffic
from wsgui.core.record_store import CHUNK, RecordStore
from wsgui.core.records import Record

_GATHER = 0.02
"""Seconds that the writer, once woken, lets pass for more records to come."""
_CHUNK_SIZE = 4_000_000
"""Characters or bytes of data after which a chunk is full, however few its rows: SQLite makes a copy of all."""


class Recording:
    """Appends records and serves them by row number; row ``n`` has ``seq`` ``n + 1``.

    Made, appended to, read and closed by one thread. ``path`` must not exist yet; its folder is made if missing.
    ``None`` records in memory.
    """

    def __init__(self, path: Path | None, url: str = "", protocol: str = "") -> None:
        self.path = path
        self.problem: str | None = None
        """Why the recording is no longer written to its file, as a sentence; ``None`` while all is well."""
        self.count = 0
        """The number of records that are written and can be read."""
        self._meta = {"wsgui": __version__, "started": _now(), "url": url, "protocol": protocol}
        self._told: deque[Mapping[str, str]] = deque()
        self._appended = 0
        self._waiting: deque[Record] = deque()
        self._asleep = False
        self._wake = threading.Event()
        self._hurry = threading.Event()
        self._written = threading.Condition()
        self._closed = False
        self._ended = False
        try:
            stores = [RecordStore(path, self._meta)]
        except (OSError, sqlite3.Error) as error:
            self._report(error)
            stores = [RecordStore(None, self._meta)]
        # A second one, in memory, takes over where the first fails; seq tells what is where.
        self._stores = stores
        self._writer = threading.Thread(target=self._write, name="recording", daemon=True)
        self._writer.start()

    # Writing: the owner's thread

    def append(self, record: Record) -> None:
        """Queue the next record; see :meth:`extend`."""
        self.extend((record,))

    def extend(self, records: Sequence[Record]) -> None:
        """Queue the next records.

        Raises ``ValueError`` when their ``seq`` do not follow without a gap, or after ``close``.
        """
        last = self._appended + len(records)
        if records[0][0] != self._appended + 1 or records[-1][0] != last:
            raise ValueError(f"record {records[0].seq} cannot follow record {self._appended}")
        self._waiting.extend(records)
        self._appended = last
        if self._asleep:
            self._asleep = False
            if self._closed:
                raise ValueError("the recording is closed")
            self._wake.set()

    def tell(self, **meta: str) -> None:
        """Say something about the recording itself, for the list of recordings: see ``meta``."""
        self._told.append(meta)
        self._wake.set()

    @property
    def backlog(self) -> int:
        """How many records were appended and are not yet written. A fast reader pauses while this is large."""
        return self._appended - self.count

    def flush(self) -> None:
        """Wait until all that was appended is written."""
        self._hurry.set()
        self._wake.set()
        with self._written:
            self._written.wait_for(lambda: self.backlog == 0 or self._ended)
        self._hurry.clear()

    def close(self) -> None:
        """Write what is left and when it ended, end the thread and close the database. May be called again."""
        if self._closed:
            return
        self._closed = True
        self._hurry.set()
        self._wake.set()
        self._writer.join()
        self._asleep = True  # so that append comes to look whether it may
        for store in self._stores:
            store.close()

    # Reading: the owner's thread

    def rows(self, first: int, number: int) -> list[Record]:
        """At most ``number`` records from row ``first`` on, in order."""
        last = min(first + number, self.count)
        return [record for store in self._stores for record in store.reader.window(first + 1, last)]

    def beginnings(self, first: int, number: int) -> list[Record]:
        """As ``rows``, but without ``raw``, and of the data only the beginning."""
        last = min(first + number, self.count)
        return [record for store in self._stores for record in store.reader.beginnings(first + 1, last)]

    def record(self, seq: int) -> Record:
        """The record with that number. Raises ``KeyError`` when there is none, or not yet."""
        for record in self.rows(seq - 1, 1):
            return record
        raise KeyError(seq)

    def pick(self, seqs: Sequence[int]) -> list[Record]:
        """The records with these numbers, in order."""
        return [record for store in self._stores for record in store.reader.pick(seqs)]

    def matching(self, condition: Condition, after: int, limit: int) -> list[int]:
        """Which of the ``limit`` records that follow number ``after`` meet the condition: their ``seq``, in order.

        The limit is on the records looked at, not on those found, so that the caller knows where to go on
        and can keep each step short.
        """
        last = min(after + limit, self.count)
        return [seq for store in self._stores for seq in store.reader.matching(condition, after + 1, last)]

    def values(self, expression: str, after: int, limit: int) -> list[str]:
        """What the SQL ``expression`` comes out as in the ``limit`` records that follow number ``after``."""
        last = min(after + limit, self.count)
        return [value for store in self._stores for value in store.reader.values(expression, after + 1, last)]

    def tally(self, expression: str, after: int, limit: int) -> Mapping[str, int]:
        """How often the SQL ``expression`` comes out as each value in the ``limit`` records after number ``after``."""
        last = min(after + limit, self.count)
        counts: Counter[str] = Counter()
        for store in self._stores:
            counts.update(store.reader.tally(expression, after + 1, last))
        return counts

    def traffic(self, after: int, limit: int) -> list[Traffic]:
        """How much was said in the ``limit`` records that follow number ``after``, by the second and the direction.

        Each row: the second since the beginning, the direction, how many events, acknowledgements and WebSocket
        messages, and the bytes in them. A second that the limit cuts in two is in this answer and in the next.
        """
        last = min(after + limit, self.count)
        return [row for store in self._stores for row in store.reader.traffic(after + 1, last)]

    @property
    def meta(self) -> Mapping[str, str]:
        """What the recording says about itself.

        ``format``, ``wsgui`` (its version), ``started`` (UTC, ISO 8601), ``url``, ``protocol``. Once it is closed
        also ``ended``. Where the owner has told: ``outcome`` (a value of :class:`~wsgui.core.recordings.Outcome`),
        ``problem`` (what went wrong last, in a sentence), and ``title``, which a person gave.
        """
        return self._stores[0].reader.meta()

    def again(self) -> PastRecording:
        """The same records to be read by another thread, as far as they are written now."""
        return PastRecording(self.path, [RecordReader(store.name) for store in self._stores])

    # The writer's thread

    def _write(self) -> None:
        try:
            while not self._closed or self._waiting:
                self._rest()
                self._write_meta()
                while chunk := self._next_chunk():
                    self._write_chunk(chunk)
                    with self._written:
                        self.count = chunk[-1].seq
                        self._written.notify_all()
                if self.problem is None and self.path is not None and not self.path.exists():
                    self._report(FileNotFoundError(_("the file was removed")))
            self._write_meta()
            if "ended" not in self._meta:  # where memory took over, the file itself is and stays interrupted
                self._told.append({"ended": _now()})
                self._write_meta()
        finally:  # whatever happens, nobody waits for ever
            with self._written:
                self._ended = True
                self._written.notify_all()

    def _rest(self) -> None:
        """Wait until there is something to do, then a moment longer, so that it is worth a chunk."""
        self._wake.clear()
        self._asleep = True
        if not self._waiting and not self._told and not self._closed:
            self._wake.wait()
        self._asleep = False
        self._hurry.wait(_GATHER)

    def _next_chunk(self) -> list[Record]:
        chunk: list[Record] = []
        size = 0
        while len(chunk) < CHUNK and size < _CHUNK_SIZE and self._waiting:
            record = self._waiting.popleft()
            chunk.append(record)
            if record.data is not None:
                size += len(record.data)
        return chunk

    def _write_chunk(self, chunk: list[Record]) -> None:
        try:
            self._stores[-1].write(chunk)
        except sqlite3.Error as error:
            self._take_to_memory(error)
            self._stores[-1].write(chunk)

    def _write_meta(self) -> None:
        while self._told:
            told = self._told.popleft()
            self._meta |= told
            try:
                self._stores[-1].tell(told)
            except sqlite3.Error as error:
                self._take_to_memory(error)

    def _take_to_memory(self, error: sqlite3.Error) -> None:
        if len(self._stores) > 1:
            raise error
        self._report(error)
        self._stores.append(RecordStore(None, self._meta))

    def _report(self, error: Exception) -> None:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        self.problem = _(
            "The recording cannot be kept in {path} ({reason}); new records are lost when the program ends."
        ).format(path=self.path, reason=reason)


def _now() -> str:
    return datetime.now(UTC).isoformat()


def folder() -> Path:
    """Where the recordings lie: in the user's own data folder."""
    return data_folder("recordings")


def new_path(url: str) -> Path:
    """A path for a new recording in the user's own data folder, named by the time and the host of ``url``."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:  # such as half an IPv6 address
        host = ""
    host = re.sub(r"[^\w.-]+", "_", host)[:40].strip("._")
    started = datetime.now(UTC).astimezone().strftime("%Y%m%d-%H%M%S")
    stem = f"{started}-{host}" if host else started
    path = folder() / f"{stem}.sqlite"
    number = 1
    while path.exists():
        number += 1
        path = folder() / f"{stem}-{number}.sqlite"
    return path
