"""What goes with a bug: what was tried, what happened, what was found, and with what. Secrets are out of it."""

from __future__ import annotations

import platform
import ssl
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import metadata

from wsgui import __version__
from wsgui.core.describe import describe
from wsgui.core.filters import parse
from wsgui.core.findings import Report
from wsgui.core.i18n import _
from wsgui.core.kinds import LABEL
from wsgui.core.recorded import Recorded
from wsgui.core.records import Direction, Record, Severity
from wsgui.core.redact import Redaction
from wsgui.core.visible import one_line

MOST_MOMENTS = 200
"""Lines of the timeline; of more, the first and the last half are shown."""
_LONGEST = 400
"""Characters of a line."""
_AT_ONCE = 20_000
_ARROW = {Direction.OUT: "→", Direction.IN: "←", Direction.NONE: "·"}
_KEY_RECORDS = (
    "kind:state,transport,upgrade,upgrade_error,connect,connect_error,disconnect,reconnect_attempt,reconnect,"
    "reconnect_error,reconnect_failed,ws_open,ws_close,error,note OR kind:http -status:200 OR kind:event,ack,ws_message"
)
"""All but polls that went well, heartbeats and what only repeats another record on the wire."""


@dataclass(frozen=True)
class Moment:
    """One line of the timeline."""

    clock: str
    direction: Direction
    kind: str
    """For people, translated."""
    text: str
    """Its control characters are visible; it is one line."""
    severity: Severity = Severity.PLAIN

    @property
    def line(self) -> str:
        """All of it as text."""
        return f"{self.clock} {_ARROW[self.direction]} {self.kind}: {self.text}"

    def as_json(self) -> dict[str, object]:
        return {"clock": self.clock, "direction": self.direction.value, "kind": self.kind, "text": self.text}


@dataclass(frozen=True, kw_only=True)
class BugReport:
    """Each part may be missing."""

    url: str
    tried: str = ""
    """The connection as a JavaScript program would write it."""
    moments: tuple[Moment, ...] = ()
    left_out: int = 0
    """How many moments in the middle are not among them."""
    diagnosis: Report | None = None
    about: Mapping[str, str] = field(default_factory=dict)
    """The versions of the program and of what it stands on."""
    taken: str = ""
    """The names of what was taken out as secret."""

    @property
    def timeline(self) -> list[str]:
        """The moments as lines, with one that says how many are left out."""
        lines = [moment.line for moment in self.moments]
        if self.left_out:
            half = len(lines) // 2
            lines.insert(half, _("… {n:,} more …").format(n=self.left_out))
        return lines

    def as_json(self) -> dict[str, object]:
        """For programs that read it."""
        return {
            "url": self.url,
            "tried": self.tried or None,
            "timeline": [moment.as_json() for moment in self.moments],
            "left_out": self.left_out,
            "diagnosis": self.diagnosis.as_json() if self.diagnosis else None,
            "about": dict(self.about),
            "taken": self.taken,
        }


def make_report(
    url: str,
    redaction: Redaction,
    *,
    tried: str = "",
    recording: Recorded | None = None,
    diagnosis: Report | None = None,
) -> BugReport:
    """Put it together, without what the redaction takes out. Reads the recording: not for the thread of a window."""
    shown, left_out = _moments(recording, redaction) if recording else ((), 0)
    return BugReport(
        url=redaction.text(url),
        tried=redaction.text(tried),
        moments=shown,
        left_out=left_out,
        diagnosis=redaction.report(diagnosis) if diagnosis else None,
        about=versions(),
        taken=redaction.summary,
    )


def versions() -> dict[str, str]:
    """The program, what it stands on, and the system."""
    found = {"wsgui": __version__, "Python": platform.python_version(), "OpenSSL": ssl.OPENSSL_VERSION}
    for name in ("PySide6-Essentials", "python-socketio", "qasync"):
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:  # a program that was packed has no records of its packages
            continue
    return found | {_("System"): f"{platform.system()} {platform.release()} {platform.machine()}"}


def _moments(recording: Recorded, redaction: Redaction) -> tuple[tuple[Moment, ...], int]:
    condition = parse(_KEY_RECORDS)
    assert condition is not None
    half = MOST_MOMENTS // 2
    first: list[int] = []
    last: list[int] = []
    number = 0
    for after in range(0, recording.count, _AT_ONCE):
        found = recording.matching(condition, after, min(_AT_ONCE, recording.count - after))
        number += len(found)
        room = half - len(first)
        first += found[:room]
        last = [*last, *found[room:]][-half:]
    kept = [_moment(redaction.record(record)) for record in _pick(recording, [*first, *last])]
    return tuple(kept), number - len(kept)


def _pick(recording: Recorded, seqs: Sequence[int]) -> list[Record]:
    return recording.pick(seqs) if seqs else []


def _moment(record: Record) -> Moment:
    summary, severity = describe(record)
    whole = int(record.wall)
    clock = f"{time.strftime('%H:%M:%S', time.localtime(whole))}.{int((record.wall - whole) * 1000):03d}"
    return Moment(clock, record.direction, _(LABEL[record.kind]), one_line(summary, _LONGEST), severity)
