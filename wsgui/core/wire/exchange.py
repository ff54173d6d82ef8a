"""An HTTP exchange as it was on the wire: both heads, both bodies, and how its time was spent."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from wsgui.core.i18n import N_, _
from wsgui.core.records import Kind, Record
from wsgui.core.wire.facts import Headers, address, header, headers, number, text, whole
from wsgui.core.ws_frames import utf8

PHASES: Mapping[str, str] = MappingProxyType(
    {
        "dns": N_("DNS"),
        "connect": N_("TCP connection"),
        "proxy": N_("Proxy"),
        "tls": N_("TLS"),
        "send": N_("Sending the request"),
        "wait": N_("Waiting for the answer"),
        "receive": N_("Receiving the answer"),
    }
)
"""The keys of the fact ``timing``, in the order in which they follow each other."""
REST = "rest"
"""What of an exchange's time no phase accounts for."""
_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


class Phase(NamedTuple):
    """A part of the time of an exchange; ``begin`` is counted from the start of the exchange, both are seconds."""

    name: str
    begin: float
    seconds: float


def request_head(record: Record) -> str:
    """The request line and the headers, as they were written; lines end with ``\\r\\n``, the last is empty."""
    where = address(record)
    target = (where.path or "/") + (f"?{where.query}" if where.query else "")
    if text(record, "method") == "CONNECT":
        target = where.netloc or text(record, "url")
    elif record.kind is Kind.HTTP and where.scheme == "http" and record.fact("proxy") is not None:
        target = f"http://{where.netloc}{target}"  # a proxy is told the whole address, RFC 9112 section 3.2.2
    first = f"{text(record, 'method') or 'GET'} {target} HTTP/1.1"
    return _head(first, headers(record, "request_headers"))


def response_head(record: Record) -> str:
    """The status line and the headers of the answer; empty where there was none."""
    status = whole(record.fact("status"))
    if status is None:
        return ""
    first = f"HTTP/{text(record, 'version') or '1.1'} {status} {text(record, 'reason')}".rstrip(" ")
    return _head(first, headers(record, "headers"))


def request_bytes(record: Record) -> bytes:
    """The whole request."""
    return _latin(request_head(record)) + utf8(text(record, "request_body"))


def response_bytes(record: Record) -> bytes:
    """The whole answer: as it came, or its head and its body."""
    if record.raw is not None:
        return record.raw
    data = record.data or b""
    return _latin(response_head(record)) + (utf8(data) if isinstance(data, str) else data)


def media_type(record: Record) -> str:
    """The type of the answer's body, without its parameters."""
    return header(headers(record, "headers"), "content-type").partition(";")[0].strip()


def response_size(record: Record) -> int:
    """The bytes of the whole answer on the wire."""
    size = whole(record.fact("size"))
    return size if size is not None else len(response_bytes(record)) if record.fact("status") is not None else 0


def phases(record: Record) -> list[Phase]:
    """How the time of an exchange was spent; what no phase accounts for is the last."""
    timing = record.fact("timing")
    found: list[Phase] = []
    at = 0.0
    for name in PHASES if isinstance(timing, Mapping) else ():
        assert isinstance(timing, Mapping)
        seconds = number(timing.get(name))
        if seconds is not None and seconds >= 0:
            found.append(Phase(name, at, seconds))
            at += seconds
    total = number(record.fact("seconds"))
    if total is not None and total - at > max(0.0005, total / 100):
        found.append(Phase(REST, at, total - at))
    return found


def span(record: Record) -> tuple[float, float]:
    """When it began and ended, in seconds since the recording began. A record is made when its exchange is over."""
    seconds = number(record.fact("seconds")) if record.kind in (Kind.HTTP, Kind.WS_OPEN) else None
    end = number(record.t) or 0.0
    return end - max(seconds or 0.0, 0.0), end


def accept_key(key: str) -> str:
    """What ``Sec-WebSocket-Accept`` must be for this ``Sec-WebSocket-Key`` (RFC 6455, section 4.2.2)."""
    return base64.b64encode(hashlib.sha1(utf8(key.strip()) + _GUID, usedforsecurity=False).digest()).decode("ascii")


def handshake_problems(record: Record) -> list[str]:
    """What is wrong with the answer to a WebSocket handshake, in sentences."""
    asked, answered = headers(record, "request_headers"), headers(record, "headers")
    if whole(record.fact("status")) != 101:
        return [_("A WebSocket begins with status 101.")] if record.fact("status") is not None else []
    problems = []
    if header(answered, "upgrade").lower() != "websocket":
        problems.append(_("“Upgrade: websocket” is missing."))
    if "upgrade" not in header(answered, "connection").lower():
        problems.append(_("“Connection: Upgrade” is missing."))
    expected = accept_key(header(asked, "sec-websocket-key"))
    if header(answered, "sec-websocket-accept") != expected:
        problems.append(_("Sec-WebSocket-Accept does not answer the key: it must be {key}.").format(key=expected))
    wanted = header(asked, "sec-websocket-protocol")
    chosen = header(answered, "sec-websocket-protocol")
    if chosen and chosen not in [name.strip() for name in wanted.split(",")]:
        problems.append(_("The server chose a subprotocol that was not offered: {name}.").format(name=chosen))
    elif wanted and not chosen:
        problems.append(_("No subprotocol was chosen: browsers and ws refuse that."))
    return problems


def _head(first: str, pairs: Headers) -> str:
    return "\r\n".join([first, *(f"{name}: {value}" for name, value in pairs), "", ""])


def _latin(head: str) -> bytes:
    """Headers are Latin-1 on the wire; what is not, and can only be in a recording of others, as UTF-8."""
    try:
        return head.encode("latin-1")
    except UnicodeEncodeError:
        return utf8(head)
