"""What is compared of a run: the wire in lanes, and the events in lanes.

A connection that polls has a GET, a POST and the probe of a WebSocket under way at the same time, and which of them is
quicker is decided by the network. So the order is compared only where the client decides it: within the requests that
open a session, within the POSTs of a session, within its GETs (equal ones that follow each other count as one, because
how many there are is for the server to say), within what is sent on each WebSocket, and within what is received,
whatever carried it. What must hold between lanes is stated in :func:`disorder`.

What a side receives after its own goodbye is not compared: whether the server still says something, and answers the
goodbye, before it is gone is the server's matter. A close frame without a code looks the same as question and as
answer, so where both sides send one, who was first is not compared either; the events tell it.

What can never be equal is made equal here: session ids, time stamps, the heartbeat's count, and the headers that
belong to one TCP connection or one library (:data:`IGNORED_HEADERS`).
"""

from __future__ import annotations

import base64
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tests.interop.parity.case import Event
from tests.interop.parity.wire import BINARY, CLOSE, TEXT, Exchange, Frame

IGNORED_HEADERS = {
    "host": "Both say the host and port of the URL, and each run has a port of its own.",
    "user-agent": "Each names its own library.",
    "connection": "It is about one TCP connection; see below.",
    "content-length": "The bodies themselves are compared.",
    "sec-websocket-key": "It is random.",
}
"""Request headers that are not compared, and why."""
HEARTBEAT = {"2", "3"}
_SECRET = re.compile(r'"(sid|pid|offset)":"([^"]+)"')
_SECRET_IN_MSGPACK = re.compile(rb"\xa3(sid|pid)[\xa0-\xbf]([\w-]{7,})")
_LENGTH = re.compile(r"(\d+):")
_SESSION = re.compile(r"[?&]sid=([^&]*)")

Lanes = dict[str, list[str]]


@dataclass(frozen=True)
class Run:
    """What came of a case with one client."""

    exchanges: Sequence[Exchange]
    events: Sequence[Event]


def lanes(run: Run, timestamp: str) -> Lanes:
    """The lanes of a run; ``timestamp`` is the name of the parameter that is different in each request."""
    names = _names(run.exchanges)
    found: Lanes = defaultdict(list)
    received: list[tuple[int, str]] = []
    for exchange in run.exchanges:
        _lay(exchange, found, received, names, timestamp)
    found["received"] = [_hide(text, names) for _when, text in sorted(received, key=lambda each: each[0])]
    for event in run.events:
        found[f"{event.lane} events"].append(_hide(f"{event.name} {event.facts}", names))
    return {lane: entries for lane, entries in found.items() if entries}


def disorder(run: Run) -> list[str]:
    """What broke the order that holds between lanes: one GET and one POST at a time, the upgrade after both."""
    broken = []
    for session, exchanges in _by_session(run.exchanges).items():
        for method in ("GET", "POST"):
            one_by_one = [each for each in exchanges if each.method == method and not each.is_websocket]
            for first, second in pairwise(one_by_one):
                if first.answer and first.answer.when > second.when:
                    broken.append(f"{session}: a {method} began before the one before it had ended")
        broken.extend(_upgrade_disorder(session, exchanges))
    return broken


def _upgrade_disorder(session: str, exchanges: Sequence[Exchange]) -> Iterable[str]:
    for websocket in (each for each in exchanges if each.is_websocket):
        upgraded = [frame.when for frame in websocket.sent if frame.data == b"5"]
        for other in exchanges:
            if upgraded and not other.is_websocket and (other.answer is None or other.answer.when > upgraded[0]):
                yield f"{session}: a {other.method} was under way when the upgrade was sent"


def _by_session(exchanges: Sequence[Exchange]) -> dict[str, list[Exchange]]:
    found: dict[str, list[Exchange]] = defaultdict(list)
    for exchange in exchanges:
        if match := _SESSION.search(exchange.target):
            found[match[1]].append(exchange)
    return found


def _names(exchanges: Sequence[Exchange]) -> dict[str, str]:
    """A stand-in for each value that a server made up."""
    names: dict[str, str] = {}
    for exchange in exchanges:
        texts = [exchange.body, exchange.answer.body if exchange.answer else b""]
        texts += [base64.b64decode(part[1:]) for text in texts for part in text.split(b"\x1e") if part[:1] == b"b"]
        texts += [frame.data for frame in (*exchange.sent, *exchange.received)]
        for text in texts:
            found = _SECRET.findall(text.decode("utf-8", "replace"))
            found += [(key.decode(), value.decode()) for key, value in _SECRET_IN_MSGPACK.findall(text)]
            for key, value in found:
                if len(value) > 6:  # not those that our own servers give
                    names.setdefault(value, f"<{key}>")
    return names


def _lay(
    exchange: Exchange, found: Lanes, received: list[tuple[int, str]], names: dict[str, str], timestamp: str
) -> None:
    session = _SESSION.search(exchange.target)
    status = str(exchange.answer.status) if exchange.answer else "no answer"
    body = exchange.answer.body.decode("utf-8", "replace") if exchange.answer else ""
    request = f"{exchange.method} {_target(exchange.target, timestamp)} {_headers(exchange)}"
    if exchange.is_websocket:
        found["websockets" if session else "openings"].append(_hide(f"{request} -> {status} {body}".rstrip(), names))
        found["frames sent"] += ["--", *(_hide(_frame(frame), names) for frame in _without_heartbeat(exchange.sent))]
        goodbyes = [frame.when for frame in exchange.sent if frame.opcode == CLOSE]
        for frame in _without_heartbeat(exchange.received):
            if goodbyes and (frame.when > goodbyes[0] or (frame.opcode == CLOSE and not frame.data)):
                continue
            if _is_message(frame):
                received.append((frame.when, _frame(frame)))
            else:
                found["frames received"].append(_hide(_frame(frame), names))
    elif session is None:
        found["openings"].append(_hide(f"{request} {exchange.body!r} -> {status} {body}", names))
    elif exchange.method == "POST":
        packets = [each for each in _packets(exchange.body.decode()) if each not in HEARTBEAT]
        if packets == ["1"]:
            found["posts"].append(_hide(f"{request} 1", names))  # what is answered to a goodbye is the server's matter
        elif all(packet.startswith("41") for packet in packets):
            # Namespaces are left one by one; a request takes those that were left while another was under way.
            found["posts"] += [_hide(f"{request} {packet} -> {status} {body}", names) for packet in packets]
        elif packets:
            found["posts"].append(_hide(f"{request} {packets} -> {status} {body}", names))
    else:
        # One that was cut off by the end is no other than those before it.
        line = _hide(f"{request} {exchange.body!r} -> {status if exchange.answer else 200}", names)
        if not found["polls"] or found["polls"][-1] != line:
            found["polls"].append(line)
        if exchange.answer:
            packets = _packets(body) if status == "200" else [body]
            received += [(exchange.answer.when, f"text {each}") for each in packets if each not in ("", "1", "2", "6")]


def _packets(body: str) -> list[str]:
    """The packets of a payload; those of Engine.IO 3 stand behind their lengths."""
    if not _LENGTH.match(body):
        return [_readable(packet) for packet in body.split("\x1e")]
    packets = []
    while head := _LENGTH.match(body):
        end = head.end() + int(head[1])
        packets.append(body[head.end() : end])
        body = body[end:]
    return [*packets, body] if body else packets


def _readable(packet: str) -> str:
    """Bytes in Base64 as what they are: a parser can put texts into them that differ from run to run."""
    return f"bytes {base64.b64decode(packet[1:])!r}" if packet[:1] == "b" else packet


def _is_message(frame: Frame) -> bool:
    return frame.opcode == BINARY or (frame.opcode == TEXT and frame.data[:1] == b"4")


def _without_heartbeat(frames: Iterable[Frame]) -> list[Frame]:
    return [frame for frame in frames if frame.data.decode("latin-1") not in HEARTBEAT or frame.opcode != TEXT]


def _frame(frame: Frame) -> str:
    compressed = " compressed" if frame.compressed else ""
    match frame.opcode:
        case 1:
            return f"text{compressed} {frame.data.decode('utf-8', 'replace')}"
        case 2:
            return f"binary{compressed} {frame.data!r}"
        case 8:
            code = int.from_bytes(frame.data[:2], "big") if frame.data else None
            return f"close {code} {frame.data[2:].decode('utf-8', 'replace')}"
    return f"opcode {frame.opcode} {frame.data.hex()}"


def _target(target: str, timestamp: str) -> str:
    return re.sub(rf"([?&]{re.escape(timestamp)}=)[\w.-]{{5,12}}(?=&|$)", r"\1<time>", target)


def _headers(exchange: Exchange) -> str:
    kept = sorted((name, value) for name, value in exchange.headers if name not in IGNORED_HEADERS)
    return ", ".join(f"{name}: {value}" for name, value in kept)


def _hide(text: str, names: dict[str, str]) -> str:
    for value, name in names.items():
        text = text.replace(value, name)
    return text
