"""Every format writes all records, or those that a filter shows; a file is whole or not there."""

from __future__ import annotations

import csv
import json
import tracemalloc
from contextlib import closing
from pathlib import Path

import pytest

from tests.exports.recorded_session import ROWS, records
from wsgui.core.filters import parse
from wsgui.core.json_line import as_json
from wsgui.core.past_recording import open_recording
from wsgui.core.recording import Recording
from wsgui.core.records import Direction, Kind, Record
from wsgui.exports.catalogue import formats
from wsgui.exports.exporting import export
from wsgui.exports.selection import CancelledExportError, Selection


def written(recording: Recording, name: str, path: Path, words: str = "") -> Path:
    target = path / f"out{formats()[name].suffix}"
    export(recording, formats()[name], target, parse(words))
    return target


def test_there_are_these_formats() -> None:
    found = formats()
    assert list(found) == ["csv", "har", "jsonl", "text", "wsgui"]
    assert all(kind.suffix.startswith(".") and kind.title for kind in found.values())


def test_no_formats_at_all_is_a_broken_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "no_formats").mkdir()
    (tmp_path / "no_formats" / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(AssertionError, match="packed without"):
        formats("no_formats")


def test_json_lines_are_those_of_the_command_line(recording: Recording, tmp_path: Path) -> None:
    lines = written(recording, "jsonl", tmp_path).read_text(encoding="utf-8").splitlines()
    assert lines == [as_json(record) for record in records()]


def test_text_is_one_harmless_line_each(recording: Recording, tmp_path: Path) -> None:
    lines = written(recording, "text", tmp_path).read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(ROWS)
    assert lines[13].endswith('out  Event           ask  "\U0001f600" · ack 0 asked')
    assert all(line.isprintable() for line in lines)


def test_a_spreadsheet_computes_nothing(tmp_path: Path) -> None:
    with closing(Recording(None)) as recording:
        texts = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "fine", '"quoted", with\r\nlines']
        for seq, text in enumerate(texts, 1):
            recording.append(Record(seq, 0.5, 1.7e9, 1, Direction.IN, Kind.WS_MESSAGE, text, via=seq))
        recording.append(Record(9, 0.5, 1.7e9, 1, Direction.IN, Kind.WS_MESSAGE, b"\x01\xff", via=9))
        recording.flush()
        path = written(recording, "csv", tmp_path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["data"] for row in rows] == [*(f"'{text}" for text in texts[:6]), *texts[6:], "01 ff"]
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert rows[0]["kind"] == "ws_message"
    assert rows[0]["t"] == "0.500000"


def test_our_own_file_has_every_record(recording: Recording, tmp_path: Path) -> None:
    with closing(open_recording(written(recording, "wsgui", tmp_path))) as copy:
        assert copy.rows(0, 100) == list(records())
        assert {**copy.meta, "ended": ""} == {**recording.meta, "ended": ""}


def test_what_a_filter_shows_is_numbered_anew(recording: Recording, tmp_path: Path) -> None:
    with closing(open_recording(written(recording, "wsgui", tmp_path, "kind:event,ack,http dir:out"))) as copy:
        rows = copy.rows(0, 100)
    kept = [row for row in records() if row.kind in (Kind.EVENT, Kind.ACK, Kind.HTTP) and row.direction == "out"]
    assert [row.data for row in rows] == [row.data for row in kept]
    assert [row.seq for row in rows] == [row.via for row in rows] == list(range(1, len(kept) + 1))


def test_what_names_another_record_goes_with_it(recording: Recording, tmp_path: Path) -> None:
    with closing(open_recording(written(recording, "wsgui", tmp_path, "-kind:state,http"))) as copy:
        (ack,) = [row for row in copy.rows(0, 100) if row.kind is Kind.ACK and row.direction is Direction.IN]
        assert copy.record(int(str(ack.fact("emit")))).data == ROWS[13].data
        assert [row.via for row in copy.rows(0, 2)] == [0, 0]  # the exchange that brought the first is left out


@pytest.mark.parametrize("name", ["csv", "har", "jsonl", "text"])
def test_only_what_the_filter_shows(recording: Recording, tmp_path: Path, name: str) -> None:
    text = written(recording, name, tmp_path, "kind:event").read_text(encoding="utf-8")
    assert "cmd" in text or name == "har"  # no WebSocket, no messages of one
    assert "oops" not in text
    assert "sid=abc" not in text


class FullError(Exception):
    pass


@pytest.mark.parametrize("name", list(formats()))
def test_a_file_is_whole_or_as_it_was(recording: Recording, tmp_path: Path, name: str) -> None:
    kind = formats()[name]
    target = tmp_path / f"out{kind.suffix}"
    target.write_text("before")

    def give_up(_done: int, _total: int) -> None:
        raise CancelledExportError

    with pytest.raises(CancelledExportError):
        export(recording, kind, target, None, give_up)
    assert target.read_text() == "before"
    assert {path.name for path in tmp_path.iterdir()} == {
        "session.sqlite", "session.sqlite-wal", "session.sqlite-shm", target.name,
    }  # fmt: skip


def test_what_is_recorded_meanwhile_is_not_part_of_it(recording: Recording) -> None:
    selection = Selection(recording)
    recording.append(next(iter(records()))._replace(seq=len(ROWS) + 1))
    recording.flush()
    assert len(list(selection)) == len(ROWS)
    assert len(list(selection)) == len(ROWS)


@pytest.mark.parametrize("name", list(formats()))
def test_many_records_are_not_kept(tmp_path: Path, name: str) -> None:
    seen = []
    with closing(Recording(tmp_path / "many.sqlite")) as recording:
        recording.append(
            Record(1, 0, 1.7e9, 1, Direction.OUT, Kind.WS_OPEN, None, {"status": 101, "url": "ws://h/"}, via=1)
        )
        for seq in range(2, 12_001):
            recording.append(Record(seq, 0, 1.7e9, 1, Direction.IN, Kind.WS_MESSAGE, "x" * 200, via=seq))
        recording.flush()
        tracemalloc.start()
        export(recording, formats()[name], tmp_path / "out", None, lambda done, total: seen.append((done, total)))
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert seen[-1] == (12_000, 12_000)
    assert (tmp_path / "out").stat().st_size > 2_400_000
    assert most < 3_000_000


def test_an_archive_holds_the_wire(recording: Recording, tmp_path: Path) -> None:
    archive = json.loads(written(recording, "har", tmp_path).read_text(encoding="utf-8"))
    entries = archive["log"]["entries"]
    assert [entry["_resourceType"] for entry in entries] == ["xhr", "xhr", "xhr", "xhr", "websocket"]
    first, post, _poll, refused, socket = entries
    assert first["timings"] == pytest.approx(
        {"blocked": -1, "dns": 1, "connect": 6, "ssl": 4, "send": 1, "wait": 16, "receive": 1}
    )
    assert first["time"] == pytest.approx(25)
    assert first["request"]["queryString"] == [
        {"name": "EIO", "value": "4"},
        {"name": "transport", "value": "polling"},
    ]
    assert first["request"]["cookies"] == [{"name": "a", "value": "1"}, {"name": "b", "value": "2"}]
    assert first["response"]["cookies"] == [{"name": "io", "value": "abc"}]
    assert post["request"]["postData"]["text"] == '40{"token":"ü"}'
    assert refused["response"]["content"] == {
        "size": 2, "mimeType": "text/plain; charset=UTF-8", "text": "AP8=", "encoding": "base64",
    }  # fmt: skip
    assert socket["request"]["url"].startswith("ws://localhost:3000/")
    messages = socket["_webSocketMessages"]
    assert [message["data"] for message in messages[:5]] == [
        "2probe",
        "3probe",
        "5",
        '420["ask","\U0001f600"]',
        '430["yes"]',
    ]
    assert [(m["opcode"], m["data"]) for m in messages if m["opcode"] != 1] == [(2, "AAH/"), (8, "A+hieWU=")]
    assert messages[0]["type"] == "send"
    assert messages[1]["type"] == "receive"
    assert messages[0]["time"] == pytest.approx(1_700_000_000.1)
