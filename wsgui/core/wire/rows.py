"""A record as a row of the wire: what the columns of the list say of it."""

from __future__ import annotations

from typing import NamedTuple

from wsgui.core.describe import describe
from wsgui.core.engine_packets import PacketType
from wsgui.core.filters import Condition
from wsgui.core.i18n import N_, _
from wsgui.core.kinds import LABEL
from wsgui.core.records import Kind, Record, Severity
from wsgui.core.wire.exchange import Phase, media_type, phases, response_size, span
from wsgui.core.wire.facts import address, engine_version, number, text, whole
from wsgui.core.wire.frame_parts import opcode_name
from wsgui.core.wire.frames import frames_on_wire, wire_size
from wsgui.core.wire.meaning import LONG, engine_packet, raw_words, record_words, socket_packet

ON_WIRE = Condition("via = seq")
"""Which records are rows of the wire."""
LONGEST = 2000
"""Characters of a row's text that are made; the row shows fewer."""
_SCHEMES = {"http": "ws", "https": "wss"}


class WireRow(NamedTuple):
    """The columns: texts to be made harmless by whoever shows them, and numbers."""

    method: str
    """The method of an exchange, the opcode of a frame."""
    what: str
    """The meaning, where there is one, then the URL or the text on the wire."""
    status: str
    type: str
    size: int
    seconds: float | None
    """Of an exchange; of a pong or an acknowledgement since what it answers."""
    severity: Severity
    begin: float
    end: float
    """Seconds since the recording began."""
    phases: tuple[Phase, ...]


def is_wire_row(record: Record) -> bool:
    """Whether the record is an exchange or a frame itself."""
    return record.seq > 0 and record.via == record.seq


def wire_row(record: Record) -> WireRow:
    """The row of a record. Its text may hold anything that a server sent."""
    begin, end = span(record)
    exchange = record.kind in (Kind.HTTP, Kind.WS_OPEN)
    return WireRow(
        _method(record),
        " · ".join(filter(None, (record_words(record), _url(record) if exchange else raw_words(record))))[:LONGEST],
        _status(record),
        _type(record),
        response_size(record) if exchange else wire_size(record),
        number(record.fact("seconds")) if exchange else number(record.fact("rtt")),
        _severity(record),
        begin,
        end,
        tuple(phases(record)) if exchange else (),
    )


def _severity(record: Record) -> Severity:
    """That of the log, but what had to wait and is in the log elsewhere is no side matter here."""
    if record.kind is Kind.EVENT and record.data is not None and len(record.data) > LONG:
        return Severity.PLAIN  # to decode it would take its time
    severity = describe(record).severity
    return Severity.PLAIN if severity is Severity.MUTED and record.fact("carries") else severity


def _method(record: Record) -> str:
    if record.kind is Kind.HTTP:
        return text(record, "method")
    if record.kind is Kind.WS_OPEN:
        return _("upgrade")
    if record.kind is Kind.ERROR:
        return _("broken")
    frames = frames_on_wire(record)
    head = frames[0].parsed if frames else None
    return opcode_name(head.opcode) if head else _("broken")


def _url(record: Record) -> str:
    """Path and query, and before them the host where the path alone would not say what it is."""
    where = address(record)
    if not where.netloc:
        return text(record, "url")
    target = (where.path or "/") + (f"?{where.query}" if where.query else "")
    if engine_version(record) is not None:
        return target
    scheme = _SCHEMES.get(where.scheme, where.scheme) if record.kind is Kind.WS_OPEN else where.scheme
    return f"{scheme}://{where.netloc}{target}"


def _status(record: Record) -> str:
    if record.kind is Kind.WS_CLOSE:
        return text(record, "code")
    status = whole(record.fact("status"))
    if status is not None:
        return str(status)
    if record.fact("error") is None:
        return ""
    return _("cancelled") if describe(record).severity is Severity.MUTED else _("failed")


_TYPES = {Kind.EVENT: N_("event"), Kind.ACK: N_("ack"), Kind.CONNECT: N_("connect"), Kind.DISCONNECT: N_("disconnect")}
"""Those that need no look at the data."""


def _type(record: Record) -> str:
    """The media type of an answer, or what the packet in a frame is called."""
    if record.kind in (Kind.HTTP, Kind.WS_OPEN):
        return media_type(record)
    if name := _TYPES.get(record.kind):
        return _(name)
    packet = engine_packet(record) if record.kind is not Kind.ERROR else None
    if packet is None:
        return _(LABEL[record.kind]).lower().removeprefix("ws ")
    if packet.type is not PacketType.MESSAGE:
        return packet.type.value
    socket = socket_packet(packet)
    if socket is not None:
        return socket.type.name.lower().replace("_", " ")
    return _("attachment") if isinstance(packet.data, bytes) else packet.type.value
