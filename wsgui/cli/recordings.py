"""``wsgui recordings`` lists what was recorded; ``wsgui export`` writes one of them in another format."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from wsgui.cli import print_nowhere
from wsgui.core import recordings
from wsgui.core.filters import Condition, FilterError
from wsgui.core.i18n import _
from wsgui.core.past_recording import PastRecording
from wsgui.core.recording import folder
from wsgui.core.redact import Redaction
from wsgui.core.visible import one_line
from wsgui.exports.catalogue import Format
from wsgui.exports.exporting import export
from wsgui.exports.selection import Selection

WORKS, PROBLEM = 0, 1


def list_recordings() -> int:
    """One line per recording, the newest first. Returns the exit status."""
    try:
        for entry in recordings.entries(folder()):
            when = entry.started.astimezone().isoformat(" ", "seconds")
            what = one_line(entry.title or entry.url)
            line = (when, f"{entry.count:>9,}", f"{entry.size / 1024:>11,.0f} KiB", str(entry.path), what)
            print(*line, one_line(entry.what_came_of_it), sep="  ", flush=True)
    except BrokenPipeError:
        print_nowhere()
    return WORKS


def write(
    recording: PastRecording,
    kind: Format,
    condition: Condition | None,
    target: Path | None,
    redaction: Redaction | None,
) -> int:
    """Write a recording, which is closed then, to ``target`` or to the standard output. Returns the exit status.

    What the redaction takes out is named on the standard error output.
    """
    with closing(recording):
        try:
            if target is None:
                kind.write(Selection(recording, condition, redaction=redaction), sys.stdout.buffer)
                sys.stdout.flush()
            else:
                export(recording, kind, target, condition, redaction=redaction)
        except BrokenPipeError:
            print_nowhere()
        except FilterError as error:
            sys.stderr.write(f"wsgui: --filter: {error}\n")
            return PROBLEM
        except (OSError, sqlite3.Error) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else error
            text = _("wsgui: {path} was not written ({reason}).")
            sys.stderr.write(text.format(path=target or _("the output"), reason=reason) + "\n")
            return PROBLEM
    if redaction and redaction.taken:
        text = _("wsgui: taken out: {names}. --with-secrets leaves them in.")
        sys.stderr.write(text.format(names=one_line(redaction.summary)) + "\n")
    if recording.problem:
        sys.stderr.write(f"wsgui: {recording.problem}\n")
        return PROBLEM
    return WORKS
