"""No record whatever makes the wire fail: a recording may have been made by anybody."""

from __future__ import annotations

from hypothesis import given

from tests.core.record_strategies import RECORDS
from wsgui.core.recording import Recording
from wsgui.core.records import Record
from wsgui.core.wire.curl import as_curl
from wsgui.core.wire.exchange import phases, request_bytes, response_bytes
from wsgui.core.wire.frame_parts import frame_parts
from wsgui.core.wire.frames import frames_on_wire, payload_of, wire_size
from wsgui.core.wire.links import engine_version_near, links, wire_row_of
from wsgui.core.wire.meaning import raw_words, record_words
from wsgui.core.wire.rows import is_wire_row, wire_row
from wsgui.core.wire.tree import Item, brief, children, decoded


@given(RECORDS)
def test_it_is_a_row(record: Record) -> None:
    row = wire_row(record)
    assert row.begin <= row.end
    assert row.size >= 0
    assert isinstance(is_wire_row(record), bool)
    assert isinstance(raw_words(record) + record_words(record), str)


@given(RECORDS)
def test_it_has_bytes(record: Record) -> None:
    for version in (3, 4):
        frames = frames_on_wire(record, version)
        for frame in frames:
            parts = frame_parts(frame, record.direction)
            assert [part.begin for part in parts] == sorted(part.begin for part in parts)
            assert (frame.wire is None) == (frame.clear is None)
        assert wire_size(record, version) >= 0
        assert isinstance(payload_of(record, version), bytes)
    if record.raw is not None and frames:
        assert b"".join(frame.head + (frame.wire or b"") for frame in frames) == record.raw


@given(RECORDS)
def test_it_is_a_tree(record: Record) -> None:
    def walk(items: list[Item], depth: int = 0) -> None:
        for item in items:
            assert isinstance(item.label + item.text, str)
            walk([*item.items, *(children(item.value) if depth < 5 else ())], depth + 1)

    walk(decoded(record))


@given(RECORDS)
def test_it_is_an_exchange(record: Record) -> None:
    assert isinstance(request_bytes(record) + response_bytes(record), bytes)
    assert all(phase.seconds >= 0 for phase in phases(record))
    assert as_curl(record).startswith("curl --http1.1 -i")


@given(RECORDS)
def test_it_has_links(record: Record) -> None:
    recording = Recording(None)
    try:
        for seq in (1, 2, 3):
            recording.append(record._replace(seq=seq, via=record.via % 4))
        recording.flush()
        for one in recording.rows(0, 3):
            assert all(0 < link.seq <= 3 for link in links(one, recording))
            wire_row_of(one, recording)
            assert engine_version_near(one, recording) in (3, 4)
    finally:
        recording.close()


def test_values_in_one_line() -> None:
    assert brief({"a": 1}) == "{1 entry}"
    assert brief([1, 2]) == "[2 values]"
    assert brief("x" * 1001).endswith("… 1 more characters")
    assert brief(b"\x00\xff") == "<2 bytes: 00 ff>"
    assert brief(None) == "null"
