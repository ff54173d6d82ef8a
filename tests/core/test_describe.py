"""A record in one line: the sentence of each kind, and no record that has none."""

import pytest
from hypothesis import given, settings

from tests.core.record_strategies import RECORDS, record
from wsgui.core.describe import describe, packet_of
from wsgui.core.records import Direction, Kind, Record, Severity

DEEP = '2["a",' + "[" * 600 + "]" * 600 + "]"

LINES = [
    (record(Kind.STATE, state="connecting", url="http://h"), "Connecting to http://h", Severity.PLAIN),
    (record(Kind.STATE, state="connected"), "Connected", Severity.GOOD),
    (record(Kind.STATE, state="waiting", delay=1.234, attempt=3), "Waiting 1.23 s before attempt 3", Severity.WARNING),
    (record(Kind.STATE, state="closing"), "Closing", Severity.MUTED),
    (record(Kind.STATE, state="closed"), "Closed", Severity.MUTED),
    (record(Kind.UPGRADE, transport="websocket"), "Upgraded to websocket", Severity.GOOD),
    (
        record(Kind.UPGRADE_ERROR, transport="websocket", text="probe error", description="refused"),
        "Upgrade to websocket failed, the connection goes on: probe error · refused",
        Severity.WARNING,
    ),
    (
        record(Kind.CONNECT, '0{"sid":"x"}', namespace="/", transport="polling", sid="x"),
        "Joined / over polling, sid x",
        Severity.GOOD,
    ),
    (
        record(Kind.CONNECT_ERROR, namespace="/admin", text="no", data={"code": 7}),
        '/admin refused: no · {"code":7}',
        Severity.BAD,
    ),
    (
        record(Kind.CONNECT_ERROR, None, Direction.NONE, namespace="/", text="xhr poll error", description="HTTP 400"),
        "xhr poll error · HTTP 400",
        Severity.BAD,
    ),
    (record(Kind.DISCONNECT, namespace="/", reason="ping timeout"), "Disconnected: ping timeout", Severity.WARNING),
    (
        record(Kind.DISCONNECT, namespace="/a", reason="io client disconnect"),
        "Disconnected in /a: io client disconnect",
        Severity.MUTED,
    ),
    (record(Kind.RECONNECT_ATTEMPT, n=2, delay=0.5), "Attempt 2 after 0.50 s", Severity.WARNING),
    (record(Kind.RECONNECT, n=2), "Reconnected at attempt 2", Severity.GOOD),
    (record(Kind.RECONNECT_ERROR, n=2, text="timeout"), "Attempt 2 failed: timeout", Severity.BAD),
    (
        record(Kind.RECONNECT_FAILED, n=5),
        "Gave up after 5 attempts (option “reconnectionAttempts”)",
        Severity.BAD,
    ),
    (record(Kind.EVENT, '2["news",1,"x"]'), 'news  1, "x"', Severity.PLAIN),
    (record(Kind.EVENT, '2/a,3["news"]'), "news in /a · ack 3 asked", Severity.PLAIN),
    (
        record(Kind.EVENT, '51-["file",{"_placeholder":true,"num":0}]\x1ebAQID'),
        'file  "<3 bytes: 01 02 03>"',
        Severity.PLAIN,
    ),
    (record(Kind.EVENT, "2[broken"), "2[broken", Severity.WARNING),
    (
        record(Kind.ACK, '31["ok"]', id=1, event="ask", emit=3, rtt=0.01),
        'Answer to “ask”  "ok" · 10.0 ms',
        Severity.GOOD,
    ),
    (
        record(Kind.ACK, '31["ok"]', id=1, event="ask", emit=3, rtt=0.01, late=True),
        'Answer to “ask”  "ok" · 10.0 ms · late',
        Severity.WARNING,
    ),
    (record(Kind.ACK, "39[]", id=9), "Acknowledgement 9 that nobody asked for  ", Severity.WARNING),
    (
        record(Kind.HTTP, "ok", method="GET", url="http://h/", status=200, reason="OK", seconds=0.0015),
        "GET 200 OK · 1.5 ms · 2 bytes · http://h/",
        Severity.PLAIN,
    ),
    (record(Kind.HTTP, method="GET", url="u", status=502), "GET 502 · u", Severity.BAD),
    (record(Kind.HTTP, method="GET", url="u", error="Refused."), "GET: Refused. · u", Severity.BAD),
    (
        record(Kind.HTTP, method="GET", url="u", error="Cancelled.", chain=[["CancelledError", ""]]),
        "GET: Cancelled. · u",
        Severity.MUTED,
    ),
    (
        record(Kind.WS_OPEN, url="http://h/", status=101, seconds=0.001),
        "Handshake 101 · 1.0 ms · ws://h/",
        Severity.PLAIN,
    ),
    (record(Kind.WS_OPEN, url="https://h/", status=403), "Handshake 403 · wss://h/", Severity.BAD),
    (
        record(Kind.WS_CLOSE, code=1011, reason="oops", valid=True, by="server"),
        "The server closed with code 1011 “oops” · Internal error: The server met an error of its own.",
        Severity.WARNING,
    ),
    (
        record(Kind.WS_CLOSE, code=1000, reason="", valid=True, by="client"),
        "Closed by this client with code 1000 · Normal closure: Either side ended the connection on purpose.",
        Severity.MUTED,
    ),
    (
        record(Kind.WS_CLOSE, code=5000, reason="", valid=False, by="server"),
        (
            "The server closed with code 5000 · Not allowed in a close frame (WS_ERR_INVALID_CLOSE_CODE): "
            "codes end at 4999."
        ),
        Severity.BAD,
    ),
    (record(Kind.ENGINE, "{}", packet="open"), "open · {}", Severity.PLAIN),
    (record(Kind.ENGINE, packet="ping"), "ping", Severity.MUTED),
    (record(Kind.ENGINE, '0/a,{"x":1}', packet="message"), 'CONNECT /a · {"x":1}', Severity.MUTED),
    (record(Kind.ENGINE, b"\x01", packet="message"), "<1 bytes: 01>", Severity.MUTED),
    (record(Kind.ERROR, text="no", description="why"), "no · why", Severity.BAD),
    (record(Kind.NOTE, text="said"), "said", Severity.MUTED),
    (record(Kind.WS_MESSAGE, b"\x00" * 20), "<20 bytes: " + "00 " * 16 + "…>", Severity.PLAIN),
    (
        record(Kind.WS_MESSAGE, "", frames=[[1, 0, 4, 0], [0, 0, 0, 0], [0, 1, 0, 1]]),
        "(empty) · in 3 frames · compressed",
        Severity.PLAIN,
    ),
    (record(Kind.WS_PING), "(empty)", Severity.MUTED),
    (record(Kind.WS_PING, b"abc"), "abc", Severity.MUTED),
    (record(Kind.WS_PONG, b"\xff", rtt=0.002), "<1 bytes: ff> · 2.0 ms", Severity.MUTED),
    (record(Kind.WS_PONG, b"abc", rtt=None), "abc · answers no ping of this client", Severity.MUTED),
    (
        record(Kind.CONNECT, transport="websocket", protocol="chat", compression=True),
        "WebSocket open · subprotocol chat · compressed messages agreed",
        Severity.GOOD,
    ),
    (record(Kind.CONNECT, transport="websocket", protocol="", compression=False), "WebSocket open", Severity.GOOD),
    (
        record(Kind.WS_CLOSE, code=999, reason="", valid=False, by="client", problem="Invalid", name="WS_ERR_X"),
        "Closed by this client with code 999 · WS_ERR_X: Invalid",
        Severity.BAD,
    ),
    (
        record(Kind.WS_CLOSE, code=1000, reason="", valid=True, by="server", answer=True),
        "The server answered with code 1000 · Normal closure: Either side ended the connection on purpose.",
        Severity.MUTED,
    ),
]


@pytest.mark.parametrize(("one", "summary", "severity"), LINES)
def test_a_record_in_one_line(one: Record, summary: str, severity: Severity) -> None:
    assert describe(one) == (summary, severity)


def test_a_frame_with_1006_is_not_called_the_absence_of_one() -> None:
    absent = describe(record(Kind.WS_CLOSE, code=1006, reason="", valid=True, by="server"))
    framed = describe(record(Kind.WS_CLOSE, code=1006, reason="", valid=False, by="server"))
    assert absent.summary.startswith("The connection ended without a close frame")
    assert framed.summary.startswith("The server closed with code 1006")


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("data", [None, "", "2", b"\xff", DEEP])
def test_every_kind_has_a_line_without_any_fact(kind: Kind, data: str | bytes | None) -> None:
    assert isinstance(describe(record(kind, data)).summary, str)


@settings(deadline=None)
@given(RECORDS)
def test_no_record_is_too_strange(one: Record) -> None:
    line = describe(one)
    assert isinstance(line.summary, str)
    assert line.severity in Severity


def test_only_records_of_packets_carry_one() -> None:
    text = '2["a"]'
    packet = packet_of(record(Kind.EVENT, text))
    assert packet is not None
    assert packet.event == "a"
    assert packet_of(record(Kind.HTTP, text)) is None
    assert packet_of(record(Kind.EVENT, text.encode())) is None
    assert packet_of(record(Kind.EVENT, "2[")) is None


def test_a_close_frame_with_1005_in_it_is_not_one_with_a_body_of_one_byte() -> None:
    facts = {"code": 1005, "reason": "", "valid": False, "by": "server"}
    assert "code 1005" in describe(record(Kind.WS_CLOSE, b"\x03\xed", **facts)).summary
    assert "a body of one byte" in describe(record(Kind.WS_CLOSE, b"\x03", **facts)).summary
