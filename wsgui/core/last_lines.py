"""The last lines of the program's own log, kept in memory for the report on an error."""

from __future__ import annotations

import logging
from collections import deque

MOST_LINES = 200
_LONGEST = 2000
"""Characters of a line: a traceback stands in the report already."""


class LastLines(logging.Handler):
    """A handler for the root logger."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        self._lines: deque[str] = deque(maxlen=MOST_LINES)

    @property
    def lines(self) -> tuple[str, ...]:
        """The oldest first."""
        return tuple(self._lines)

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append(self.format(record).partition("\nTraceback ")[0][:_LONGEST])
