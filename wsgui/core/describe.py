"""A record for people: one line for the log, and all of it in sections.

Pure functions of the record. What a packet means is decoded here, when somebody looks, never while it arrives.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from wsgui.core import javascript_json
from wsgui.core.close_codes import explain
from wsgui.core.i18n import _
from wsgui.core.msgpack_packets import decode as decode_msgpack
from wsgui.core.records import Direction, Kind, Record, Severity
from wsgui.core.socket_packets import PacketError, SocketPacket, SocketType, decode
from wsgui.core.ws_frames import Head


class Line(NamedTuple):
    """A record in one line. ``summary`` may hold any text a server sent: whoever shows it must make it harmless."""

    summary: str
    severity: Severity = Severity.PLAIN


def describe(record: Record) -> Line:
    """The record in one line."""
    return _LINES[record.kind](record)


def packet_of(record: Record) -> SocketPacket | None:
    """The Socket.IO packet that a record carries, or ``None`` where it carries none or a broken one."""
    if record.data is None or record.kind not in _PACKET_KINDS:
        return None
    try:
        return decode(record.data) if isinstance(record.data, str) else decode_msgpack(record.data)
    except PacketError:
        return None


def frames_of(record: Record) -> list[Head]:
    """What the fact ``frames`` says, as far as it says it: a recording may have been made by anybody."""
    rows, masked = record.fact("frames"), record.fact("mask") is not None
    frames = []
    for row in rows if isinstance(rows, list | tuple) else ():
        match row:
            case [int(opcode), fin, int(rsv), int(size)]:
                frames.append(Head(opcode, size, bool(fin), rsv, masked))
    return frames


def json_text(value: object) -> str:
    """``value`` as compact JSON; bytes are shown as their length and first hex digits."""
    return javascript_json.dumps(value, default=_show_bytes)


def _show_bytes(value: object) -> str:
    if not isinstance(value, bytes):
        return str(value)
    start = value[:16].hex(" ")
    return _("<{size} bytes: {start}>").format(size=len(value), start=start + (" …" if len(value) > 16 else ""))


_PACKET_KINDS = frozenset({Kind.EVENT, Kind.ACK, Kind.ENGINE, Kind.CONNECT, Kind.CONNECT_ERROR, Kind.DISCONNECT})


def _text(record: Record, name: str = "text") -> str:
    value = record.fact(name)
    return "" if value is None else str(value)


def _in_namespace(namespace: object) -> str:
    return "" if namespace in (None, "/") else _(" in {namespace}").format(namespace=namespace)


def _with(text: str, *more: str) -> str:
    return " · ".join(part for part in (text, *more) if part)


def _args(packet: SocketPacket) -> str:
    return ", ".join(json_text(value) for value in packet.args)


def _number(value: object) -> float:
    """A fact as a number; NaN where it is none, because a recording may have been made by anybody."""
    try:
        return float(value) if isinstance(value, int | float) else math.nan
    except OverflowError:
        return math.inf


def _milliseconds(seconds: object) -> str:
    return "" if seconds is None else _("{ms:.1f} ms").format(ms=_number(seconds) * 1000)


def _state(record: Record) -> Line:
    match record.fact("state"):
        case "connecting":
            return Line(_("Connecting to {url}").format(url=_text(record, "url")))
        case "connected":
            return Line(_("Connected"), Severity.GOOD)
        case "waiting":
            text = _("Waiting {delay:.2f} s before attempt {n}")
            return Line(text.format(delay=_number(record.fact("delay")), n=record.fact("attempt")), Severity.WARNING)
        case "closing":
            return Line(_("Closing"), Severity.MUTED)
    return Line(_("Closed"), Severity.MUTED)


def _transport(record: Record) -> Line:
    return Line(_with(_("Transport: {name}").format(name=_text(record, "transport")), _text(record, "url")))


def _upgrade(record: Record) -> Line:
    return Line(_("Upgraded to {name}").format(name=_text(record, "transport")), Severity.GOOD)


def _upgrade_error(record: Record) -> Line:
    text = _("Upgrade to {name} failed, the connection goes on: {why}")
    why = _with(_text(record), _text(record, "description"))
    return Line(text.format(name=_text(record, "transport"), why=why), Severity.WARNING)


def _connect(record: Record) -> Line:
    if record.fact("namespace") is None:
        protocol = _text(record, "protocol")
        chosen = _("subprotocol {name}").format(name=protocol) if protocol else ""
        compression = _("compressed messages agreed") if record.fact("compression") else ""
        return Line(_with(_("WebSocket open"), chosen, compression), Severity.GOOD)
    text = _("Joined {namespace} over {transport}, sid {sid}")
    return Line(text.format(**{name: _text(record, name) for name in ("namespace", "transport", "sid")}), Severity.GOOD)


def _connect_error(record: Record) -> Line:
    data = record.fact("data")
    refused = record.direction is Direction.IN
    text = _("{namespace} refused: {text}") if refused else "{text}"
    return Line(
        _with(
            text.format(namespace=_text(record, "namespace"), text=_text(record)),
            _text(record, "description"),
            "" if data is None else json_text(data),
        ),
        Severity.BAD,
    )


def _disconnect(record: Record) -> Line:
    reason = _text(record, "reason")
    wanted = reason == "io client disconnect"
    text = _("Disconnected{namespace}: {reason}")
    line = text.format(namespace=_in_namespace(record.fact("namespace")), reason=reason)
    return Line(_with(line, _text(record, "details")), Severity.MUTED if wanted else Severity.WARNING)


def _reconnect_attempt(record: Record) -> Line:
    text = _("Attempt {n} after {delay:.2f} s")
    return Line(text.format(n=record.fact("n"), delay=_number(record.fact("delay"))), Severity.WARNING)


def _reconnect(record: Record) -> Line:
    return Line(_("Reconnected at attempt {n}").format(n=record.fact("n")), Severity.GOOD)


def _reconnect_error(record: Record) -> Line:
    return Line(_("Attempt {n} failed: {why}").format(n=record.fact("n"), why=_text(record)), Severity.BAD)


def _reconnect_failed(record: Record) -> Line:
    text = _("Gave up after {n} attempts (option “reconnectionAttempts”)")
    return Line(text.format(n=record.fact("n")), Severity.BAD)


def _event(record: Record) -> Line:
    packet = packet_of(record)
    if packet is None:
        return Line(_show_raw(record), Severity.WARNING)
    asked = "" if packet.id is None else _("ack {id} asked").format(id=packet.id)
    return Line(_with(f"{packet.event}{_in_namespace(packet.namespace)}  {_args(packet)}".rstrip(), asked))


def _ack(record: Record) -> Line:
    packet = packet_of(record)
    args = _args(packet) if packet else _show_raw(record)
    if record.direction is Direction.OUT:
        event = _text(record, "event")
        return Line(_("Answered “{event}”  {args}").format(event=event, args=args).rstrip(), Severity.GOOD)
    if record.fact("emit") is None:
        text = _("Acknowledgement {id} that nobody asked for  {args}").format(id=record.fact("id"), args=args)
        return Line(text, Severity.WARNING)
    late = _("late") if record.fact("late") else ""
    text = _("Answer to “{event}”  {args}").format(event=_text(record, "event"), args=args).rstrip()
    return Line(_with(text, _milliseconds(record.fact("rtt")), late), Severity.WARNING if late else Severity.GOOD)


def _http(record: Record) -> Line:
    return _exchange(record, _text(record, "method"), _text(record, "url"), 200)


def _ws_open(record: Record) -> Line:
    return _exchange(record, _("Handshake"), _text(record, "url").replace("http", "ws", 1), 101)


def _was_cancelled(chain: object) -> bool:
    """Whether we gave it up. Deeper in a chain a cancellation is only how asyncio ends what took too long."""
    match chain:
        case [["CancelledError", *_], *_]:
            return True
    return False


def _exchange(record: Record, what: str, url: str, good: int) -> Line:
    """What came of it stands before the URL: URLs are long, and the log cuts its lines at the end."""
    time = _milliseconds(record.fact("seconds"))
    if error := _text(record, "error"):
        line = _with(f"{what}: {error}", time, url)
        return Line(line, Severity.MUTED if _was_cancelled(record.fact("chain")) else Severity.BAD)
    status = record.fact("status")
    size = _("{n} bytes").format(n=len(record.data)) if record.data else ""
    line = _with(f"{what} {status} {_text(record, 'reason')}".rstrip(), time, size, url)
    return Line(line, Severity.PLAIN if status == good else Severity.BAD)


def _ws_close(record: Record) -> Line:
    code = record.fact("code")
    by_server = record.fact("by") == "server"
    text = _("The server closed with code {code}") if by_server else _("Closed by this client with code {code}")
    if record.fact("answer"):
        text = _("The server answered with code {code}") if by_server else _("This client answered with code {code}")
    if code == 1006 and record.fact("valid"):
        text = _("The connection ended without a close frame ({code})")
    line = text.format(code=code)
    if code == 1005 and not record.fact("valid") and len(record.data or "") == 1:
        one_byte = _("The server closed with a body of one byte")
        line = one_byte if by_server else _("Closed by this client with a body of one byte")
    if reason := _text(record, "reason"):
        line += f" “{reason}”"
    meaning = _text(record, "error") or (explain(code) if isinstance(code, int) else "")
    if not record.fact("valid"):
        name = _text(record, "name")
        return Line(_with(line, f"{name}: {_text(record, 'problem')}" if name else meaning), Severity.BAD)
    return Line(_with(line, meaning), Severity.MUTED if code in (1000, 1005) else Severity.WARNING)


def _engine(record: Record) -> Line:
    name = _text(record, "packet")
    if name == "message":
        packet = packet_of(record)
        what = packet.type.name.replace("_", " ") if packet else _show_raw(record)
        if packet and packet.type in (SocketType.CONNECT, SocketType.DISCONNECT):
            what += f" {packet.namespace}"
        data = json_text(packet.data) if packet and packet.data is not None else ""
        return Line(_with(what, data), Severity.MUTED)
    return Line(_with(name, _show_raw(record)), Severity.PLAIN if name == "open" else Severity.MUTED)


def _error(record: Record) -> Line:
    return Line(_with(_text(record), _text(record, "description")), Severity.BAD)


def _fault(record: Record) -> Line:
    return Line(_("On purpose: {text}").format(text=_text(record)), Severity.WARNING)


def _note(record: Record) -> Line:
    return Line(_text(record), Severity.MUTED)


def _ws_message(record: Record) -> Line:
    frames = frames_of(record)
    cut = _("in {n} frames").format(n=len(frames)) if len(frames) > 1 else ""
    packed = _("compressed") if frames and frames[0].rsv & 4 else ""
    return Line(_with(_show_raw(record) or _("(empty)"), cut, packed))


def _ws_ping(record: Record) -> Line:
    """Of a ping or a pong: its content is bytes by the protocol, and mostly text."""
    data = record.data
    try:
        text = data.decode() if isinstance(data, bytes) else data or ""
    except UnicodeDecodeError:
        text = _show_raw(record)
    unasked = record.kind is Kind.WS_PONG and record.direction is Direction.IN and record.fact("rtt") is None
    more = _("answers no ping of this client") if unasked else _milliseconds(record.fact("rtt"))
    return Line(_with(text or _("(empty)"), more), Severity.MUTED)


def _show_raw(record: Record) -> str:
    return _show_bytes(record.data) if isinstance(record.data, bytes) else record.data or ""


_LINES: Mapping[Kind, Callable[[Record], Line]] = MappingProxyType(
    {
        Kind.STATE: _state,
        Kind.TRANSPORT: _transport,
        Kind.UPGRADE: _upgrade,
        Kind.UPGRADE_ERROR: _upgrade_error,
        Kind.CONNECT: _connect,
        Kind.CONNECT_ERROR: _connect_error,
        Kind.DISCONNECT: _disconnect,
        Kind.RECONNECT_ATTEMPT: _reconnect_attempt,
        Kind.RECONNECT: _reconnect,
        Kind.RECONNECT_ERROR: _reconnect_error,
        Kind.RECONNECT_FAILED: _reconnect_failed,
        Kind.EVENT: _event,
        Kind.ACK: _ack,
        Kind.HTTP: _http,
        Kind.WS_OPEN: _ws_open,
        Kind.WS_MESSAGE: _ws_message,
        Kind.WS_PING: _ws_ping,
        Kind.WS_PONG: _ws_ping,
        Kind.WS_CLOSE: _ws_close,
        Kind.ENGINE: _engine,
        Kind.ERROR: _error,
        Kind.FAULT: _fault,
        Kind.NOTE: _note,
    }
)
