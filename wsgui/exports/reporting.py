"""Puts a report together from what is known: the recording's moments that matter, the diagnosis, the versions."""

from __future__ import annotations

import platform
import ssl
from importlib import metadata

from wsgui import __version__
from wsgui.core.bug_report import BugReport, Moment
from wsgui.core.clock import clock
from wsgui.core.describe import describe
from wsgui.core.filters import parse
from wsgui.core.findings import Report
from wsgui.core.i18n import _
from wsgui.core.kinds import LABEL
from wsgui.core.recorded import Recorded
from wsgui.core.records import Record
from wsgui.core.redact import Redaction
from wsgui.core.visible import one_line

MOST_MOMENTS = 200
"""Lines of the timeline; of more, the first and the last half are shown."""
_LONGEST = 400
"""Characters of a line."""
_AT_ONCE = 20_000
_KEY_RECORDS = (
    "kind:state,transport,upgrade,upgrade_error,connect,connect_error,disconnect,reconnect_attempt,reconnect,"
    "reconnect_error,reconnect_failed,ws_open,ws_close,error,note OR kind:http -status:200 OR kind:event,ack,ws_message"
)
"""All but polls that went well, heartbeats and what only repeats another record on the wire."""


def make_report(
    url: str,
    redaction: Redaction | None,
    *,
    tried: str = "",
    recording: Recorded | None = None,
    diagnosis: Report | None = None,
) -> BugReport:
    """Put it together, without what the redaction takes out. Reads the recording: not for the thread of a window."""
    records, left_out = _key_records(recording) if recording else ([], 0)
    if redaction is not None:
        url, tried = redaction.text(url), redaction.text(tried)
        diagnosis = redaction.report(diagnosis) if diagnosis else None
        records = [redaction.record(record) for record in records]
    return BugReport(
        url=url,
        tried=tried,
        moments=tuple(map(_moment, records)),
        left_out=left_out,
        diagnosis=diagnosis,
        about=versions(),
        taken=redaction.summary if redaction else "",
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


def _key_records(recording: Recorded) -> tuple[list[Record], int]:
    """Those that matter, and how many more there are in their middle."""
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
    kept = recording.pick([*first, *last])
    return kept, number - len(kept)


def _moment(record: Record) -> Moment:
    summary, severity = describe(record)
    return Moment(clock(record.wall), record.direction, _(LABEL[record.kind]), one_line(summary, _LONGEST), severity)
