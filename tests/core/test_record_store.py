"""How the file of a recording comes to be: whole at once, and for its owner alone."""

from __future__ import annotations

import errno
import sqlite3
import sys
from pathlib import Path

import pytest

from wsgui.core.recording import Recording
from wsgui.core.records import Direction, Kind, Record


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_is_the_same_where_files_have_one_name_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, target: Path) -> None:
        raise PermissionError(errno.EPERM, "no links here")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    recording = Recording(tmp_path / "a.sqlite")
    recording.append(Record(1, 0.0, 1.0, 1, Direction.IN, Kind.EVENT, '2["tick"]'))
    recording.flush()
    assert recording.problem is None
    recording.close()
    assert [(path.name, path.stat().st_mode & 0o777) for path in tmp_path.iterdir()] == [("a.sqlite", 0o600)]


def test_is_there_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # As of a program that was killed just before it gave the file its name.
    def die(path: Path, target: Path) -> None:
        made = sqlite3.connect(target)
        assert made.execute("SELECT value FROM meta WHERE key = 'format'").fetchone() == ("2",)
        made.close()
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "hardlink_to", die)
    with pytest.raises(KeyboardInterrupt):
        Recording(tmp_path / "a.sqlite")
    assert list(tmp_path.glob("*.sqlite")) == []
