"""The last lines of the log, for the report on an error."""

from __future__ import annotations

import logging

from wsgui.core.last_lines import MOST_LINES, LastLines


def test_the_last_ones_are_kept_each_in_short() -> None:
    log = logging.Logger("a")
    lines = LastLines()
    log.addHandler(lines)
    for number in range(MOST_LINES + 5):
        log.warning("number %d", number)
    assert len(lines.lines) == MOST_LINES
    assert lines.lines[0].endswith("WARNING a: number 5")
    try:
        raise ValueError("x" * 10_000)
    except ValueError:
        log.exception("it broke")
    assert lines.lines[-1].endswith("ERROR a: it broke")
    log.warning("x" * 10_000)
    assert len(lines.lines[-1]) == 2000
