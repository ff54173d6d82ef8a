"""The list of recordings tells what is in the folder, and nothing that is open is ever deleted."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.core.test_past_recording import nobody_special
from wsgui.core import recordings
from wsgui.core.past_recording import RecordingError, open_recording
from wsgui.core.recording import Recording
from wsgui.core.recordings import Outcome, RecordingInUseError
from wsgui.core.records import Direction, Kind, Record

DAY = 86_400


def record(path: Path, number: int = 3, **meta: str) -> Path:
    recording = Recording(path, "http://host/", "socketio")
    for seq in range(1, number + 1):
        recording.append(Record(seq, seq, 1.7e9 + seq, 1, Direction.IN, Kind.EVENT, '2["tick"]' + "x" * 1000))
    recording.tell(**meta)
    recording.close()
    return path


WRITER = """
import sys
from pathlib import Path
from wsgui.core.recording import Recording
from wsgui.core.records import Direction, Kind, Record
recording = Recording(Path(sys.argv[1]), "http://elsewhere/")
for seq in range(1, 51):
    recording.append(Record(seq, seq, 1.7e9 + seq, 1, Direction.IN, Kind.EVENT, '2["tick"]'))
recording.tell(outcome="connected")
recording.flush()
print("written", flush=True)
sys.stdin.read()
recording.close()
"""


def another_process(path: Path, code: str = WRITER) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "written\n"
    return process


def test_lists_the_newest_first(tmp_path: Path) -> None:
    record(tmp_path / "20260101-100000-a.sqlite", 3, outcome="connected")
    record(tmp_path / "20260102-100000-b.sqlite", 7, outcome="failed", problem="nobody is there")
    (tmp_path / "20260103-100000-c.sqlite").write_text("no database " * 100)
    (tmp_path / "notes.txt").write_text("not mine")
    damaged, failed, connected = recordings.entries(tmp_path)
    assert [entry.path.stem[-1] for entry in (damaged, failed, connected)] == ["c", "b", "a"]
    assert damaged.outcome is Outcome.UNREADABLE
    assert "no recording of wsgui" in damaged.problem
    assert (failed.outcome, failed.count, failed.url, failed.protocol) == (
        Outcome.FAILED,
        7,
        "http://host/",
        "socketio",
    )
    assert failed.what_came_of_it == "Failed: nobody is there"
    assert connected.what_came_of_it == "Connected"
    assert connected.size == connected.path.stat().st_size
    assert connected.ended is not None
    assert connected.started <= connected.ended


def test_a_folder_that_is_not_there_has_none(tmp_path: Path) -> None:
    assert list(recordings.entries(tmp_path / "none")) == []
    assert recordings.tidy(tmp_path / "none", 1, 1) == 0


def test_one_that_is_recorded_elsewhere_is_running_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with another_process(path) as process:
        entry = recordings.read_entry(path)
        assert (entry.outcome, entry.count) == (Outcome.RUNNING, 50)
        with pytest.raises(RecordingInUseError, match="is open"):
            recordings.delete(path)
        assert recordings.tidy(tmp_path, 0, 0) == 0
        os.utime(path, (0, 0))
        assert recordings.tidy(tmp_path, 1, 1) == 0
        process.communicate()
    assert recordings.read_entry(path).outcome is Outcome.CONNECTED


def test_one_that_was_killed_was_interrupted(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with another_process(path) as process:
        process.kill()
    assert len(list(tmp_path.iterdir())) == 3
    entry = recordings.read_entry(path)
    assert (entry.what_came_of_it, entry.count) == ("Was interrupted", 50)
    assert entry.ended is not None
    assert entry.ended.timestamp() == 1.7e9 + 50
    assert list(tmp_path.iterdir()) == [path]


def test_one_that_may_not_be_written_is_listed_all_the_same(tmp_path: Path) -> None:
    path = record(tmp_path / "a.sqlite")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DELETE FROM meta WHERE key = 'ended'")
    with tempfile.TemporaryDirectory() as name:  # pytest's own folders are closed to other users
        folder = Path(name)
        shutil.copy(path, folder)
        (folder / "a.sqlite").chmod(0o444)
        with nobody_special(folder):
            (entry,) = recordings.entries(folder)
    assert (entry.outcome, entry.count, entry.ended) == (Outcome.INTERRUPTED, 3, None)


def test_what_a_reader_left_beside_an_ended_one_is_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    recording = Recording(path)
    with closing(open_recording(path)):
        recording.close()  # not the last to go: SQLite leaves the rest to who is
    assert path.with_name("a.sqlite-wal").exists()
    assert recordings.read_entry(path).ended is not None
    assert list(tmp_path.iterdir()) == [path]


READER = """
import sys
from pathlib import Path
from wsgui.core.past_recording import open_recording
past = open_recording(Path(sys.argv[1]))
print("written", flush=True)
sys.stdin.read()
past.close()
"""


def test_one_that_is_read_elsewhere_stays(tmp_path: Path) -> None:
    path = record(tmp_path / "a.sqlite")
    with another_process(path, READER) as process:
        with pytest.raises(RecordingInUseError):
            recordings.delete(path)
        os.utime(path, (0, 0))
        assert recordings.tidy(tmp_path, 1, 0) == 0
        with pytest.raises(RecordingError, match="another window"):
            recordings.rename(path, "x")
        process.communicate()
    assert recordings.tidy(tmp_path, 1, 0) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_title_stands_in_the_file(tmp_path: Path) -> None:
    path = record(tmp_path / "a.sqlite")
    with closing(open_recording(path)) as past:
        past.let_go()
        recordings.rename(path, "  the bug  ")
        past.hold()
        assert past.meta["title"] == "the bug"
    assert recordings.read_entry(path).title == "the bug"
    recordings.rename(path, "")
    assert recordings.read_entry(path).title == ""


def test_one_that_is_being_recorded_takes_a_title(tmp_path: Path) -> None:
    recording = Recording(tmp_path / "a.sqlite")
    recordings.rename(tmp_path / "a.sqlite", "now")
    recording.close()
    assert recording.problem is None
    assert recordings.read_entry(tmp_path / "a.sqlite").title == "now"


def test_a_foreign_file_takes_no_title(tmp_path: Path) -> None:
    (tmp_path / "a.sqlite").write_text("no database " * 100)
    with pytest.raises(RecordingError, match="cannot be written"):
        recordings.rename(tmp_path / "a.sqlite", "x")


def test_what_was_deleted_can_be_brought_back(tmp_path: Path) -> None:
    path = record(tmp_path / "a.sqlite")
    deleted = recordings.delete(path)
    assert list(recordings.entries(tmp_path)) == []
    record(path)
    assert recordings.restore(deleted) == tmp_path / "a-2.sqlite"
    assert len(list(recordings.entries(tmp_path))) == 2


def test_what_was_deleted_goes_after_a_day(tmp_path: Path) -> None:
    deleted = recordings.delete(aged(tmp_path / "a.sqlite", 20))
    recordings.tidy(tmp_path, 0, 0)
    assert deleted.exists()
    long_ago = time.time() - 2 * DAY
    os.utime(deleted, (long_ago, long_ago))
    recordings.tidy(tmp_path, 0, 0)
    assert not deleted.exists()


def test_what_was_never_finished_goes_after_a_day(tmp_path: Path) -> None:
    part = tmp_path / ".abc.part-wal"
    part.write_bytes(b"of a program that was killed")
    recordings.tidy(tmp_path, 0, 0)
    assert part.exists()
    long_ago = time.time() - 2 * DAY
    os.utime(part, (long_ago, long_ago))
    recordings.tidy(tmp_path, 0, 0)
    assert not part.exists()


def aged(path: Path, days: float, number: int = 3, **meta: str) -> Path:
    record(path, number, **meta)
    at = time.time() - days * DAY
    os.utime(path, (at, at))
    return path


def names(folder: Path) -> list[str]:
    return [path.stem for path in recordings.paths(folder)]


def test_keeps_for_days_and_what_has_a_title_for_ever(tmp_path: Path) -> None:
    aged(tmp_path / "new.sqlite", 29.9)
    aged(tmp_path / "old.sqlite", 30.1)
    aged(tmp_path / "named.sqlite", 100, title="the bug")
    assert recordings.tidy(tmp_path, 30, 0) == 1
    assert names(tmp_path) == ["new", "named"]


def test_keeps_the_newest_within_the_limit(tmp_path: Path) -> None:
    for days in range(1, 6):
        aged(tmp_path / f"{days}.sqlite", days, 400)
    aged(tmp_path / "9.sqlite", 9, 400, title="the bug")
    assert recordings.tidy(tmp_path, 0, 2) == 3
    assert sorted(names(tmp_path)) == ["1", "2", "9"]


def test_a_damaged_one_goes_when_its_time_comes(tmp_path: Path) -> None:
    (tmp_path / "a.sqlite").write_text("no database " * 100)
    os.utime(tmp_path / "a.sqlite", (0, 0))
    assert recordings.tidy(tmp_path, 30, 500) == 1


def test_a_killed_one_takes_up_its_wal_file_when_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with another_process(path) as process:
        wal = path.with_name("a.sqlite-wal").stat().st_size
        assert recordings.read_entry(path).size >= wal > 0
        process.kill()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
