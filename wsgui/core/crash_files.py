"""The folder of reports on errors, and the mark that a running program leaves there until it ends in order.

The mark is a file that ``faulthandler`` writes into when the process dies. As long as it runs the process holds a lock
on it; a mark without one is of a program that crashed, was killed, or whose computer was switched off.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from wsgui import __version__
from wsgui.core.json_file import data_folder

MOST_REPORTS = 20
_REPORT, _MARK = ".txt", ".running"
_FAR = 1 << 30
"""Where the lock of Windows lies: what is locked there cannot be read by others."""


def folder() -> Path:
    """Where the reports are."""
    return data_folder("crashes")


def write_report(where: Path, began: datetime, text: str) -> Path:
    """Write the report of a run that began then, over the one it wrote before. Raises ``OSError``."""
    path = where / f"{_stamp(began)}{_REPORT}"
    with os.fdopen(_open(path, os.O_TRUNC), "w", encoding="utf-8") as file:
        file.write(text)
    keep_few(where)
    return path


def keep_few(where: Path) -> None:
    """Delete the oldest reports, so that at most :data:`MOST_REPORTS` are left."""
    for path in sorted(where.glob(f"*{_REPORT}"))[:-MOST_REPORTS]:
        path.unlink(missing_ok=True)  # another window may do the same


@dataclass(frozen=True)
class BadEnd:
    """A run that did not end in order."""

    began: datetime
    """In UTC."""
    text: str
    """What it could still say; empty if it was killed."""
    path: Path | None
    """The file that has it now; none where there is nothing to read."""


class RunMark:
    """The mark of this process. Made once; ``end`` takes it away."""

    def __init__(self, where: Path) -> None:
        self.began = datetime.now(UTC)
        self.path = where / f"{_stamp(self.began)}{_MARK}"
        self.file: BinaryIO = os.fdopen(_open(self.path, os.O_EXCL), "r+b", buffering=0)
        _lock(self.file)
        self.file.write(f"wsgui {__version__}, Python {sys.version.split()[0]}, {sys.platform}\n".encode())

    def say(self, text: str) -> None:
        """Add a line; for the last words of a process."""
        self.file.write(text.encode("utf-8", "replace") + b"\n")

    def end(self) -> None:
        """The program ends in order."""
        self.file.close()
        self.path.unlink(missing_ok=True)


def bad_ends(where: Path) -> Iterator[BadEnd]:
    """The runs that did not end in order and have not been told of yet, the newest first. What they said is kept."""
    for path in sorted(where.glob(f"*{_MARK}"), reverse=True):
        try:
            with path.open("r+b") as file:
                if not _lock(file):
                    continue  # it runs
                head, _line, said = file.read(1 << 20).decode("utf-8", "replace").partition("\n")
        except PermissionError:  # as Windows says that it runs
            continue
        except FileNotFoundError:  # another window was quicker
            continue
        report = path.with_suffix(_REPORT) if said.strip() else None
        if report is not None:
            path.replace(report)
            keep_few(where)
        else:
            path.unlink(missing_ok=True)
        yield BadEnd(_began(path), f"{head}\n\n{said}" if report else "", report)


def _open(path: Path, flags: int) -> int:
    """A descriptor of a file for its owner alone; the folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return os.open(path, os.O_RDWR | os.O_CREAT | flags | getattr(os, "O_BINARY", 0), 0o600)


def _lock(file: BinaryIO) -> bool:
    """Take the lock of a mark; ``False`` if a process has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(_FAR)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            file.seek(0)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _stamp(began: datetime) -> str:
    """Sorts by time; two processes never have the same."""
    return f"{began:%Y-%m-%dT%H-%M-%S-%f}-{os.getpid()}"


def _began(path: Path) -> datetime:
    try:
        return datetime.strptime(path.name[:26], "%Y-%m-%dT%H-%M-%S-%f").replace(tzinfo=UTC)
    except ValueError:  # somebody has renamed it
        return datetime.fromtimestamp(0, UTC)
