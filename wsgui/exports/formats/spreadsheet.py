"""CSV (RFC 4180) for spreadsheets: the columns of the log, and the data as it was on the wire.

A cell that a spreadsheet would take for a formula begins with an apostrophe: what a server sent must not compute.
"""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import IO

from wsgui.core.describe import describe
from wsgui.core.i18n import N_
from wsgui.core.records import Record
from wsgui.core.visible import one_line
from wsgui.exports.selection import Selection

NAME = "csv"
TITLE = N_("CSV for spreadsheets")
SUFFIX = ".csv"

COLUMNS = ("seq", "time", "t", "connection", "direction", "kind", "summary", "data")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(selection: Selection, stream: IO[bytes]) -> None:
    """A line with the names of the columns, then one per record; ``data`` that is binary is in hex."""
    stream.write(b"\xef\xbb\xbf")  # without it Excel takes UTF-8 for something else
    text = io.TextIOWrapper(stream, "utf-8", errors="replace", newline="")
    try:
        lines = csv.writer(text)
        lines.writerow(COLUMNS)
        lines.writerows([_cell(value) for value in _values(record)] for record in selection)
    finally:
        text.detach()  # the stream is the caller's, to be closed or not


def _values(record: Record) -> tuple[str | int, ...]:
    when = datetime.fromtimestamp(record.wall, UTC).astimezone().isoformat(" ", "milliseconds")
    data = record.data.hex(" ") if isinstance(record.data, bytes) else record.data or ""
    summary = one_line(describe(record).summary)
    direction = "" if record.direction == "-" else record.direction.value
    return (record.seq, when, f"{record.t:.6f}", record.connection, direction, record.kind.value, summary, data)


def _cell(value: str | int) -> str | int:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
