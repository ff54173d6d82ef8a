"""A recording with all that a session may bring, for the exports to write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from wsgui.core.recording import Recording
from wsgui.core.records import Direction, Facts, Kind, Record

IN, OUT, NONE = Direction.IN, Direction.OUT, Direction.NONE
POLL = "http://localhost:3000/socket.io/?EIO=4&transport=polling"
SOCKET = "http://localhost:3000/socket.io/?EIO=4&transport=websocket&sid=abc"
OPEN = '{"sid":"abc","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}'
FILE = '51-["file",{"_placeholder":true,"num":0}]\x1ebAAH/'


class Row(NamedTuple):
    kind: Kind
    direction: Direction
    data: str | bytes | None = None
    facts: Facts | None = None
    via: int = 0
    """-1: on the wire by itself."""


def exchange(method: str, url: str, status: int, **more: object) -> Facts:
    return {
        "method": method,
        "url": url,
        "status": status,
        "reason": {200: "OK", 101: "Switching Protocols", 400: "Bad Request"}[status],
        "version": "1.1",
        "headers": [["Content-Type", "text/plain; charset=UTF-8"], ["Set-Cookie", "io=abc; Path=/; HttpOnly"]],
        "request_headers": [["Host", "localhost:3000"], ["Cookie", "a=1; b=2"]],
        "seconds": 0.025,
        "timing": {"dns": 0.001, "connect": 0.002, "tls": 0.004, "send": 0.001, "wait": 0.016, "receive": 0.001},
        "socket": 1,
        **more,
    }


ROWS = [
    Row(Kind.STATE, NONE, None, {"state": "connecting", "url": POLL}),
    Row(Kind.HTTP, OUT, "0" + OPEN, exchange("GET", POLL, 200), -1),
    Row(Kind.ENGINE, IN, OPEN, {"packet": "open", "transport": "polling"}, 2),
    Row(Kind.TRANSPORT, NONE, None, {"transport": "polling", "url": POLL}),
    Row(Kind.HTTP, OUT, "ok", exchange("POST", POLL + "&sid=abc", 200, request_body='40{"token":"ü"}'), -1),
    Row(Kind.ENGINE, OUT, '0{"token":"ü"}', {"packet": "message", "transport": "polling"}, 5),
    Row(Kind.HTTP, OUT, '40{"sid":"xyz"}', exchange("GET", POLL + "&sid=abc", 200), -1),
    Row(
        Kind.CONNECT, IN, '0{"sid":"xyz"}', {"namespace": "/", "sid": "xyz", "transport": "polling", "url": POLL}, 7
    ),
    Row(Kind.WS_OPEN, OUT, None, exchange("GET", SOCKET, 101), -1),
    Row(Kind.ENGINE, OUT, "probe", {"packet": "ping", "transport": "websocket"}, -1),
    Row(Kind.ENGINE, IN, "probe", {"packet": "pong", "transport": "websocket"}, -1),
    Row(Kind.ENGINE, OUT, None, {"packet": "upgrade", "transport": "websocket"}, -1),
    Row(Kind.UPGRADE, NONE, None, {"transport": "websocket", "url": SOCKET.replace("http", "ws")}),
    Row(Kind.EVENT, OUT, '20["ask","\U0001f600"]', {"id": 0}, -1),
    Row(Kind.ACK, IN, '30["yes"]', {"id": 0, "namespace": "/", "event": "ask", "emit": 14, "rtt": 0.01}, -1),
    Row(Kind.EVENT, IN, '2/admin,7["question",{"a":[1,2.5,null]}]', None, -1),
    Row(Kind.ACK, OUT, '3/admin,7["answer"]', {"id": 7, "namespace": "/admin", "event": "question"}, -1),
    Row(Kind.EVENT, IN, FILE, None, -1),
    Row(Kind.ENGINE, IN, None, {"packet": "ping", "transport": "websocket"}, -1),
    Row(Kind.ENGINE, OUT, None, {"packet": "pong", "transport": "websocket"}, -1),
    Row(Kind.EVENT, IN, '2["=1+1","+cmd","\\ud800"]', None, -1),
    Row(
        Kind.CONNECT_ERROR, IN, '4/no,{"message":"not you","data":5}',
        {"namespace": "/no", "text": "not you", "data": 5}, -1,
    ),
    Row(Kind.DISCONNECT, IN, "1/admin,", {"namespace": "/admin", "reason": "io server disconnect"}, -1),
    Row(Kind.WS_CLOSE, IN, b"\x03\xe8bye", {"code": 1000, "reason": "bye", "valid": True, "by": "server"}, -1),
    Row(Kind.HTTP, OUT, b"\x00\xff", exchange("GET", POLL + "&sid=abc", 400), -1),
    Row(Kind.STATE, NONE, None, {"state": "closed"}),
]  # fmt: skip


def records() -> Iterator[Record]:
    for seq, (kind, direction, data, facts, via) in enumerate(ROWS, 1):
        yield Record(
            seq, seq / 100, 1_700_000_000 + seq / 100, 1, direction, kind, data, facts, None, seq if via < 0 else via
        )


def record_session(path: Path | None) -> Recording:
    """The recording, still open, with everything written."""
    recording = Recording(path, "http://localhost:3000", "socketio")
    for record in records():
        recording.append(record)
    recording.tell(outcome="connected")
    recording.flush()
    return recording
