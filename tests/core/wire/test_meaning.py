"""What a row of the wire means in words, and its columns."""

from __future__ import annotations

import pytest

from tests.core.record_strategies import record
from wsgui.core.msgpack_packets import encode
from wsgui.core.records import Direction, Kind, Record, Severity
from wsgui.core.socket_packets import SocketPacket, SocketType
from wsgui.core.wire.meaning import LONG, ack_is_asked, raw_words, record_words
from wsgui.core.wire.rows import is_wire_row, wire_row
from wsgui.core.wire.tree import Item, children, decoded

OUT, IN = Direction.OUT, Direction.IN
URL = "http://localhost/socket.io/?EIO={}&transport=polling"


def poll(data: str | bytes | None, version: int = 4, method: str = "GET", **facts: object) -> Record:
    facts = {"method": method, "url": URL.format(version), "status": 200} | facts
    return record(Kind.HTTP, data, OUT, **facts)


WORDS = [
    (record(Kind.EVENT, '2["tick",1]'), "event `tick` in /", '42["tick",1]'),
    (record(Kind.EVENT, '2/admin,7["tick",1]'), "event `tick` in /admin, ack 7 asked", '42/admin,7["tick",1]'),
    (record(Kind.ACK, "37[1]"), "ack 7 in /", "437[1]"),
    (record(Kind.EVENT, '51-["a",{"_placeholder":true,"num":0}]\x1ebAQID'), "event `a` in /, 1 attachment", None),
    (record(Kind.ENGINE, "probe", OUT, packet="ping"), "the client asks whether the WebSocket works", "2probe"),
    (record(Kind.ENGINE, "probe", packet="pong"), "the server answers the probe: the WebSocket works", "3probe"),
    (record(Kind.ENGINE, None, OUT, packet="upgrade"), "the client moves to the WebSocket", "5"),
    (record(Kind.ENGINE, None, packet="ping"), "the server asks whether the client is still there", "2"),
    (record(Kind.ENGINE, None, OUT, packet="ping"), "the client asks whether the server is still there", "2"),
    (record(Kind.ENGINE, None, OUT, packet="pong"), "the client is still there", "3"),
    (record(Kind.ENGINE, None, packet="pong"), "the server is still there", "3"),
    (record(Kind.ENGINE, None, packet="noop"), "nothing: it ends a poll that waits", "6"),
    (record(Kind.ENGINE, None, packet="close"), "the session ends", "1"),
    (record(Kind.ENGINE, "x", packet="error"), "not an Engine.IO packet", "x"),
    (
        record(Kind.ENGINE, '{"sid":"a","upgrades":["websocket"],"pingInterval":25000}', packet="open"),
        "the session opens, ping every 25 s, upgrades: websocket",
        None,
    ),
    (
        record(Kind.ENGINE, '{"sid":"a","upgrades":[]}', packet="open"),
        "the session opens, no upgrade",
        '0{"sid":"a","upgrades":[]}',
    ),
    (record(Kind.ENGINE, "<html>", packet="open"), "the session opens, with a handshake that is no JSON object", None),
    (record(Kind.ENGINE, '0/admin,{"token":1}', OUT, packet="message"), "asks to join /admin with auth", None),
    (record(Kind.ENGINE, "0", OUT, packet="message"), "asks to join /", "40"),
    (record(Kind.CONNECT, '0{"sid":"x"}'), "joined /", '40{"sid":"x"}'),
    (record(Kind.CONNECT_ERROR, '4/admin,{"message":"no"}'), "/admin is refused", None),
    (record(Kind.DISCONNECT, "1/admin,"), "leaves /admin", "41/admin,"),
    (record(Kind.ENGINE, b"\1\2\3", packet="message"), "attachment, 3 bytes", "3 bytes"),
    (record(Kind.ERROR, "2{", text="x"), "a message that is no Socket.IO packet", "42{"),
    (record(Kind.WS_MESSAGE, "hello"), "", "hello"),
    (record(Kind.WS_PING, b"\xff\x00"), "", "ff 00"),
    (poll('0{"sid":"a","upgrades":["websocket"]}'), "the session opens, upgrades: websocket", ""),
    (poll('40{"sid":"x"}\x1e42["a"]'), "joined / + event `a` in /", ""),
    (poll("6\x1e" * 4 + "6"), " + ".join(["nothing: it ends a poll that waits"] * 3) + " + 2 more packets", ""),
    (poll('12:42["a","ж€"]', 3), "event `a` in /", ""),
    (poll("9:40", 3), "not an Engine.IO packet", ""),
    (poll("3:40x2:40", 3), "a message that is no Socket.IO packet + joined /", ""),
    (poll("2:401:6", 3), "joined / + nothing: it ends a poll that waits", ""),
    (poll(b"\x00\x02\xff40\x01\x04\xff\x04\x01\x02\x03", 3), "joined / + attachment, 3 bytes", ""),
    (poll("ok", method="POST", request_body='40\x1e420["a"]'), "asks to join / + event `a` in /, ack 0 asked", ""),
    (poll('{"code":1}', status=400), "", ""),
    (record(Kind.HTTP, "hello", OUT, method="GET", url="http://x/", status=200), "", ""),
]


@pytest.mark.parametrize(("one", "words", "raw"), WORDS)
def test_in_words_beside_the_raw_form(one: Record, words: str, raw: str | None) -> None:
    assert record_words(one) == words
    if raw is not None:
        assert raw_words(one) == raw


LONG_TEXT = "x" * LONG


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (f'2["na\\"me","{LONG_TEXT}"]', 'event `na"me` in /'),
        (f'2/admin,7["a","{LONG_TEXT}"]', "event `a` in /admin, ack 7 asked"),
        (f'37["{LONG_TEXT}"]', "ack 7 in /"),
        (f'37[["{LONG_TEXT}"]]', "ack 7 in /"),
        (f'52-["a",{{}},"{LONG_TEXT}"]\x1ebAQID\x1ebAQID', "event `a` in /, 2 attachments"),
        (f'0{{"sid":"{LONG_TEXT}"}}', "joined /"),
        (LONG_TEXT + "x", "a message that is no Socket.IO packet"),
        (f'2{{"{LONG_TEXT}"}}', "a message that is no Socket.IO packet"),
    ],
)
def test_a_long_packet_is_glanced_at(data: str, words: str) -> None:
    assert record_words(record(Kind.EVENT, data)) == words


def test_a_body_of_many_packets_is_not_decoded_whole() -> None:
    assert record_words(poll("\x1e".join(["6"] * 100_000))).endswith(" + 99,997 more packets")
    listed = lines(decoded(poll("\x1e".join(["6"] * 100_000))))
    assert listed[0] == "Received: 100,000 packets"
    assert listed[-1] == "  … and 99,500 more packets: "


def columns(one: Record) -> tuple[str, str, str, str]:
    row = wire_row(one)
    return row.method, row.what, row.status, row.type


ROWS = [
    (
        poll("6", headers=[["content-type", "text/plain; charset=UTF-8"]]),
        ("GET", "nothing: it ends a poll that waits · /socket.io/?EIO=4&transport=polling", "200", "text/plain"),
    ),
    (
        record(Kind.HTTP, None, OUT, method="GET", url="http://x:1/a?b", error="refused"),
        ("GET", "http://x:1/a?b", "failed", ""),
    ),
    (
        record(Kind.HTTP, None, OUT, method="GET", url="", error="x", chain=[["CancelledError", ""]]),
        ("GET", "", "cancelled", ""),
    ),
    (record(Kind.WS_OPEN, None, OUT, url="http://x/a", status=101), ("upgrade", "ws://x/a", "101", "")),
    (record(Kind.EVENT, '2["a"]'), ("text", 'event `a` in / · 42["a"]', "", "event")),
    (record(Kind.WS_MESSAGE, b"\1"), ("binary", "1 byte", "", "message")),
    (
        record(Kind.WS_CLOSE, b"\x03\xe8bye", code=1000, reason="bye"),
        ("close", "1000 Normal closure: Either side ended the connection on purpose. · bye", "1000", "close"),
    ),
    (
        record(Kind.ENGINE, None, packet="ping"),
        ("text", "the server asks whether the client is still there · 2", "", "ping"),
    ),
    (record(Kind.ENGINE, '2["a"]', OUT, packet="message"), ("text", 'event `a` in / · 42["a"]', "", "event")),
    (record(Kind.ERROR, "2{", text="x"), ("broken", "a message that is no Socket.IO packet · 42{", "", "error")),
    (
        record(Kind.ERROR, text="RSV1 must be clear", description="WS_ERR_UNEXPECTED_RSV_1")._replace(
            raw=b"HTTP/1.1 4"
        ),
        ("broken", "WS_ERR_UNEXPECTED_RSV_1 RSV1 must be clear · HTTP/1.1 4", "", "error"),
    ),
]


@pytest.mark.parametrize(("one", "cells"), ROWS)
def test_the_columns(one: Record, cells: tuple[str, str, str, str]) -> None:
    assert columns(one) == cells


def test_numbers_of_a_row() -> None:
    row = wire_row(poll("6", size=193, seconds=0.5, timing={"wait": 0.25}))
    assert (row.size, row.seconds, row.begin, row.end) == (193, 0.5, 1.0, 1.5)
    assert [phase.name for phase in row.phases] == ["wait", "rest"]
    assert wire_row(record(Kind.ACK, "30[]", rtt=0.25)).seconds == 0.25
    assert wire_row(record(Kind.EVENT, '2["a"]', OUT, mask="01020304")).size == 13


def test_which_records_are_rows() -> None:
    one = record(Kind.EVENT, '2["a"]')
    assert is_wire_row(one._replace(via=7))
    assert not is_wire_row(one)
    assert not is_wire_row(one._replace(via=3))
    assert not is_wire_row(one._replace(seq=0, via=0))


def test_what_had_to_wait_is_no_side_matter() -> None:
    one = record(Kind.ENGINE, '2["a"]', OUT, packet="message")
    assert wire_row(one).severity is Severity.MUTED
    assert wire_row(record(Kind.ENGINE, '2["a"]', OUT, packet="message", carries=[3])).severity is Severity.PLAIN


# The tree


def lines(items: list[Item], depth: int = 0) -> list[str]:
    """The tree as indented lines, all of it unfolded."""
    found = []
    for item in items:
        found.append(f"{'  ' * depth}{item.label}: {item.text}")
        found += lines([*item.items, *children(item.value)], depth + 1)
    return found


def test_a_polling_body_lists_each_packet() -> None:
    assert lines(decoded(poll('40{"sid":"x"}\x1e427["a",{"b":[null]}]'))) == [
        "Received: 2 packets",
        "  Engine.IO message: joined /",
        "    Socket.IO type: 0 CONNECT",
        "    Namespace: /",
        "    Data: {1 entry}",
        '      sid: "x"',
        '    As text: 40{"sid":"x"}',
        "  Engine.IO message: event `a` in /, ack 7 asked",
        "    Socket.IO type: 2 EVENT",
        "    Namespace: /",
        "    Ack id: 7",
        "    Event: a",
        "    Argument 1: {1 entry}",
        "      b: [1 value]",
        "        [0]: null",
        '    As text: 427["a",{"b":[null]}]',
    ]


def test_a_close_frame_says_what_to_look_at() -> None:
    said = lines(decoded(record(Kind.WS_CLOSE, b"\xba\x82", code=47746, valid=False, by="server", reason="")))
    assert said[0] == "Close code: 47746 Out of range"
    assert any(line.startswith("Look at: Another number each time") for line in said)
    said = lines(decoded(record(Kind.WS_CLOSE, None, code=1006, valid=True, by="server")))
    assert any(line.startswith("Look at: A crash") for line in said)


def test_what_broke_the_rules_is_shown_as_text() -> None:
    one = record(Kind.ERROR, text="RSV1 must be clear", description="WS_ERR_UNEXPECTED_RSV_1")
    said = lines(decoded(one._replace(raw=b"HTTP/1.1 400 Bad Request\r\n")))
    assert said[:2] == [
        "Problem: RSV1 must be clear WS_ERR_UNEXPECTED_RSV_1",
        "What came: HTTP/1.1 400 Bad Request\r\n",
    ]
    assert said[2].startswith("Look at: An HTTP answer")
    assert len(decoded(one._replace(raw=b"\x83"))) == 2


def test_a_refused_exchange_shows_its_body_as_json() -> None:
    said = lines(decoded(poll('{"code":3,"message":"Bad request"}', status=400)))
    assert said == ["Received: {2 entries}", "  code: 3", '  message: "Bad request"']


def test_a_failure_shows_its_causes() -> None:
    one = record(Kind.HTTP, None, OUT, method="GET", url="http://x/", error="refused", chain=[["OSError", "refused"]])
    assert lines(decoded(one)) == ["Failed: refused", "  OSError: refused"]


def test_attachments_stand_in_their_places() -> None:
    said = lines(decoded(record(Kind.EVENT, '51-["a",{"_placeholder":true,"num":0}]\x1ebAQID')))
    assert "  Argument 1: <3 bytes: 01 02 03>" in said


def test_frames_of_a_message() -> None:
    said = lines(decoded(record(Kind.WS_MESSAGE, "abc", frames=[[1, 0, 4, 2], [0, 1, 0, 1]])))
    assert said[-2:] == ["  Frame 1: text, 2 bytes, compressed, to be continued", "  Frame 2: continuation, 1 byte"]


@pytest.mark.parametrize("size", [1, LONG + 1])
@pytest.mark.parametrize("number", [None, 7])
def test_whether_an_ack_is_asked_is_seen_without_decoding(size: int, number: int | None) -> None:
    text = f'2{"" if number is None else number}["a","{"x" * size}"]'
    packet = SocketPacket(SocketType.EVENT, "/", number, ["a", "x" * size])
    for data in (text, encode(packet)):
        assert ack_is_asked(record(Kind.EVENT, data)) is (number is not None)


def test_a_long_packet_in_messagepack_is_not_decoded() -> None:
    long = record(Kind.EVENT, encode(SocketPacket(SocketType.EVENT, "/", 7, ["a", "x" * LONG])))
    assert record_words(long).startswith("binary message, 500,0")
    assert decoded(long)[0].text == record_words(long)
