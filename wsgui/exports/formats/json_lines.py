"""JSON Lines: one JSON object per record, as ``wsgui connect --json`` prints them."""

from __future__ import annotations

from typing import IO

from wsgui.core.i18n import N_
from wsgui.core.json_line import as_json
from wsgui.exports.selection import Selection

NAME = "jsonl"
TITLE = N_("JSON Lines")
SUFFIX = ".jsonl"


def write(selection: Selection, stream: IO[bytes]) -> None:
    """One line per record."""
    stream.writelines(f"{as_json(record)}\n".encode() for record in selection)
