"""One SQLite database of records: a connection that writes whole chunks and one that reads windows of rows.

Everything a recording says in SQL is said here. Each half belongs to one thread: ``write`` to the recording's
writer, the other methods to the thread that reads.
"""

from __future__ import annotations

import itertools
import json
import os
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from wsgui.core.filters import FUNCTIONS, Condition
from wsgui.core.records import Direction, Facts, Kind, Record

FORMAT = 2
"""The number of the table layout below; it grows when the layout changes."""
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
_SELECT = "SELECT seq, t, wall, connection, direction, kind, data, facts, raw, via FROM record WHERE seq"
_WINDOW = f"{_SELECT} BETWEEN ? AND ? ORDER BY seq"
_PICK = f"{_SELECT} IN (SELECT value FROM json_each(?)) ORDER BY seq"  # noqa: S608
_MESSAGES = "('event', 'ack', 'ws_message')"
# The bytes as they are in the file: no text is made of them, and length() of a text would count its characters.
_TRAFFIC = f"""
SELECT CAST(t AS INTEGER), direction, count(*), total(length(CAST(data AS BLOB))) FROM record
WHERE seq BETWEEN ? AND ? AND kind IN {_MESSAGES} GROUP BY 1, 2
"""  # noqa: S608 - our own words
_ROW = "(?,?,?,?,?,?,?,?,?,?)"
_ENCODED_ROW = "(?,?,?,?,?,?,CAST(? AS TEXT),?,?,?)"
_WIDTH, _DATA = 10, 6
_INSERT = "INSERT INTO record SELECT * FROM"
_INSERT_EVENTS = (
    "INSERT INTO record SELECT column1, column2, column3, ?1, 'in', 'event', column4, NULL, NULL, column1 FROM"
)

# sqlite3 binds a plain str at once, but asks its table of adapters first for any class derived from str.
_PLAIN: Mapping[str, str] = {member: member.value for member in itertools.chain(Kind, Direction)}
_KINDS = {kind.value: kind for kind in Kind}
_DIRECTIONS = {direction.value: direction for direction in Direction}
_memory_names = itertools.count(1)


class RecordStore:
    """A new database at ``path``, or in memory where that is ``None``.

    Raises ``OSError`` or ``sqlite3.Error`` when it cannot be made.
    """

    def __init__(self, path: Path | None, meta: Mapping[str, str]) -> None:
        if path is None:
            self._name = f"file:wsgui-{os.getpid()}-{next(_memory_names)}?mode=memory&cache=shared"
        else:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # SQLite would make it readable for all; its -wal and -shm files take the mode of this one.
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            self._name = f"{path.absolute().as_uri()}?mode=rw"
        self._writer = self._connect()
        self._reader = self._connect()
        try:
            self._writer.execute("PRAGMA journal_mode = WAL")
            self._writer.execute("PRAGMA synchronous = NORMAL")
            self._writer.executescript(_SCHEMA)
            self._writer.executemany("INSERT INTO meta VALUES (?, ?)", {"format": str(FORMAT), **meta}.items())
            # Only matters in memory, where a reader would otherwise be turned away while a chunk is written.
            self._reader.execute("PRAGMA read_uncommitted = 1")
            self._reader.execute("PRAGMA schema_version").fetchone()  # opens the file, which may be gone later
        except sqlite3.Error:
            self.close()
            raise
        for name, function in FUNCTIONS.items():
            self._reader.create_function(name, -1, function, deterministic=True)

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._name, uri=True, isolation_level=None, check_same_thread=False, cached_statements=16
        )
        connection.text_factory = _decode
        return connection

    def write(self, records: Sequence[Record]) -> None:
        """Write at most :data:`CHUNK` records as one statement, which is also one transaction."""
        if not self._write_flood(records):
            self._write_any(records)

    def _write_flood(self, records: Sequence[Record]) -> bool:
        """Write what a flood over a WebSocket is made of, in half the time; whether that is all there is."""
        values: list[object] = [records[0].connection]
        for seq, t, wall, connection, direction, kind, data, facts, raw, via in records:
            if (
                kind is not Kind.EVENT
                or direction is not Direction.IN
                or facts is not None
                or raw is not None
                or via != seq
                or connection != values[0]
            ):
                return False
            values += (seq, t, wall, data)
        rows = ["(?,?,?,?)"] * _round(len(records))
        values += [None] * (4 * (len(rows) - len(records)))
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

    def window(self, first: int, last: int) -> list[Record]:
        """The records with ``first <= seq <= last``, in order."""
        return _records(self._reader.execute(_WINDOW, (first, last)))

    def pick(self, seqs: Sequence[int]) -> list[Record]:
        """Those records of which the number is among ``seqs``, in order."""
        return _records(self._reader.execute(_PICK, (json.dumps(list(seqs)),)))

    def matching(self, condition: Condition, first: int, last: int) -> list[int]:
        """The ``seq`` of the records with ``first <= seq <= last`` that meet the condition, in order."""
        # One row with all numbers: each row of an answer is a step, and each step a wait for the GIL.
        query = f"SELECT group_concat(seq) FROM record WHERE seq BETWEEN ? AND ? AND ({condition.sql})"  # noqa: S608
        (found,) = self._reader.execute(query, (first, last, *condition.parameters)).fetchone()
        return sorted(map(int, found.split(","))) if found else []

    def values(self, expression: str, first: int, last: int) -> list[str]:
        """What the SQL ``expression`` comes out as, each once, in the records with ``first <= seq <= last``."""
        query = f"SELECT json_group_array(DISTINCT CAST({expression} AS TEXT)) FROM record WHERE seq BETWEEN ? AND ?"  # noqa: S608
        (found,) = self._reader.execute(query, (first, last)).fetchone()
        return [value for value in json.loads(found) if value is not None]

    def traffic(self, first: int, last: int) -> list[tuple[int, Direction, int, int]]:
        """Of the messages with ``first <= seq <= last``: second, direction, their number and their bytes."""
        rows = self._reader.execute(_TRAFFIC, (first, last))
        return [(second, _DIRECTIONS[direction], number, int(size)) for second, direction, number, size in rows]

    def meta(self) -> dict[str, str]:
        """What the recording says about itself."""
        return dict(self._reader.execute("SELECT key, value FROM meta"))

    def close(self) -> None:
        """Close both connections; SQLite then takes its ``-wal`` file back into the database."""
        self._reader.close()
        self._writer.close()


def _round(number: int) -> int:
    """The next power of two: what is left of a statement stays empty, so that there are few different statements.

    SQLite takes as long to read a new one as to run it.
    """
    return 1 << (number - 1).bit_length()


def _records(rows: Iterable[tuple[Any, ...]]) -> list[Record]:
    # Not orjson: it reads integers past 64 bits as floats, and refuses lone surrogates.
    return [
        Record(
            seq, t, wall, connection, _DIRECTIONS[direction], _KINDS[kind], data, facts and json.loads(facts), raw, via
        )
        for seq, t, wall, connection, direction, kind, data, facts, raw, via in rows
    ]


def _decode(text: bytes) -> str:
    return text.decode("utf-8", "surrogatepass")


def _json(facts: Facts) -> str:
    """``facts`` as JSON text. Never fails: a fact that is no JSON is better kept as its ``repr`` than lost."""
    try:
        return orjson.dumps(facts, default=repr).decode()
    except TypeError:  # orjson refuses lone surrogates, integers past 64 bits and 255 levels; json takes them
        try:
            return json.dumps(facts, default=repr, skipkeys=True)
        except (ValueError, RecursionError) as error:
            return json.dumps({"text": f"{type(error).__name__}: {error}"})
