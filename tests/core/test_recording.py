"""A recording keeps every record, in order, whatever is in it and whatever happens to its file."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import tracemalloc
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wsgui.core import record_reader, record_store
from wsgui.core.recording import Recording, new_path
from wsgui.core.recordings import Outcome, read_entry
from wsgui.core.records import Direction, Facts, Kind, Record


def event(seq: int, data: str | bytes | None = '2["tick"]', facts: Facts | None = None) -> Record:
    return Record(seq, seq / 1000, 1.7e9 + seq / 1000, 1, Direction.IN, Kind.EVENT, data, facts)


def fill(recording: Recording, number: int) -> None:
    for seq in range(recording.count + 1, recording.count + number + 1):
        recording.append(event(seq, f'2["tick",{{"seq":{seq}}}]'))
    recording.flush()


def query(path: Path, sql: str) -> tuple[Any, ...]:
    with closing(sqlite3.connect(path)) as connection:
        row: tuple[Any, ...] = connection.execute(sql).fetchone()
        return row


@pytest.fixture(params=["disk", "memory"])
def recording(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Recording]:
    recording = Recording(tmp_path / "own" / "a?b#c%20.sqlite" if request.param == "disk" else None, "http://host/")
    yield recording
    assert recording.problem is None
    recording.close()


def test_keeps_every_field(recording: Recording) -> None:
    records = [
        Record(1, 0.0, 1.5, 1, Direction.NONE, Kind.STATE, None, {"state": "connecting"}),
        Record(2, 0.25, 2.5, 1, Direction.OUT, Kind.EVENT, '2["a"]', None),
        Record(3, 0.5, 3.5, 2, Direction.IN, Kind.WS_MESSAGE, b"\x00\xff", {"headers": [["A", "b"]], "n": 1}),
        Record(4, 1.0, 4.5, 2, Direction.IN, Kind.WS_MESSAGE, "", {}),
    ]
    for record in records:
        recording.append(record)
    recording.flush()
    assert recording.rows(0, 10) == records
    assert recording.record(3) == records[2]


def test_keeps_the_order_over_many_chunks(recording: Recording) -> None:
    fill(recording, 3 * record_store.CHUNK + 17)
    assert recording.count == 3 * record_store.CHUNK + 17
    assert [record.seq for record in recording.rows(0, recording.count)] == list(range(1, recording.count + 1))


def test_serves_windows(recording: Recording) -> None:
    fill(recording, 100)
    assert [record.seq for record in recording.rows(40, 3)] == [41, 42, 43]
    assert [record.seq for record in recording.rows(98, 10)] == [99, 100]
    assert recording.rows(100, 10) == []
    assert [record.seq for record in recording.pick([7, 99, 100, 101])] == [7, 99, 100]
    with pytest.raises(KeyError):
        recording.record(101)


def test_shows_only_what_is_counted(recording: Recording) -> None:
    recording.append(event(1))
    assert len(recording.rows(0, 10)) <= recording.count
    recording.flush()
    assert (recording.count, recording.backlog) == (1, 0)


def test_refuses_a_gap(recording: Recording) -> None:
    recording.append(event(1))
    for seq in (1, 3):
        with pytest.raises(ValueError, match="cannot follow record 1"):
            recording.append(event(seq))


def test_says_what_it_is(recording: Recording) -> None:
    assert recording.meta["url"] == "http://host/"
    assert recording.meta["format"] == "2"
    assert set(recording.meta) == {"format", "wsgui", "started", "url", "protocol"}


def test_closes_twice_and_takes_nothing_after(tmp_path: Path) -> None:
    recording = Recording(tmp_path / "a.sqlite")
    recording.append(event(1))
    recording.close()
    recording.close()
    with pytest.raises(ValueError, match="closed"):
        recording.append(event(2))
    assert query(tmp_path / "a.sqlite", "SELECT count(*) FROM record") == (1,)
    assert [path.name for path in tmp_path.iterdir()] == ["a.sqlite"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_is_for_its_owner_alone(tmp_path: Path) -> None:
    recording = Recording(tmp_path / "own" / "a.sqlite")
    fill(recording, 1)
    files = list((tmp_path / "own").iterdir())
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert len(files) == 3  # with -wal and -shm
    assert (tmp_path / "own").stat().st_mode & 0o777 == 0o700
    recording.close()


# What a server may send

hostile_text = st.text(st.characters(exclude_categories=())) | st.sampled_from(["\x00", "a\x00b", "\ud800", "\udfff x"])
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | hostile_text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(hostile_text, inner, max_size=3),
    max_leaves=8,
)


@given(
    st.lists(
        st.tuples(
            st.none() | hostile_text | st.binary(), st.none() | st.dictionaries(hostile_text, json_values, max_size=4)
        ),
        max_size=5,
    )
)
@settings(deadline=None, max_examples=200)
def test_keeps_hostile_text(items: list[tuple[str | bytes | None, dict[str, object] | None]]) -> None:
    recording = Recording(None)
    records = [event(seq, data, facts) for seq, (data, facts) in enumerate(items, 1)]
    for record in records:
        recording.append(record)
    recording.flush()
    assert recording.rows(0, 10) == records
    recording.close()


def nested(depth: int) -> list[object]:
    inner: list[object] = []
    for _ in range(depth):
        inner = [inner]
    return inner


@pytest.mark.parametrize(
    ("facts", "kept"),
    [
        ({"data": nested(300)}, {"data": nested(300)}),
        ({"error": OSError(5, "gone")}, {"error": "OSError(5, 'gone')"}),
        ({"n": 1 << 70, "text": "\ud800"}, {"n": 1 << 70, "text": "\ud800"}),
        ({"n": 1 << 70, "error": OSError(5, "gone")}, {"n": 1 << 70, "error": "OSError(5, 'gone')"}),
    ],
)
def test_keeps_facts_that_are_hardly_json(facts: Facts, kept: Facts) -> None:
    recording = Recording(None)
    recording.append(event(1, facts=facts))
    recording.flush()
    assert recording.record(1).facts == kept
    recording.close()


def test_a_fact_beyond_json_says_so() -> None:
    recording = Recording(None)
    recording.append(event(1, facts={"data": nested(100_000)}))
    recording.flush()
    assert "RecursionError" in str(recording.record(1).fact("text"))
    recording.close()


# Bad weather

CHILD = """
import sys, time
from pathlib import Path
from wsgui.core.recording import Recording
from wsgui.core.recordings import Outcome, read_entry
from wsgui.core.records import Direction, Kind, Record
recording = Recording(Path(sys.argv[1]))
seq = 0
while True:
    for _ in range(2000):
        seq += 1
        recording.append(Record(seq, time.monotonic(), time.time(), 1, Direction.IN, Kind.EVENT, "x" * 100))
    while recording.backlog > 20_000:
        time.sleep(0.001)
    print(seq, time.monotonic(), flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_survives_kill(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(path)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    progress: list[tuple[int, float]] = []
    while not progress or progress[-1][1] < progress[0][1] + 2:
        seq, at = child.stdout.readline().split()
        progress.append((int(seq), float(at)))
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    killed_at = progress[-1][1]
    due = max(seq for seq, at in progress if at <= killed_at - 1)

    count, last = query(path, "SELECT count(*), max(seq) FROM record")
    assert query(path, "PRAGMA integrity_check") == ("ok",)
    assert count == last >= due > 0


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    check_goes_on_in_memory(Recording(tmp_path / "file" / "a.sqlite"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_a_folder_that_is_read_only() -> None:
    # Not below tmp_path, into which nobody but its owner may go.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o555)
        with as_nobody():
            check_goes_on_in_memory(Recording(folder / "a.sqlite"))
        assert list(folder.iterdir()) == []
        folder.chmod(0o700)


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may write anywhere: give that up for a while."""
    was_root = os.geteuid() == 0
    if was_root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if was_root:
            os.seteuid(0)


def test_a_file_that_is_there_already_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "a.sqlite").write_text("mine")
    check_goes_on_in_memory(Recording(tmp_path / "a.sqlite"))
    assert (tmp_path / "a.sqlite").read_text() == "mine"


def check_goes_on_in_memory(recording: Recording) -> None:
    assert recording.problem is not None
    assert str(recording.path) in recording.problem
    fill(recording, 5)
    assert recording.record(5).seq == 5
    recording.close()


def test_goes_on_in_memory_when_the_disk_is_full(tmp_path: Path) -> None:
    recording = Recording(tmp_path / "a.sqlite")
    fill(recording, 1000)
    limit_size(recording)
    for seq in range(1001, 12_001):
        recording.append(event(seq, "x" * 100))
    recording.flush()
    assert recording.problem is not None
    assert "full" in recording.problem
    assert [record.seq for record in recording.rows(0, 20_000)] == list(range(1, 12_001))
    recording.close()
    (kept,) = query(tmp_path / "a.sqlite", "SELECT count(*) FROM record")
    assert 1000 <= kept < 12_000


def limit_size(recording: Recording) -> None:
    """Let SQLite refuse any growth with the error of a full disk."""
    recording._stores[0]._writer.execute("PRAGMA max_page_count = 1")


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be removed")
def test_says_when_its_file_was_removed(tmp_path: Path) -> None:
    recording = Recording(tmp_path / "a.sqlite")
    fill(recording, 5)
    (tmp_path / "a.sqlite").unlink()
    fill(recording, 5)
    assert [record.seq for record in recording.rows(0, 20)] == list(range(1, 11))
    recording.close()
    assert recording.problem is not None
    assert "removed" in recording.problem


FULL_DISK = """
import json, resource, signal, sys
from pathlib import Path
from wsgui.core.recording import Recording
from wsgui.core.recordings import Outcome, read_entry
from wsgui.core.records import Direction, Kind, Record
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))
recording = Recording(Path(sys.argv[1]), "http://host/")
for seq in range(1, 20_001):
    recording.append(Record(seq, seq, seq, 1, Direction.IN, Kind.EVENT, "x" * 500))
recording.tell(outcome="connected")
recording.flush()
seqs = [record.seq for record in recording.rows(0, 30_000)]
recording.close()
print(json.dumps([recording.problem, seqs == list(range(1, 20_001))]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such limits")
def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    done = subprocess.run([sys.executable, "-c", FULL_DISK, str(path)], capture_output=True, text=True, check=True)
    problem, whole = json.loads(done.stdout)
    assert "cannot be kept" in problem
    assert whole
    assert done.stderr == ""
    entry = read_entry(path)
    assert entry.outcome is Outcome.INTERRUPTED
    assert 0 < entry.count < 20_000


def test_what_is_told_when_the_disk_is_full_is_kept_in_memory(tmp_path: Path) -> None:
    recording = Recording(tmp_path / "a.sqlite")
    fill(recording, 3)
    recording._stores[0]._writer.execute("PRAGMA query_only = 1")
    recording.tell(outcome="failed")
    fill(recording, 3)
    assert recording.problem is not None
    assert len(recording.rows(0, 10)) == 6
    recording.close()


# Size


def test_many_records_are_not_many_objects() -> None:
    recording = Recording(None)
    tracemalloc.start()
    for _ in range(20):
        fill(recording, 10_000)
    before = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert recording.count == 200_000
    assert before < 5_000_000  # 25 bytes a record; as objects they are 500 each
    assert [record.seq for record in recording.rows(180_000, 100)] == list(range(180_001, 180_101))
    recording.close()


def test_finds_a_window_by_the_key(recording: Recording) -> None:
    plan = recording._stores[0].reader._connection.execute(f"EXPLAIN QUERY PLAN {record_reader.WINDOW}", (1, 2))
    assert [row[3] for row in plan] == ["SEARCH record USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"]


# Where it lies


@pytest.mark.parametrize(
    ("url", "end"),
    [
        ("https://user:secret@chat.example.com:8443/x?token=1", "-chat.example.com"),
        ("wss://[::1]:3000", "-1"),
        ("http://пример.рф", "-пример.рф"),
        ("http://[half", ""),
        ("", ""),
        ("http://a|b<c>/", "-a_b_c"),
        (f"http://{'long' * 100}/", f"-{'long' * 10}"),
    ],
)
def test_path_names_the_host(url: str, end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_names, **_options: tmp_path)
    path = new_path(url)
    assert path.suffix == ".sqlite"
    assert path.parent.name == "recordings"
    assert path.stem[15:] == end


def test_paths_are_unique(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_names, **_options: tmp_path)
    paths = set()
    for _ in range(3):
        path = new_path("http://host/")
        Recording(path).close()
        paths.add(path)
    assert len(paths) == 3
