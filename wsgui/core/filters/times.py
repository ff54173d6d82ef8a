"""Terms on the time: after a moment, or before it.

A time of day without a date belongs to the day on which the recording began. Which that is only the database knows.
"""

from __future__ import annotations

import re
from datetime import datetime, time

from wsgui.core.filters.condition import Condition, FilterError
from wsgui.core.i18n import _


def after(moment: str) -> Condition:
    """At that moment, or later."""
    return _compared(">=", moment, "after")


def before(moment: str) -> Condition:
    """Earlier than that moment."""
    return _compared("<", moment, "before")


def _compared(sign: str, moment: str, word: str) -> Condition:
    if since := re.fullmatch(r"\+([0-9]{1,9}(?:\.[0-9]{0,9})?)s?", moment):
        return Condition(f"t {sign} ?", (float(since[1]),))
    try:
        if _TIME.fullmatch(moment):
            hour, _colon, rest = moment.partition(":")
            clock = time.fromisoformat(f"{hour:0>2}:{rest}")
            return Condition(f"wall {sign} {_TODAY_AT} + ?", (clock.strftime("%H:%M:%S"), clock.microsecond / 1e6))
        if _DATE.match(moment):
            return Condition(f"wall {sign} ?", (datetime.fromisoformat(moment).astimezone().timestamp(),))
    except (ValueError, OverflowError, OSError):  # such as 25:00, or a year that has no seconds since 1970
        pass
    text = _("“{moment}” is no time; write {word}:12:03:10, {word}:2026-05-31T12:03 or {word}:+12.5 (seconds).")
    raise FilterError(text.format(moment=moment, word=word))


_TIME = re.compile(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?")
_DATE = re.compile(r"[0-9]{4}-")
_TODAY_AT = (  # depends on no row, so SQLite works it out once
    "(SELECT strftime('%s', date(first.wall, 'unixepoch', 'localtime') || ' ' || ?, 'utc')"
    " FROM record AS first ORDER BY first.seq LIMIT 1)"
)
