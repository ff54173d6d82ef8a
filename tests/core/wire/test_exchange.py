"""An exchange: its heads, its bytes, the phases of its time, and whether a handshake was answered as it must be."""

from __future__ import annotations

import pytest

from tests.core.record_strategies import record
from wsgui.core.records import Direction, Kind, Record
from wsgui.core.wire.exchange import (
    REST,
    accept_key,
    handshake_problems,
    media_type,
    phases,
    request_bytes,
    response_bytes,
    response_size,
    span,
)
from wsgui.core.wire.raw_text import body_text, heads_text

KEY = "dGhlIHNhbXBsZSBub25jZQ=="
ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="  # RFC 6455, section 1.3
GOOD = [["Upgrade", "websocket"], ["Connection", "keep-alive, Upgrade"], ["Sec-WebSocket-Accept", ACCEPT]]


def exchange(**facts: object) -> Record:
    known: dict[str, object] = {
        "method": "POST",
        "url": "http://localhost:3000/socket.io/?EIO=4&sid=a",
        "status": 200,
        "reason": "OK",
        "request_headers": [["Host", "localhost:3000"], ["X-Name", "\xe9"]],
        "headers": [["Content-Type", "text/plain; charset=UTF-8"], ["Content-Length", "2"]],
        "request_body": "40ж",
    }
    return record(Kind.HTTP, "ok", Direction.OUT, **known | facts)


def handshake(headers: object, status: int = 101, asked: list[list[str]] | None = None) -> Record:
    request_headers = [["Sec-WebSocket-Key", KEY], *(asked or [])]
    facts = {"url": "ws://x/", "request_headers": request_headers, "headers": headers, "status": status}
    return record(Kind.WS_OPEN, None, Direction.OUT, **facts)


def test_both_sides_as_they_were_written() -> None:
    assert request_bytes(exchange()) == (
        b"POST /socket.io/?EIO=4&sid=a HTTP/1.1\r\nHost: localhost:3000\r\nX-Name: \xe9\r\n\r\n40\xd0\xb6"
    )
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=UTF-8\r\nContent-Length: 2\r\n\r\nok"
    assert response_bytes(exchange()) == answer
    assert response_size(exchange()) == len(answer)
    assert response_size(exchange(size=7)) == 7
    assert media_type(exchange()) == "text/plain"


def test_a_proxy_is_told_the_whole_address() -> None:
    first = request_bytes(exchange(proxy="http://127.0.0.1:3128")).split(b"\r\n")[0]
    assert first == b"POST http://localhost:3000/socket.io/?EIO=4&sid=a HTTP/1.1"
    asked = record(Kind.HTTP, None, Direction.OUT, method="CONNECT", url="http://localhost:3000", proxy="http://p")
    assert request_bytes(asked).startswith(b"CONNECT localhost:3000 HTTP/1.1\r\n")


def test_the_recorded_answer_wins() -> None:
    raw = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"
    assert response_bytes(exchange()._replace(raw=raw)) == raw


def test_without_an_answer() -> None:
    refused = record(Kind.HTTP, None, Direction.OUT, method="GET", url="http://x/", error="refused")
    assert response_bytes(refused) == b""
    assert response_size(refused) == 0
    assert [part.title for part in heads_text(refused)] == ["Request"]
    assert heads_text(refused)[0].text == "GET / HTTP/1.1"


def test_as_text() -> None:
    assert [part.title for part in heads_text(exchange())] == ["Request", "Answer"]
    assert [part[:2] for part in body_text(exchange())] == [("Request body", "40ж"), ("Answer", "ok")]
    assert heads_text(record(Kind.EVENT, '2["a"]')) == []
    assert [part[:2] for part in body_text(record(Kind.EVENT, '2["a"]'))] == [("Message", '42["a"]')]


def test_the_phases_follow_each_other() -> None:
    timing = {"wait": 0.5, "connect": 0.25, "dns": 0.125}
    found = phases(exchange(timing=timing, seconds=1.0))
    assert [tuple(phase) for phase in found] == [
        ("dns", 0, 0.125),
        ("connect", 0.125, 0.25),
        ("wait", 0.375, 0.5),
        (REST, 0.875, 0.125),
    ]
    assert span(exchange(seconds=1.0)) == (0.5, 1.5)
    assert span(record(Kind.EVENT, '2["a"]', seconds=1.0)) == (1.5, 1.5)


def test_times_that_are_none_are_left_out() -> None:
    assert phases(exchange(timing={"wait": "long", "dns": -1, "tls": float("nan")}, seconds=float("inf"))) == []
    assert phases(exchange(timing=[1])) == []


def test_the_key_of_the_standard() -> None:
    assert accept_key(KEY) == ACCEPT
    assert handshake_problems(handshake(GOOD)) == []


@pytest.mark.parametrize(
    ("headers", "asked", "said"),
    [
        (GOOD[1:], [], "Upgrade: websocket"),
        ([GOOD[0], GOOD[2]], [], "Connection: Upgrade"),
        (GOOD[:2], [], ACCEPT),
        ([*GOOD[:2], ["Sec-WebSocket-Accept", "x"]], [], ACCEPT),
        ([*GOOD, GOOD[2]], [], ACCEPT),
        ([*GOOD, ["Sec-WebSocket-Protocol", "chat"]], [], "not offered: chat"),
        (GOOD, [["Sec-WebSocket-Protocol", "chat, other"]], "No subprotocol"),
    ],
)
def test_what_is_wrong_with_an_answer(headers: object, asked: list[list[str]], said: str) -> None:
    (problem,) = handshake_problems(handshake(headers, asked=asked))
    assert said in problem


def test_a_refusal_is_no_broken_handshake() -> None:
    assert handshake_problems(handshake([], 400)) == ["A WebSocket begins with status 101."]


def test_of_a_long_body_so_much_is_decoded_as_is_wanted() -> None:
    (part,) = body_text(record(Kind.WS_MESSAGE, "жж".encode() * 1000), 4, 5)
    assert part == ("Message", "жж", "3,995 more bytes")
    (part,) = body_text(record(Kind.HTTP, "ж" * 1000, status=200), 4, 5)
    assert part == ("Answer", "жжжжж", "995 more characters")
    assert body_text(record(Kind.WS_MESSAGE, b"\xff"), 4, 5)[0].text == "\ufffd"
