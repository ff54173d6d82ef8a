"""Unexpected errors of the program itself, and the report on them.

A person reads the report before anybody gets it: what looks like a secret is taken out, and so is the name of the
home folder. The same error again is counted, not told again.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path

from wsgui.core.i18n import N_, _, plural
from wsgui.core.redact import MARK, Redaction
from wsgui.core.visible import lines

MOST_TROUBLES = 20
"""Different errors that are kept; those after them are only counted."""
_LONGEST_TRACE = 20_000
"""Characters: an error within an error within an error can be endless."""
_WITHIN_A_LINE = re.compile(
    r"((?:proxy-)?authorization|(?:set-)?cookie|x-[\w-]*(?:key|token))(['\"]?\s*[:=,]\s*)(?!•)\S.*", re.IGNORECASE
)
"""A header in the middle of a message, where :class:`Redaction` looks for none; what follows it goes to the end."""


class Source(Enum):
    """Where the error came up."""

    WINDOW = N_("in the window")
    TASK = N_("in a task")
    THREAD = N_("in a thread")
    CLEANING = N_("while something was cleared away")
    QT = N_("in Qt")


@dataclass(frozen=True)
class Trouble:
    """One error."""

    source: Source
    headline: str
    """The type and the message, in one line or more."""
    trace: str
    where: str = ""
    """More of the source: the name of a task or a thread."""
    times: int = 1
    last: datetime = field(default_factory=lambda: datetime.now(UTC))


def of_exception(source: Source, error: BaseException, where: str = "") -> Trouble:
    """The trouble that an exception is, with its causes."""
    try:
        trace = "".join(traceback.format_exception(error))
        headline = "".join(traceback.format_exception_only(error)).strip()
    except Exception as another:  # noqa: BLE001 - an exception whose own text fails must be told all the same
        headline, trace = type(error).__name__, f"{type(error).__name__} (its text fails: {type(another).__name__})\n"
    if len(trace) > _LONGEST_TRACE:
        half = _LONGEST_TRACE // 2
        trace = f"{trace[:half]}\n…\n{trace[-half:]}"
    return Trouble(source, headline, trace, where)


class Troubles:
    """All of this run: each different error once, and how often."""

    def __init__(self) -> None:
        self.count = 0
        """All errors, the same ones too."""
        self._known: dict[tuple[Source, str], Trouble] = {}

    def take(self, trouble: Trouble) -> bool:
        """Count an error; whether it is time to write the report anew: it is new, or has come twice as often."""
        self.count += 1
        key = (trouble.source, trouble.trace or trouble.headline)
        before = self._known.get(key)
        if before is None:
            if len(self._known) >= MOST_TROUBLES:
                return False
            self._known[key] = trouble
            return True
        times = before.times + 1
        self._known[key] = replace(before, times=times, last=trouble.last)
        return times & (times - 1) == 0

    def report(self, system: Mapping[str, str], log: Iterable[str], secrets: Mapping[str, str]) -> str:
        """The report in plain text. ``system``: what runs where; ``secrets``: see :class:`Redaction`."""
        parts = [_("An unexpected error in wsgui"), "\n".join(f"{name}: {value}" for name, value in system.items())]
        troubles = self._known.values()
        parts += [f"{_head(trouble)}\n\n{trouble.trace or trouble.headline}".rstrip() for trouble in troubles]
        told = sum(trouble.times for trouble in troubles)
        if told < self.count:
            more = self.count - told
            parts.append(plural("And {n:,} other error.", "And {n:,} other errors.", more).format(n=more))
        log = list(log)
        parts.append("\n".join([_("The last lines of the log:"), *(log or [_("(none)")])]))
        return clean("\n\n".join(parts) + "\n", secrets)


def clean(text: str, secrets: Mapping[str, str] | None = None) -> str:
    """A report without secrets, without the name of the home folder, and without characters that hide something."""
    home = str(Path.home())
    if len(home) > 1:
        text = text.replace(home, "~")
    text = Redaction(secrets).text(text)
    return lines(_WITHIN_A_LINE.sub(lambda found: f"{found[1]}{found[2]}{MARK}", text))


def _head(trouble: Trouble) -> str:
    times = plural("{n:,} time", "{n:,} times", trouble.times).format(n=trouble.times)
    where = f"{_(trouble.source.value)} ({trouble.where})" if trouble.where else _(trouble.source.value)
    return f"{trouble.last:%Y-%m-%d %H:%M:%S} UTC, {where}, {times}"
