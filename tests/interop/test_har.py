"""An archive of a session with a real server: valid by the schema of HAR 1.2, and read again with equal content."""

from __future__ import annotations

import asyncio
import subprocess
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.exports.recorded_session import record_session
from tests.interop.node_server import HERE, NodeServer
from tests.net.session_log import ACK, session, v2_session
from wsgui.core.har_import import import_har
from wsgui.core.option_types import Protocol
from wsgui.core.past_recording import open_recording
from wsgui.core.recording import Recording
from wsgui.core.records import Kind, Record
from wsgui.exports.catalogue import formats
from wsgui.exports.exporting import export

Server = Callable[..., NodeServer]


def problems(path: Path) -> str:
    """What the schema finds; empty if it is content."""
    command = ["node", str(HERE / "validate_har.js"), str(path)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def archived(recording: Recording, path: Path) -> list[Record]:
    """The records of the archive of a recording, which is valid."""
    export(recording, formats()["har"], path)
    assert problems(path) == ""
    import_har(path, path.with_suffix(".sqlite"))
    with closing(open_recording(path.with_suffix(".sqlite"))) as again:
        return again.rows(0, again.count)


def test_the_schema_is_asked(node: None, tmp_path: Path) -> None:
    (tmp_path / "a.har").write_text('{"log": {"version": "1.2", "creator": {}, "entries": [{}]}}', encoding="utf-8")
    assert "startedDateTime" in problems(tmp_path / "a.har")


def test_all_that_may_happen_is_valid(node: None, tmp_path: Path) -> None:
    with closing(record_session(None)) as recording:
        archived(recording, tmp_path / "a.har")


@pytest.mark.parametrize("transports", [["polling"], ["websocket"], ["polling", "websocket"]], ids="-".join)
@pytest.mark.parametrize(
    ("script", "protocol"), [("socketio4.js", Protocol.SOCKETIO), ("socketio2.js", Protocol.SOCKETIO_V2)]
)
async def test_what_was_on_the_wire_comes_back(
    node_server: Server, tmp_path: Path, transports: list[str], script: str, protocol: Protocol
) -> None:
    server = await asyncio.to_thread(node_server, script)
    connect = v2_session if protocol is Protocol.SOCKETIO_V2 else session
    async with connect(server.url, transports=transports) as (running, log):
        await log.until(Kind.CONNECT)
        if len(transports) > 1:
            await log.until(Kind.UPGRADE)
        running.send("echo", ["hello", {"file": b"\x00\x01\xff"}, "\U0001f600"], namespace="/", options=ACK)
        await log.until(Kind.ACK)
        await running.close()
    with closing(Recording(None, server.url, protocol.value)) as recording:
        recording.extend(log.records)
        recording.flush()
        came_back = await asyncio.to_thread(archived, recording, tmp_path / "a.har")
    on_wire = [record for record in came_back if record.via]
    before, after = Counter(map(content, sent_or_received(log.records))), Counter(map(content, on_wire))
    assert not before - after
    # A session that says goodbye over polling does not look at the last packets; in the archive they are.
    assert {facts for _kind, _direction, _data, facts in after - before} <= {
        "({'packet': 'noop'}, [None, None])",
        "({'packet': 'close'}, [None, None])",
    }


def sent_or_received(records: list[Record]) -> list[Record]:
    """What was on the wire, or carried along by a request or a frame: each packet once."""
    waited = {seq for record in records for seq in carried(record)}
    carriers = {record.seq for record in records if record.kind is not Kind.HTTP and record.fact("carries")}
    return [record for record in records if (record.via and record.seq not in carriers) or record.seq in waited]


def carried(record: Record) -> list[int]:
    seqs = record.fact("carries")
    return seqs if isinstance(seqs, list) else []


def content(record: Record) -> tuple[str, str, str, str]:
    """What an archive must not lose."""
    names = ("method", "status", "version", "request_body", "packet", "sid", "event", "code")
    facts = {name: record.fact(name) for name in names if record.fact(name) is not None}
    headers = [record.fact("headers"), record.fact("request_headers")]
    return record.kind.value, record.direction.value, repr(record.data), repr((facts, headers))
