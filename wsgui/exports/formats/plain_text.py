"""Plain text: the lines of the log, with the date, and with what a server sent made harmless."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import IO

from wsgui.core.describe import describe
from wsgui.core.i18n import N_
from wsgui.core.kinds import LABEL
from wsgui.core.records import Record
from wsgui.core.visible import one_line
from wsgui.exports.selection import Selection

NAME = "text"
TITLE = N_("Plain text")
SUFFIX = ".txt"


def write(selection: Selection, stream: IO[bytes]) -> None:
    """One line per record."""
    stream.writelines(f"{_line(record)}\n".encode("utf-8", "replace") for record in selection)


def _line(record: Record) -> str:
    when = datetime.fromtimestamp(record.wall, UTC).astimezone().isoformat(" ", "milliseconds")
    summary = one_line(describe(record).summary)
    return f"{when}  {record.direction.value:>3}  {LABEL[record.kind]:<14}  {summary}".rstrip()
