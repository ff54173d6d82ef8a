"""``wsgui compare``: two recordings side by side, one line per step."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from wsgui.cli import print_nowhere
from wsgui.core.comparison import compare
from wsgui.core.comparison.printed import as_markdown, as_text
from wsgui.core.i18n import _
from wsgui.core.past_recording import open_recording

EQUAL, DIFFERENT = 0, 1


def run(left: Path, right: Path, *, only_differences: bool, as_a_table: bool) -> int:
    """Print how they differ; returns the exit status. Raises ``RecordingError`` where one cannot be opened."""
    with closing(open_recording(left)) as one, closing(open_recording(right)) as other:
        try:
            result = compare(one, other, (left.name, right.name))
        except sqlite3.Error as error:
            sys.stderr.write(_("wsgui: they cannot be compared ({reason}).").format(reason=error) + "\n")
            return DIFFERENT
    write = as_markdown if as_a_table else as_text
    try:
        print(write(result, only_differences=only_differences), end="", flush=True)
    except BrokenPipeError:
        print_nowhere()
    damaged = bool(result.left.problem or result.right.problem)
    return EQUAL if result.equal and not damaged else DIFFERENT
