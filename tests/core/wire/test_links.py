"""Which records belong together, in a recording as a session makes it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from wsgui.core.recording import Recording
from wsgui.core.records import Direction, Kind, Record
from wsgui.core.wire.links import engine_version_near, links, wire_row_of

OUT, IN, NONE = Direction.OUT, Direction.IN, Direction.NONE
V3 = "http://x/socket.io/?EIO=3&transport=polling"

ROWS: list[tuple[Kind, Direction, str | bytes | None, dict[str, object] | None, int]] = [
    (Kind.STATE, NONE, None, {"state": "connecting"}, 0),  # 1
    (Kind.HTTP, OUT, '0{"sid":"a"}', {"method": "GET", "url": V3, "status": 200}, 2),
    (Kind.ENGINE, IN, '{"sid":"a"}', {"packet": "open"}, 2),
    (Kind.TRANSPORT, NONE, None, {"transport": "polling"}, 0),
    (Kind.EVENT, OUT, '20["early"]', {"id": 0}, 0),  # 5: it has to wait for the POST
    (Kind.HTTP, OUT, "ok", {"method": "POST", "url": V3, "status": 200, "carries": [5]}, 6),
    (Kind.WS_OPEN, OUT, None, {"method": "GET", "url": "ws://x/", "status": 101}, 7),
    (Kind.ENGINE, OUT, "probe", {"packet": "ping", "transport": "websocket"}, 8),
    (Kind.ENGINE, IN, "probe", {"packet": "pong", "transport": "websocket"}, 9),
    (Kind.ENGINE, OUT, None, {"packet": "upgrade", "transport": "websocket"}, 10),
    (Kind.UPGRADE, NONE, None, {"transport": "websocket"}, 0),  # 11
    (Kind.ENGINE, IN, None, {"packet": "ping", "transport": "websocket"}, 12),
    (Kind.ENGINE, OUT, None, {"packet": "pong", "transport": "websocket"}, 13),
    (Kind.ACK, IN, "30[1]", {"id": 0, "emit": 5, "event": "early", "rtt": 0.1}, 14),
    (Kind.EVENT, IN, '2/admin,4["question"]', None, 15),
    (Kind.EVENT, IN, '24["question"]', None, 16),
    (Kind.ACK, OUT, "34[]", {"id": 4, "namespace": "/", "event": "question"}, 17),
    (Kind.ACK, OUT, "3/admin,4[]", {"id": 4, "namespace": "/admin", "event": "question"}, 18),
    (Kind.WS_PING, OUT, b"\1", None, 19),
    (Kind.WS_PING, OUT, b"\2", None, 20),
    (Kind.WS_PONG, IN, b"\1", {"rtt": 0.1}, 21),
    (Kind.WS_PONG, IN, b"\2", {"rtt": 0.1}, 22),
    (Kind.WS_CLOSE, OUT, b"\3\xe8", {"code": 1000, "by": "client"}, 23),
    (Kind.WS_CLOSE, IN, b"\3\xe8", {"code": 1000, "by": "server", "answer": True}, 24),
    (Kind.EVENT, OUT, '2["never sent"]', None, 0),  # 25
]


@pytest.fixture
def recording() -> Iterator[Recording]:
    recording = Recording(None)
    for seq, (kind, direction, data, facts, via) in enumerate(ROWS, 1):
        recording.append(Record(seq, seq / 10, 1.7e9, 1, direction, kind, data, facts, None, via))
    recording.flush()
    yield recording
    recording.close()


@pytest.mark.parametrize(
    ("seq", "found"),
    [
        (1, []),
        (2, [("brought", 3)]),
        (3, [("came with", 2)]),
        (4, [("began with", 2)]),
        (5, [("went out with", 6), ("answered by", 14)]),
        (6, [("took along", 5)]),
        (7, [("opened", 11)]),
        (8, [("answered by", 9)]),
        (9, [("answers", 8), ("led to", 11)]),
        (10, [("after", 9)]),
        (11, [("began with", 7)]),
        (12, [("answered by", 13)]),
        (13, [("answers", 12)]),
        (14, [("answers", 5)]),
        (15, [("answered by", 18)]),
        (16, [("answered by", 17)]),
        (17, [("answers", 16)]),
        (18, [("answers", 15)]),
        (19, [("answered by", 21)]),
        (20, [("answered by", 22)]),
        (21, [("answers", 19)]),
        (22, [("answers", 20)]),
        (23, [("answered by", 24)]),
        (24, [("answers", 23)]),
        (25, []),
    ],
)
def test_what_belongs_together(recording: Recording, seq: int, found: list[tuple[str, int]]) -> None:
    given = links(recording.record(seq), recording)
    assert [(link.label, link.seq) for link in given] == found
    assert all(link.summary for link in given)


def test_from_a_line_of_the_log_to_the_row_of_the_wire(recording: Recording) -> None:
    found = {seq: wire_row_of(recording.record(seq), recording) for seq in (1, 3, 5, 8, 11, 25)}
    assert found == {1: None, 3: 2, 5: 6, 8: 8, 11: None, 25: None}


def test_a_frame_learns_its_version_from_the_url_of_its_connection(recording: Recording) -> None:
    assert engine_version_near(recording.record(16), recording) == 3
    assert engine_version_near(recording.record(1), recording) == 4


def test_other_connections_are_not_looked_at(recording: Recording) -> None:
    recording.append(Record(26, 3.0, 1.7e9, 2, IN, Kind.ACK, "30[]", {"emit": 5, "id": 0}, None, 26))
    recording.append(Record(27, 3.1, 1.7e9, 2, OUT, Kind.ENGINE, None, {"packet": "pong"}, None, 27))
    recording.flush()
    assert links(recording.record(27), recording) == []
    assert [link.seq for link in links(recording.record(5), recording)] == [6, 14]
