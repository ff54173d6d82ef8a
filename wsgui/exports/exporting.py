"""Writes a file completely or not at all: under another name first, which becomes the right one at the end."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from wsgui.core.filters import Condition
from wsgui.core.recorded import Recorded
from wsgui.core.redact import Redaction
from wsgui.exports.catalogue import Format
from wsgui.exports.selection import Selection


def export(
    recording: Recorded,
    kind: Format,
    path: Path,
    condition: Condition | None = None,
    went_on: Callable[[int, int], None] = lambda done, total: None,
    redaction: Redaction | None = None,
) -> None:
    """Write what the condition selects to ``path``, in the place of a file that may be there.

    With a ``redaction`` it is written without secrets. ``went_on(done, total)`` may raise to give up. Whatever is
    raised, ``path`` is as it was and nothing is left over. Raises ``OSError``, and ``sqlite3.Error`` where a recording
    is written.
    """
    number, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=".part", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(number, "w+b"):
            pass
        with part.open("r+b") as stream:
            kind.write(Selection(recording, condition, went_on, redaction), stream)
        part.chmod(0o666 & ~_umask())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
