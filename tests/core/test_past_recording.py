"""A file is opened as it was left: closed, killed, still written to, damaged or foreign. And it is never changed."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from wsgui.core.filters import parse
from wsgui.core.past_recording import RecordingError, open_recording
from wsgui.core.recording import Recording
from wsgui.core.records import Direction, Kind, Record


def event(seq: int, data: str = '2["tick"]') -> Record:
    return Record(seq, seq / 1000, 1.7e9 + seq / 1000, 1, Direction.IN, Kind.EVENT, data, via=seq)


def fill(recording: Recording, number: int) -> None:
    for seq in range(recording.count + 1, recording.count + number + 1):
        recording.append(event(seq, f'2["tick",{seq}]'))
    recording.flush()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.sqlite"


@pytest.fixture
def closed(path: Path) -> Path:
    """A recording of 5,000 records that was closed."""
    recording = Recording(path, "http://host/", "socketio")
    fill(recording, 5000)
    recording.tell(outcome="connected")
    recording.close()
    return path


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.endswith("-shm")}


def test_reads_as_the_recording_itself(closed: Path) -> None:
    before = content(closed.parent)
    with closing(open_recording(closed)) as past:
        assert (past.count, past.path, past.problem, past.backlog, past.ended) == (5000, closed, None, 0, True)
        assert past.rows(40, 3) == [event(seq, f'2["tick",{seq}]') for seq in (41, 42, 43)]
        assert past.rows(4999, 10) == [past.record(5000)]
        assert [record.seq for record in past.pick([7, 9999, 3])] == [3, 7]
        condition = parse('"tick,"4999')
        assert condition is None or past.matching(condition, 0, 5000) == []
        found = parse("tick 4999")
        assert found is not None
        assert past.matching(found, 0, 5000) == [4999]
        assert past.meta["url"] == "http://host/"
        assert past.meta["outcome"] == "connected"
        with pytest.raises(KeyError):
            past.record(5001)
    assert content(closed.parent) == before
    assert list(closed.parent.iterdir()) == [closed]


def test_follows_one_that_is_being_written(path: Path) -> None:
    recording = Recording(path, "http://host/")
    fill(recording, 10)
    with closing(open_recording(path)) as past:
        assert (past.count, past.ended) == (10, False)
        fill(recording, 5)
        assert past.refresh()
        assert not past.refresh()
        assert past.record(15).seq == 15
        recording.close()
        assert past.ended
    assert recording.problem is None
    with closing(open_recording(path)) as past:
        assert past.count == 15


def test_another_thread_reads_what_is_in_memory_too() -> None:
    recording = Recording(None)
    fill(recording, 10)
    with closing(recording.again()) as past:
        assert past.rows(0, 10) == recording.rows(0, 10)
        assert past.meta == recording.meta
    assert recording.count == 10
    recording.close()


# Killed

CHILD = """
import sys, time
from pathlib import Path
from wsgui.core.recording import Recording
from wsgui.core.records import Direction, Kind, Record
recording = Recording(Path(sys.argv[1]))
seq = 0
while True:
    for _ in range(500):
        seq += 1
        recording.append(Record(seq, time.monotonic(), time.time(), 1, Direction.IN, Kind.EVENT, f'2["x",{seq}]'))
    while recording.backlog > 20_000:
        time.sleep(0.001)
    print(seq, time.monotonic(), flush=True)
"""


def killed(path: Path, records: int) -> int:
    """Kill a process in the middle of a flood; returns how many records it had appended a second before, at least."""
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(path)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    progress: list[tuple[int, float]] = []
    while not progress or progress[-1][0] < records:
        seq, at = child.stdout.readline().split()
        progress.append((int(seq), float(at)))
    child.send_signal(signal.SIGKILL)
    child.wait()
    progress += [(int(seq), float(at)) for seq, at in map(str.split, child.stdout.read().splitlines()[:-1])]
    child.stdout.close()
    return max((seq for seq, at in progress if at <= progress[-1][1] - 1), default=0)


def test_a_change_that_was_cut_short_is_undone(tmp_path: Path) -> None:
    whole = tmp_path / "whole.sqlite"
    recording = Recording(whole)
    recording.append(Record(1, 0.0, 1.0, 1, Direction.IN, Kind.EVENT, "x"))
    recording.close()
    path = tmp_path / "a.sqlite"
    with closing(sqlite3.connect(whole, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN")
        for _time in range(50):  # until it is written to the file before the end
            connection.execute("UPDATE record SET data = data || ?", ("y" * 1000,))
        shutil.copyfile(whole, path)  # as the program leaves it that is killed now
        shutil.copyfile(f"{whole}-journal", f"{path}-journal")
        connection.execute("ROLLBACK")
    with closing(open_recording(path)) as opened:
        assert [record.data for record in opened.rows(0, 9)] == ["x"]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize("turn", range(10))
def test_has_what_came_until_a_second_before_a_kill(path: Path, turn: int) -> None:
    due = killed(path, random.Random(turn).randrange(500, 200_000))
    before = content(path.parent)
    with closing(open_recording(path)) as past:
        assert past.count >= due
        assert not past.ended
        for first in range(0, past.count, 20_000):
            rows = past.rows(first, 20_000)
            assert [record.seq for record in rows] == list(range(first + 1, first + 1 + len(rows)))
            assert all(record.data == f'2["x",{record.seq}]' for record in rows)
        assert past.problem is None
    assert content(path.parent) == before


@contextmanager
def nobody_special(folder: Path) -> Iterator[None]:
    """As a user for whom the modes of files count."""
    root = sys.platform != "win32" and os.geteuid() == 0
    folder.chmod(0o555)
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o700)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
@pytest.mark.parametrize("leave", ["closed", "killed"])
def test_a_folder_that_is_read_only(path: Path, leave: str) -> None:
    if leave == "killed":
        killed(path, 50_000)
        path.with_name("a.sqlite-shm").unlink()
        assert path.with_name("a.sqlite-wal").stat().st_size
    else:
        recording = Recording(path)
        fill(recording, 100)
        recording.close()
    with closing(open_recording(path)) as past:
        there = past.count
    path.with_name("a.sqlite-shm").unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as name:  # pytest's own folders are closed to other users
        folder = Path(name)
        for file in path.parent.iterdir():
            shutil.copy(file, folder)
            (folder / file.name).chmod(0o444)
        before = content(folder)
        with nobody_special(folder):
            with closing(open_recording(folder / "a.sqlite")) as past:
                assert past.count == there
                assert past.record(there).seq == there
            assert content(folder) == before
            assert set(content(folder)) == {file.name for file in folder.iterdir()}


# Not to be read


def not_there(path: Path) -> None:
    pass


def a_folder(path: Path) -> None:
    path.mkdir()


def a_text(path: Path) -> None:
    path.write_text("Dear diary, " * 100)


def another_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE moz_places (url TEXT)")


def another_format(path: Path) -> None:
    Recording(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'format'")


def views_for_tables(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE VIEW meta AS SELECT 'format' AS key, '2' AS value")
        connection.execute("CREATE VIEW record AS SELECT 1 AS seq")


def cut_short(path: Path) -> None:
    recording = Recording(path)
    fill(recording, 5000)
    recording.close()
    with path.open("r+b") as file:
        file.truncate(5000)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (not_there, "There is no file"),
        (a_folder, "There is no file"),
        (a_text, "is no recording of wsgui"),
        (another_database, "is a database, but no recording of wsgui"),
        (views_for_tables, "is a database, but no recording of wsgui"),
        (another_format, "in format 99; this version reads format 2"),
        (cut_short, "is damaged and cannot be read"),
    ],
)
def test_says_why_it_cannot_be_read(path: Path, make: Callable[[Path], None], sentence: str) -> None:
    make(path)
    with pytest.raises(RecordingError, match=sentence) as caught:
        open_recording(path)
    assert str(path) in str(caught.value)


def test_shows_what_can_be_read_of_a_damaged_one(closed: Path) -> None:
    with closed.open("r+b") as file:
        file.seek(closed.stat().st_size // 2)
        file.write(b"\xff" * 4096)
    with closing(open_recording(closed)) as past:
        rows = past.rows(0, past.count)
        assert [record.seq for record in rows] == list(range(1, 5001))
        lost = [record for record in rows if record.kind is Kind.ERROR]
        assert 0 < len(lost) < 1000
        assert "damaged" in str(lost[0].fact("text"))
        assert [record.seq for record in past.pick([lost[0].seq, 1])] == [1, lost[0].seq]
        assert past.problem is not None
        assert "damaged" in past.problem


def test_a_gap_is_shown_as_one(closed: Path) -> None:
    with closing(sqlite3.connect(closed, isolation_level=None)) as connection:
        connection.execute("DELETE FROM record WHERE seq IN (3, 7)")
    with closing(open_recording(closed)) as past:
        rows = past.rows(0, 10)
        assert [record.seq for record in rows] == list(range(1, 11))
        assert [record.seq for record in rows if record.kind is Kind.ERROR] == [3, 7]
        assert [record.kind for record in past.pick([2, 3])] == [Kind.EVENT, Kind.ERROR]


def test_a_kind_of_a_later_version_is_no_end(closed: Path) -> None:
    with closing(sqlite3.connect(closed, isolation_level=None)) as connection:
        connection.execute("UPDATE record SET kind = 'telepathy' WHERE seq = 3")
    with closing(open_recording(closed)) as past:
        assert [record.kind for record in past.rows(1, 3)] == [Kind.EVENT, Kind.ERROR, Kind.EVENT]
