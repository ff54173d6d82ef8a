"""The reading half of a database of records: windows of rows, searches, and what the recording says about itself.

It looks for nothing but the tables, whoever wrote the file: a recording of this process, of another one that is still
writing, or of one that was killed. One thread reads with it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from wsgui.core.filters import FUNCTIONS, Condition, FilterError
from wsgui.core.filters.patience import TOO_SLOW
from wsgui.core.i18n import _
from wsgui.core.records import Direction, Kind, Record

_SELECT = "SELECT seq, t, wall, connection, direction, kind, data, facts, raw, via FROM record WHERE seq"
WINDOW = f"{_SELECT} BETWEEN ? AND ? ORDER BY seq"
MOST_BEGINNING = 4_000
"""Characters or bytes of the data that ``beginnings`` gives."""
_BEGINNINGS = f"""
SELECT seq, t, wall, connection, direction, kind, substr(data, 1, {MOST_BEGINNING}), facts, NULL, via FROM record
WHERE seq BETWEEN ? AND ? ORDER BY seq
"""  # noqa: S608 - our own words
_PICK = f"{_SELECT} IN (SELECT value FROM json_each(?)) ORDER BY seq"  # noqa: S608
_MESSAGES = "('event', 'ack', 'ws_message')"
# The bytes as they are in the file: no text is made of them, and length() of a text would count its characters.
_TRAFFIC = f"""
SELECT CAST(t AS INTEGER), direction, count(*), total(length(CAST(data AS BLOB))) FROM record
WHERE seq BETWEEN ? AND ? AND kind IN {_MESSAGES} GROUP BY 1, 2
"""  # noqa: S608 - our own words
_KINDS = {kind.value: kind for kind in Kind}
_DIRECTIONS = {direction.value: direction for direction in Direction}


Traffic = tuple[int, Direction, int, int]
"""A second since the beginning, a direction, how many messages went that way, and the bytes in them."""


def connect(name: str, seconds: float = 5.0) -> sqlite3.Connection:
    """A connection to the database of that URI, in autocommit mode; it waits so long for what others have locked."""
    connection = sqlite3.connect(
        name, uri=True, isolation_level=None, check_same_thread=False, cached_statements=16, timeout=seconds
    )
    connection.text_factory = _decode
    return connection


class RecordReader:
    """Reads the database of that URI. Raises ``sqlite3.Error`` when it cannot be opened, as may every method."""

    def __init__(self, name: str) -> None:
        self._connection = connect(name)
        try:
            # Only matters in memory, where a reader would otherwise be turned away while a chunk is written.
            self._connection.execute("PRAGMA read_uncommitted = 1")
            self._connection.execute("PRAGMA trusted_schema = 0")  # the file may be anybody's
            self._connection.execute("PRAGMA schema_version").fetchone()  # opens the file, which may be gone later
        except sqlite3.Error:
            self.close()
            raise
        for function_name, function in FUNCTIONS.items():
            self._connection.create_function(function_name, -1, function, deterministic=True)

    def window(self, first: int, last: int) -> list[Record]:
        """The records with ``first <= seq <= last``, in order."""
        return _records(self._connection.execute(WINDOW, (first, last)))

    def beginnings(self, first: int, last: int) -> list[Record]:
        """The records with ``first <= seq <= last``: of the data only the beginning, and without ``raw``."""
        return _records(self._connection.execute(_BEGINNINGS, (first, last)))

    def pick(self, seqs: Sequence[int]) -> list[Record]:
        """Those records of which the number is among ``seqs``, in order."""
        return _records(self._connection.execute(_PICK, (json.dumps(list(seqs)),)))

    def matching(self, condition: Condition, first: int, last: int) -> list[int]:
        """The ``seq`` of the records with ``first <= seq <= last`` that meet the condition, in order.

        Raises :class:`~wsgui.core.filters.FilterError` when a regular expression takes too long.
        """
        # One row with all numbers: each row of an answer is a step, and each step a wait for the GIL.
        query = f"SELECT group_concat(seq) FROM record WHERE seq BETWEEN ? AND ? AND ({condition.sql})"  # noqa: S608
        try:
            (found,) = self._connection.execute(query, (first, last, *condition.parameters)).fetchone()
        except sqlite3.OperationalError as error:
            if "user-defined function" not in str(error):  # it has no code of its own
                raise
            raise FilterError(_(TOO_SLOW)) from error
        return sorted(map(int, found.split(","))) if found else []

    def values(self, expression: str, first: int, last: int) -> list[str]:
        """What the SQL ``expression`` comes out as, each once, in the records with ``first <= seq <= last``."""
        query = f"SELECT json_group_array(DISTINCT CAST({expression} AS TEXT)) FROM record WHERE seq BETWEEN ? AND ?"  # noqa: S608
        (found,) = self._connection.execute(query, (first, last)).fetchone()
        return [value for value in json.loads(found) if value is not None]

    def tally(self, expression: str, first: int, last: int) -> dict[str, int]:
        """How often the SQL ``expression`` comes out as each value in the records with ``first <= seq <= last``."""
        query = f"SELECT CAST({expression} AS TEXT), count(*) FROM record WHERE seq BETWEEN ? AND ? GROUP BY 1"  # noqa: S608
        return {value: number for value, number in self._connection.execute(query, (first, last)) if value is not None}

    def traffic(self, first: int, last: int) -> list[Traffic]:
        """Of the messages with ``first <= seq <= last``: second, direction, their number and their bytes."""
        rows = self._connection.execute(_TRAFFIC, (first, last))
        return [(second, _DIRECTIONS[direction], number, int(size)) for second, direction, number, size in rows]

    def meta(self) -> dict[str, str]:
        """What the recording says about itself."""
        return dict(self._connection.execute("SELECT key, value FROM meta"))

    def tables(self) -> set[str]:
        """The names of the tables there are."""
        return {name for (name,) in self._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}

    def last(self) -> int:
        """The number of the last record, 0 if there is none."""
        (seq,) = self._connection.execute("SELECT max(seq) FROM record").fetchone()
        return seq or 0

    def hold(self) -> None:
        """Keep others from deleting or changing the file. In WAL mode its lock is held anyway."""
        (mode,) = self._connection.execute("PRAGMA journal_mode").fetchone()
        if mode != "wal" and not self._connection.in_transaction:
            self._connection.execute("BEGIN")
            self._connection.execute("SELECT count(*) FROM meta").fetchone()  # only now it takes the lock

    def let_go(self) -> None:
        """Let others change the file, until the next ``hold``."""
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def close(self) -> None:
        """End the connection. May be called again."""
        self._connection.close()


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
