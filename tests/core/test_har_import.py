"""An HTTP Archive is read as what wsgui would have recorded, and our own comes back with equal content."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from tests.exports.recorded_session import record_session, records
from wsgui.core.har_import import import_har
from wsgui.core.har_reader import HarError
from wsgui.core.past_recording import open_recording
from wsgui.core.recordings import Outcome, read_entry
from wsgui.core.records import Direction, Kind, Record
from wsgui.exports.catalogue import formats
from wsgui.exports.exporting import export


def imported(source: Path) -> list[Record]:
    target = source.with_suffix(".sqlite")
    import_har(source, target)
    with closing(open_recording(target)) as recording:
        return recording.rows(0, recording.count)


def test_our_own_archive_comes_back_with_equal_content(tmp_path: Path) -> None:
    with closing(record_session(None)) as recording:
        export(recording, formats()["har"], tmp_path / "a.har")
    came_back = imported(tmp_path / "a.har")
    sent = [record for record in records() if record.kind is not Kind.STATE]
    assert [content(record, 0) for record in came_back] == [content(record, 1) for record in sent]
    assert [record.wall for record in came_back] == pytest.approx([record.wall for record in sent], abs=0.021)


def content(record: Record, before: int) -> dict[str, object]:
    """All but the times; numbers of records count without the one that is not in an archive."""
    facts = dict(record.facts or {})
    facts.pop("rtt", None)
    if "emit" in facts:
        facts["emit"] = int(str(facts["emit"])) - before
    for name in ("timing", "seconds"):
        if name in facts:
            facts[name] = approximately(facts[name], record.kind)
    if record.kind is Kind.WS_OPEN:
        facts["url"] = str(facts["url"]).replace("http", "ws", 1) if before else facts["url"]
    via = record.via - before if record.via else 0
    return {**record._asdict(), "facts": facts, "seq": record.seq - before, "via": via, "t": 0, "wall": 0}


def approximately(value: object, kind: Kind) -> object:
    if isinstance(value, Mapping):
        return {
            name: round(float(number), 6)
            for name, number in value.items()
            if name != "receive" or kind is not Kind.WS_OPEN
        }
    return round(float(str(value)), 6 if kind is Kind.HTTP else 1)


BINARY = '1-["b",{"_placeholder":true,"num":0}]'
CHROME = {
    "log": {
        "version": "1.2",
        "creator": {"name": "WebInspector", "version": "537.36"},
        "pages": [],
        "entries": [
            {
                "_initiator": {"type": "script"},
                "_resourceType": "websocket",
                "_webSocketMessages": [
                    {"type": "receive", "time": 1700000000.5, "opcode": 1, "data": '0{"sid":"s1","upgrades":[]}'},
                    {"type": "send", "time": 1700000000.6, "opcode": 1, "data": "40"},
                    {"type": "receive", "time": 1700000000.7, "opcode": 1, "data": '40{"sid":"xyz"}'},
                    {"type": "send", "time": 1700000000.8, "opcode": 1, "data": '4212["add",1,2]'},
                    {"type": "receive", "time": 1700000001.0, "opcode": 1, "data": "4312[3]"},
                    {"type": "receive", "time": 1700000001.1, "opcode": 1, "data": "45" + BINARY},
                    {"type": "receive", "time": 1700000001.1, "opcode": 2, "data": "AQID"},
                    {"type": "receive", "time": 1700000001.2, "opcode": 1, "data": "2"},
                    {"type": "send", "time": 1700000001.2, "opcode": 1, "data": "3"},
                    {"type": "receive", "time": 1700000001.3, "opcode": 1, "data": "4broken"},
                ],
                "cache": {},
                "connection": "42",
                "request": {
                    "method": "GET",
                    "url": "wss://chat.example.com/socket.io/?EIO=4&transport=websocket",
                    "httpVersion": "HTTP/1.1",
                    "headers": [{"name": "Host", "value": "chat.example.com"}],
                    "queryString": [], "cookies": [], "headersSize": 100, "bodySize": 0,
                },
                "response": {
                    "status": 101, "statusText": "Switching Protocols", "httpVersion": "HTTP/1.1",
                    "headers": [{"name": "Upgrade", "value": "websocket"}], "cookies": [],
                    "content": {"size": 0, "mimeType": "x-unknown"},
                    "redirectURL": "", "headersSize": 100, "bodySize": 0, "_transferSize": 0, "_error": None,
                },
                "startedDateTime": "2023-11-14T22:13:20.000Z",
                "time": 5000.0,
                "timings": {"blocked": 5, "dns": -1, "ssl": 10, "connect": 30, "send": 0.1, "wait": 60, "receive": 0.3},
            },
            {
                "_resourceType": "websocket",
                "_webSocketMessages": [{"type": "send", "time": 1700000002, "opcode": 1, "data": "42[1]"}],
                "request": {"method": "GET", "url": "ws://plain/", "headers": []},
                "response": {"status": 101, "headers": []},
                "startedDateTime": "2023-11-14T22:13:22.000Z", "time": 10, "timings": {},
            },
            {
                "_resourceType": "fetch",
                "request": {"method": "GET", "url": "https://chat.example.com/gone", "headers": []},
                "response": {"status": 0, "headers": [], "_error": "net::ERR_CONNECTION_REFUSED"},
                "startedDateTime": "2023-11-14T22:13:19.000Z", "time": 10, "timings": {},
            },
        ],
    }
}  # fmt: skip


def test_chromes_archive_is_read_as_we_would_record_it(tmp_path: Path) -> None:
    (tmp_path / "chat.har").write_text(json.dumps(CHROME), encoding="utf-8")
    rows = imported(tmp_path / "chat.har")
    failed, opened, handshake, transport, ask, joined = rows[:6]
    assert (failed.kind, failed.fact("error"), failed.connection) == (Kind.HTTP, "net::ERR_CONNECTION_REFUSED", 0)
    assert (opened.kind, opened.fact("status"), opened.fact("socket")) == (Kind.WS_OPEN, 101, 42)
    assert opened.wall == pytest.approx(1_700_000_000.0951)
    assert (handshake.kind, handshake.data) == (Kind.ENGINE, '{"sid":"s1","upgrades":[]}')
    assert (transport.kind, transport.fact("transport"), transport.via) == (Kind.TRANSPORT, "websocket", 0)
    assert (ask.kind, ask.direction, ask.data) == (Kind.ENGINE, Direction.OUT, "0")
    assert (joined.kind, joined.fact("sid"), joined.fact("namespace")) == (Kind.CONNECT, "xyz", "/")
    emit, ack, binary, ping, pong, broken, other, message = rows[6:]
    assert (emit.kind, emit.data, emit.facts) == (Kind.EVENT, '212["add",1,2]', {"id": 12})
    assert (ack.kind, ack.data, ack.fact("emit"), ack.fact("event")) == (Kind.ACK, "312[3]", emit.seq, "add")
    assert ack.fact("rtt") == pytest.approx(0.2)
    assert binary.data == f"5{BINARY}\x1ebAQID"
    assert [ping.fact("packet"), pong.fact("packet")] == ["ping", "pong"]
    assert (broken.kind, broken.data) == (Kind.ERROR, "broken")
    assert (other.kind, other.connection) == (Kind.WS_OPEN, 2)
    assert (message.kind, message.data, message.connection) == (Kind.WS_MESSAGE, "42[1]", 2)
    assert [row.seq for row in rows] == list(range(1, 15))
    assert all(row.via == row.seq for row in rows if row is not transport)
    entry = read_entry(tmp_path / "chat.sqlite")
    assert (entry.outcome, entry.title, entry.count) == (Outcome.IMPORTED, "chat", 14)
    assert entry.url == "wss://chat.example.com/socket.io/?EIO=4&transport=websocket"
    assert entry.protocol == "socketio"
    assert entry.started.timestamp() == pytest.approx(rows[0].wall)
    assert entry.ended is not None
    assert entry.ended.timestamp() == pytest.approx(1_700_000_002)


POLLED = "http://h/socket.io/?EIO={}&transport=polling{}"


@pytest.mark.parametrize(
    ("version", "payload", "protocol"),
    [
        ("4", '42["a"]\x1e42["b"]', "socketio"),
        ("3", '7:42["a"]7:42["b"]', "socketio-v2"),
    ],
)
def test_polling_payloads_become_their_packets(tmp_path: Path, version: str, payload: str, protocol: str) -> None:
    def entry(second: int, more: str, body: str, **request: object) -> dict[str, object]:
        return {
            "startedDateTime": f"2023-11-14T22:13:{second}Z", "time": 1, "timings": {},
            "request": {"method": "GET", "url": POLLED.format(version, more), "headers": [], **request},
            "response": {"status": 200, "headers": [], "content": {"text": body}},
        }  # fmt: skip

    open_ = '0{"sid":"s1"}' if version == "4" else '13:0{"sid":"s1"}'
    entries = [
        entry(20, "", open_),
        entry(22, "&sid=s1", payload),
        entry(21, "&sid=s1", "ok", method="POST", postData={"text": payload}),
    ]
    (tmp_path / "a.har").write_text(json.dumps({"log": {"entries": entries}}), encoding="utf-8")
    rows = imported(tmp_path / "a.har")
    assert [(row.kind, row.direction.value, row.via) for row in rows] == [
        (Kind.HTTP, "out", 1), (Kind.ENGINE, "in", 1), (Kind.TRANSPORT, "-", 0),
        (Kind.HTTP, "out", 4), (Kind.EVENT, "out", 4), (Kind.EVENT, "out", 4),
        (Kind.HTTP, "out", 7), (Kind.EVENT, "in", 7), (Kind.EVENT, "in", 7),
    ]  # fmt: skip
    assert [row.data for row in rows if row.kind is Kind.EVENT] == ['2["a"]', '2["b"]'] * 2
    assert {row.connection for row in rows} == {1}
    assert read_entry(tmp_path / "a.sqlite").protocol == protocol


def test_the_second_close_frame_is_an_answer(tmp_path: Path) -> None:
    closes = [{"type": kind, "time": 1_700_000_000, "opcode": 8, "data": "A+g="} for kind in ("send", "receive")]
    entry = {"_resourceType": "websocket", "_webSocketMessages": closes, "request": {"url": "ws://h/"}}
    (tmp_path / "a.har").write_text(json.dumps({"log": {"entries": [entry]}}), encoding="utf-8")
    _opened, first, second = imported(tmp_path / "a.har")
    assert (first.fact("code"), first.fact("by"), first.fact("answer")) == (1000, "client", None)
    assert (second.fact("code"), second.fact("by"), second.fact("answer")) == (1000, "server", True)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "no HTTP Archive"),
        ("hello", "there is no list “entries”"),
        ("[]", "there is no list “entries”"),
        ('{"log": {}}', "there is no list “entries”"),
        ('{"log": {"entries": {}}}', "there is no list “entries”"),
        ('{"log": {"entries": [{"request": ', "cut short"),
        ("\x00\x01\x02", "there is no list “entries”"),
    ],
)
def test_says_what_is_no_archive(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "a.har").write_text(text, encoding="utf-8")
    with pytest.raises(HarError, match=sentence):
        import_har(tmp_path / "a.har", tmp_path / "a.sqlite")
    assert [path.name for path in tmp_path.iterdir()] == ["a.har"]


@pytest.mark.parametrize(
    "entry",
    [
        {}, 5, None, {"request": 5, "response": [], "timings": "x", "_webSocketMessages": 7},
        {"_resourceType": "websocket", "_webSocketMessages": [None, {}, {"time": "x", "opcode": "y", "data": 3}]},
        {"_resourceType": "websocket", "request": {"url": "ws://[half?EIO=4"}, "_webSocketMessages": [{"time": 1e300}]},
        {"request": {"url": "http://h/?EIO=4&transport=polling", "postData": {"text": "\x1e\x1e"}},
         "response": {"status": 200, "content": {"text": "!!", "encoding": "base64"}}, "connection": "9" * 5000},
    ],
)  # fmt: skip
def test_takes_whatever_stands_in_an_entry(tmp_path: Path, entry: object) -> None:
    (tmp_path / "a.har").write_text(json.dumps({"log": {"entries": [entry]}}), encoding="utf-8")
    assert all(row.seq for row in imported(tmp_path / "a.har"))


def test_a_large_archive_takes_little_memory(tmp_path: Path) -> None:
    message = {"type": "receive", "time": 1.7e9, "opcode": 1, "data": '42["tick","' + "x" * 400 + '"]'}
    with (tmp_path / "a.har").open("w", encoding="utf-8") as file:
        file.write('{"log": {"entries": [{"_resourceType": "websocket", "_webSocketMessages": [')
        file.write(",".join([json.dumps(message)] * 15_000))
        file.write('], "request": {"url": "ws://h/?EIO=4&transport=websocket"}, "response": {"status": 101}}]}}')
    seen: list[tuple[int, int]] = []
    tracemalloc.start()
    import_har(tmp_path / "a.har", tmp_path / "a.sqlite", lambda done, total: seen.append((done, total)))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (tmp_path / "a.har").stat().st_size > 6_000_000
    assert most < 9_000_000  # the queue of the recording is most of it
    assert read_entry(tmp_path / "a.sqlite").count == 15_001
    assert seen == sorted(seen)
    assert len(seen) > 25
