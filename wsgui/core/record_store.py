"""One SQLite database of records: a connection that writes whole chunks, and a reader of windows of rows.

Everything a recording says in SQL is said here and in :mod:`wsgui.core.record_reader`. Each half belongs to one
thread: ``write`` and ``tell`` to the recording's writer, ``reader`` to the thread that reads.
"""

from __future__ import annotations

import errno
import itertools
import json
import os
import sqlite3
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

import orjson

from wsgui.core.past_recording import FORMAT
from wsgui.core.record_reader import RecordReader, connect
from wsgui.core.records import Direction, Facts, Kind, Record

PART = ".part"
"""The end of the name of a file that is being made."""

_NO_LINKS = {errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL}
"""What systems say of a file system that has no hard links, such as that of a memory card."""

CHUNK = 2048
"""Rows per INSERT. Python takes the GIL again after each step of a statement and may wait 5 ms for it while the main
thread is busy, so a row per step would write 200 rows a second in a flood. One statement of 2,048 rows wrote 160,000 a
second beside a spinning main thread, one of 512 half as many; SQLite's limit of variables is at 4,095 rows."""

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE record (
    seq INTEGER PRIMARY KEY, t REAL NOT NULL, wall REAL NOT NULL, connection INTEGER NOT NULL,
    direction TEXT NOT NULL, kind TEXT NOT NULL, data, facts TEXT, raw BLOB, via INTEGER NOT NULL
);
"""
_ROW = "(?,?,?,?,?,?,?,?,?,?)"
_ENCODED_ROW = "(?,?,?,?,?,?,CAST(? AS TEXT),?,?,?)"
_WIDTH, _DATA = 10, 6
_INSERT = "INSERT INTO record SELECT * FROM"
_INSERT_EVENTS = (
    "INSERT INTO record SELECT column1, column2, column3, ?1, 'in', 'event', column4, NULL, NULL, column5 FROM"
)
_EVENT_ROW = "(?,?,?,?,?)"

# sqlite3 binds a plain str at once, but asks its table of adapters first for any class derived from str.
_PLAIN: Mapping[str, str] = {member: member.value for member in itertools.chain(Kind, Direction)}
_memory_names = itertools.count(1)


class RecordStore:
    """A new database at ``path``, or in memory where that is ``None``.

    Raises ``OSError`` or ``sqlite3.Error`` when it cannot be made.
    """

    def __init__(self, path: Path | None, meta: Mapping[str, str]) -> None:
        if path is None:
            self.name = f"file:wsgui-{os.getpid()}-{next(_memory_names)}?mode=memory&cache=shared"
        else:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _make(path, meta)
            self.name = f"{path.absolute().as_uri()}?mode=rw"
        self._writer = connect(self.name)
        try:
            self._writer.execute("PRAGMA synchronous = NORMAL")
            if path is None:
                _begin(self._writer, meta)
            self.reader = RecordReader(self.name)
        except sqlite3.Error:
            self._writer.close()
            raise

    def write(self, records: Sequence[Record]) -> None:
        """Write at most :data:`CHUNK` records in one transaction, all of them or none."""
        events, others = _split(records)
        if not events or not others:
            self._write(events, others)
            return
        self._writer.execute("BEGIN")
        try:
            self._write(events, others)
        except BaseException:
            self._writer.execute("ROLLBACK")
            raise
        self._writer.execute("COMMIT")

    def _write(self, events: Sequence[Record], others: Sequence[Record]) -> None:
        if events and not self._write_events(events):
            others = [*events, *others]
        if others:
            self._write_any(others)

    def _write_events(self, events: Sequence[Record]) -> bool:
        """Write what a flood is made of, in half the time; whether that could be done."""
        values: list[object] = [events[0].connection]
        for seq, t, wall, _connection, _direction, _kind, data, _facts, _raw, via in events:
            values += (seq, t, wall, data, via)
        rows = [_EVENT_ROW] * _round(len(events))
        values += [None] * (5 * (len(rows) - len(events)))
        try:
            self._insert(_INSERT_EVENTS, rows, values)
        except UnicodeEncodeError:
            return False
        return True

    def _write_any(self, records: Sequence[Record]) -> None:
        values: list[object] = []
        for seq, t, wall, connection, direction, kind, data, facts, raw, via in records:
            values += (
                seq, t, wall, connection, _PLAIN[direction], _PLAIN[kind], data,
                None if facts is None else _json(facts), raw, via,
            )  # fmt: skip
        rows = [_ROW] * _round(len(records))
        values += [None] * (_WIDTH * (len(rows) - len(records)))
        try:
            self._insert(_INSERT, rows, values)
        except UnicodeEncodeError:  # JavaScript allows a lone surrogate in a text, UTF-8 does not
            for place, record in enumerate(records):
                if isinstance(record.data, str):
                    rows[place] = _ENCODED_ROW
                    values[place * _WIDTH + _DATA] = record.data.encode("utf-8", "surrogatepass")
            self._insert(_INSERT, rows, values)

    def _insert(self, statement: str, rows: list[str], values: list[object]) -> None:
        self._writer.execute(f"{statement} (VALUES {','.join(rows)}) WHERE column1 IS NOT NULL", values)

    def tell(self, meta: Mapping[str, str]) -> None:
        """Let the recording say this about itself, in the place of what it said under the same keys."""
        whole = ((key, value.encode("utf-8", "replace").decode()) for key, value in meta.items())  # no lone surrogates
        self._writer.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", whole)

    def close(self) -> None:
        """Close both connections; the database is then one plain file that anybody can read without writing to it."""
        self.reader.close()
        try:
            self._writer.execute("PRAGMA busy_timeout = 0")
            self._writer.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.Error:
            # Somebody else is reading it, or the disk is full. Then its -wal file stays, and belongs to it.
            return
        finally:
            self._writer.close()


def _begin(connection: sqlite3.Connection, meta: Mapping[str, str]) -> None:
    connection.executescript(_SCHEMA)
    connection.executemany("INSERT INTO meta VALUES (?, ?)", {"format": str(FORMAT), **meta}.items())


def _make(path: Path, meta: Mapping[str, str]) -> None:
    """Make the file, whole at once: of a program that is killed meanwhile there is a recording or none.

    Raises ``OSError``, also when it is there already, or ``sqlite3.Error``.
    """
    # SQLite would make it readable for all; its -wal and -shm files take the mode of this one, which is 0600.
    number, name = tempfile.mkstemp(prefix=".", suffix=PART, dir=path.parent)
    os.close(number)
    part = Path(name)
    try:
        with closing(connect(f"{part.absolute().as_uri()}?mode=rw")) as made:
            made.execute("PRAGMA synchronous = OFF")  # it is not for this file's name to last
            made.execute("PRAGMA journal_mode = WAL")  # which stays; to change it later could be cut short, too
            _begin(made, meta)
        try:
            path.hardlink_to(part)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
            with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
                file.write(part.read_bytes())
    finally:
        part.unlink()


def _split(records: Sequence[Record]) -> tuple[list[Record], list[Record]]:
    """The incoming events of one connection that have nothing special about them, and all others."""
    events: list[Record] = []
    others: list[Record] = []
    first = records[0].connection
    event, incoming = Kind.EVENT, Direction.IN
    for record in records:
        _seq, _t, _wall, connection, direction, kind, _data, facts, raw, _via = record
        plain = kind is event and direction is incoming and facts is None and raw is None and connection == first
        (events if plain else others).append(record)
    return events, others


def _round(number: int) -> int:
    """The next power of two: what is left of a statement stays empty, so that there are few different statements.

    SQLite takes as long to read a new one as to run it.
    """
    return 1 << (number - 1).bit_length()


def _json(facts: Facts) -> str:
    """``facts`` as JSON text. Never fails: a fact that is no JSON is better kept as its ``repr`` than lost."""
    try:
        return orjson.dumps(facts, default=repr).decode()
    except TypeError:  # orjson refuses lone surrogates, integers past 64 bits and 255 levels; json takes them
        try:
            return json.dumps(facts, default=repr, skipkeys=True)
        except (ValueError, RecursionError) as error:
            return json.dumps({"text": f"{type(error).__name__}: {error}"})
