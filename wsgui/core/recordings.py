"""The recordings in the user's data folder: what there is, its title, and how it goes.

A title is kept inside of the file, not as its name: the name is what a process that still records has opened, and a
title goes along when the file is sent to somebody. What was killed is *settled* when it is first listed: its ``-wal``
file is taken back and it is marked as interrupted, so that it is one plain file as any other.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from wsgui.core.i18n import N_, _
from wsgui.core.past_recording import PastRecording, RecordingError, open_recording
from wsgui.core.record_reader import connect
from wsgui.core.record_store import PART

SUFFIX = ".sqlite"
_DELETED = "deleted"
"""The folder, beside the recordings, of those that can still be brought back."""
_UNDO_SECONDS = 24 * 3600
"""How long a deleted recording can be brought back, at least."""


class Outcome(StrEnum):
    """How it ended. The value stands in the file."""

    NONE = ""
    """Nothing came of it: it was cancelled before anything was open."""
    CONNECTED = "connected"
    FAILED = "failed"
    IMPORTED = "imported"
    RUNNING = "running"
    """It is open in a window, this one or another. Never stands in a file."""
    INTERRUPTED = "interrupted"
    """The program was killed, or the disk was full."""
    UNREADABLE = "unreadable"
    """It is damaged, or no recording of this version. Never stands in a file."""


OUTCOME_LABEL: Mapping[Outcome, str] = {
    Outcome.NONE: N_("Never connected"),
    Outcome.CONNECTED: N_("Connected"),
    Outcome.FAILED: N_("Failed"),
    Outcome.IMPORTED: N_("Imported"),
    Outcome.RUNNING: N_("Recording now"),
    Outcome.INTERRUPTED: N_("Was interrupted"),
    Outcome.UNREADABLE: N_("Cannot be read"),
}


@dataclass(frozen=True)
class Entry:
    """A recording as the list shows it."""

    path: Path
    started: datetime
    """In UTC."""
    size: int
    """Bytes, those of its ``-wal`` file included."""
    ended: datetime | None = None
    url: str = ""
    protocol: str = ""
    title: str = ""
    outcome: Outcome = Outcome.UNREADABLE
    problem: str = ""
    """What went wrong last, in a sentence; of an unreadable one, why."""
    count: int = 0
    """The number of records."""

    @property
    def what_came_of_it(self) -> str:
        """The outcome in words."""
        label = _(OUTCOME_LABEL[self.outcome])
        return f"{label}: {self.problem}" if self.problem else label


class RecordingInUseError(Exception):
    """It is open, in this window or in another, and cannot go; the message is a sentence."""


def paths(where: Path) -> list[Path]:
    """The files of the recordings in a folder, the newest first; a folder that is not there has none."""
    return sorted(where.glob(f"*{SUFFIX}"), key=lambda path: path.name, reverse=True)


def entries(where: Path) -> Iterator[Entry]:
    """What is in the folder, the newest first. Reads a few rows of each file, whatever its size."""
    for path in paths(where):
        try:
            yield read_entry(path)
        except FileNotFoundError:  # another window deleted it meanwhile
            continue


def read_entry(path: Path) -> Entry:
    """What the list says of one file. Raises ``FileNotFoundError`` when it has gone."""
    entry = _read_entry(path)
    if entry.outcome is Outcome.UNREADABLE:
        return entry
    left = path.with_name(path.name + "-wal").exists()  # of an ended one, if somebody was reading it when it was closed
    if entry.ended is not None and not left:
        return entry
    try:
        settled = settle(path)
    except sqlite3.Error:  # it may be read, but not be written
        return entry if entry.ended else replace(entry, outcome=Outcome.INTERRUPTED)
    if settled:
        return _read_entry(path)
    return entry if entry.ended else replace(entry, outcome=Outcome.RUNNING)


def _read_entry(path: Path) -> Entry:
    try:
        with closing(open_recording(path)) as recording:
            return describe_entry(path, recording)
    except (RecordingError, sqlite3.Error) as error:
        return Entry(path, _written(path), _size(path), problem=str(error).replace(str(path), path.name))


def describe_entry(path: Path, recording: PastRecording) -> Entry:
    """What the list says of a recording that is open."""
    meta = recording.meta
    known = {outcome.value: outcome for outcome in Outcome}
    return Entry(
        path,
        _time(meta.get("started")) or _written(path),
        _size(path),
        _time(meta.get("ended")),
        meta.get("url", ""),
        meta.get("protocol", ""),
        meta.get("title", ""),
        known.get(meta.get("outcome", ""), Outcome.NONE),
        meta.get("problem", ""),
        recording.count,
    )


def _written(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _size(path: Path) -> int:
    wal = path.with_name(path.name + "-wal")
    try:
        return path.stat().st_size + wal.stat().st_size
    except FileNotFoundError:
        return path.stat().st_size


def _time(text: str | None) -> datetime | None:
    try:
        time_ = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return time_ if time_.tzinfo else time_.replace(tzinfo=UTC)


def settle(path: Path, seconds: float = 0.0) -> bool:
    """Make a recording that nobody has open one plain file; mark it as interrupted if it was never ended.

    Returns ``False`` when somebody has it open, in any process, and for longer than ``seconds``. Raises
    ``sqlite3.Error`` when it is damaged.
    """
    with closing(connect(f"{path.absolute().as_uri()}?mode=rw", seconds)) as connection:
        try:
            # Everybody who has the file open holds a lock on it that goes with no other: in WAL mode by itself, else by
            # RecordReader.hold. In WAL mode the first line asks for it, else the second.
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                return False
            raise
        meta = dict(connection.execute("SELECT key, value FROM meta"))
        if "ended" not in meta:
            (wall,) = connection.execute("SELECT wall FROM record ORDER BY seq DESC LIMIT 1").fetchone() or (None,)
            ended = datetime.fromtimestamp(wall, UTC).isoformat() if wall else meta.get("started", "")
            interrupted = [("ended", ended), ("outcome", Outcome.INTERRUPTED.value)]
            connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", interrupted)
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode = DELETE")
    path.with_name(path.name + "-shm").unlink(missing_ok=True)  # who has a file for himself needs none and sees none
    return True


def interrupted_since(where: Path, began: datetime) -> Path | None:
    """The newest recording that was begun at that moment or later and was never ended; ``None`` if there is none."""
    for entry in entries(where):
        if entry.started < began:
            return None
        if entry.outcome is Outcome.INTERRUPTED:
            return entry.path
    return None


def rename(path: Path, title: str) -> None:
    """Give a recording a title, or with an empty one take it away. Also while it is being written.

    Raises :class:`RecordingError`, also when somebody holds it open (:meth:`PastRecording.let_go`).
    """
    try:
        with closing(connect(f"{path.absolute().as_uri()}?mode=rw", seconds=1)) as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('title', ?)", (title.strip(),))
    except sqlite3.OperationalError as error:
        text = _("The title cannot be written to {path} ({reason}).")
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            text = _("The title cannot be changed now: {path} is open in another window.")
        raise RecordingError(text.format(path=path, reason=error)) from error
    except sqlite3.Error as error:
        text = _("The title cannot be written to {path} ({reason}).")
        raise RecordingError(text.format(path=path, reason=error)) from error


def delete(path: Path) -> Path:
    """Take a recording from the list; returns where it is for as long as it can be brought back by :func:`restore`.

    Raises :class:`RecordingInUseError`, or ``OSError``.
    """
    if not _is_free(path, 0.5):  # a title that is just being written is soon done
        raise RecordingInUseError(
            _("This recording is open. Close its tab, here or in another window, then delete it.")
        )
    deleted = path.parent / _DELETED
    deleted.mkdir(mode=0o700, exist_ok=True)
    target = _free_name(deleted / path.name)
    path.rename(target)
    os.utime(target)  # its time is now that of the deletion
    return target


def restore(deleted: Path) -> Path:
    """Bring a deleted recording back; returns its path. Raises ``OSError``."""
    target = _free_name(deleted.parent.parent / deleted.name)
    deleted.rename(target)
    return target


def tidy(where: Path, days: int, mebibytes: int) -> int:
    """Delete recordings older than ``days``, then the oldest ones until all together take at most ``mebibytes``.

    0 means without limit. One that is open in any process stays, and so does one with a title: who gave it a name
    wants it. Returns how many were deleted. What was deleted by hand a day ago goes for good.
    """
    now = time.time()
    for path in paths(where / _DELETED):
        if path.stat().st_mtime < now - _UNDO_SECONDS:
            _remove(path)
    for path in where.glob(f".*{PART}*"):  # of a program that was killed while it made a recording
        if path.stat().st_mtime < now - _UNDO_SECONDS:
            path.unlink(missing_ok=True)
    kept: list[tuple[float, int, Path]] = []
    number = 0
    for path in paths(where):
        try:
            written, size = path.stat().st_mtime, _size(path)
        except FileNotFoundError:  # an import that failed has just taken it away
            continue
        if days and written < now - days * 86_400 and _drop(path):
            number += 1
        else:
            kept.append((written, size, path))
    kept.sort()
    total = sum(size for _written, size, _path in kept)
    for _written, size, path in kept:
        if not mebibytes or total <= mebibytes << 20:
            break
        if _drop(path):
            total -= size
            number += 1
    return number


def _drop(path: Path) -> bool:
    try:
        entry = read_entry(path)
        if entry.title or entry.outcome is Outcome.RUNNING or not _is_free(path):
            return False
        _remove(path)
    except OSError:  # such as a virus scanner that is at it: it goes at the next start
        return False
    return True


def _remove(path: Path) -> None:
    path.unlink()
    for end in ("-wal", "-shm"):  # of one that was damaged, so that SQLite could not take them back
        path.with_name(path.name + end).unlink(missing_ok=True)


def _is_free(path: Path, seconds: float = 0.0) -> bool:
    """Whether nobody has the file open, at least after so many seconds; it then is one plain file."""
    try:
        return settle(path, seconds)
    except sqlite3.Error:
        return True  # no database: nobody can have it open as one


def _free_name(path: Path) -> Path:
    target = path
    number = 1
    while target.exists():
        number += 1
        target = path.with_stem(f"{path.stem}-{number}")
    return target
