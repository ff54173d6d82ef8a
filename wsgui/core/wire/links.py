"""Which records belong together: emit and acknowledgement, packet and the exchange that brought it, ping and pong.

A link is found by looking at a limited number of records before or after, so that it costs the same in a recording
of a million.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from wsgui.core.describe import describe
from wsgui.core.engine_packets import PacketType
from wsgui.core.filters import Condition
from wsgui.core.i18n import _
from wsgui.core.recorded import Recorded
from wsgui.core.records import Direction, Kind, Record
from wsgui.core.socket_packets import SocketPacket
from wsgui.core.wire.facts import engine_version, text, whole
from wsgui.core.wire.meaning import LONG, engine_packet, record_words, socket_packet

REACH = 5000
"""How many records before and after are looked at."""
MOST = 50
"""Links of one kind that are given."""


class Link(NamedTuple):
    """Another record, what it is to this one, and its line in the log."""

    label: str
    seq: int
    summary: str


def links(record: Record, recording: Recorded) -> list[Link]:
    """The records that belong to this one, those before it first within each kind."""
    found = []
    for label, seq in dict.fromkeys(_pairs(record, recording)):
        if seq == record.seq or not 0 < seq <= recording.count:
            continue
        found.append(Link(label, seq, _summary(recording.record(seq))))
    return found


def _summary(record: Record) -> str:
    """Its line in the log; of a long packet, which would take its time to decode, what a glance tells."""
    is_long = record.data is not None and len(record.data) > LONG
    return record_words(record) if is_long else describe(record).summary


def wire_row_of(record: Record, recording: Recorded) -> int | None:
    """The number of the row of the wire that a record was, came with, or went out with."""
    if record.via > 0:
        return record.via if record.via <= recording.count else None
    if record.direction is not Direction.OUT or record.data is None:
        return None
    return next(iter(_carriers(record, recording)), None)


def engine_version_near(record: Record, recording: Recorded) -> int:
    """The version of Engine.IO that the connection of a frame speaks: its URL says it. 4 where none is found."""
    search = _Search(record, recording)
    for seq in (record.seq, *reversed(search.before("kind IN ('http', 'ws_open')"))):
        version = engine_version(recording.record(seq))
        if version is not None:
            return version
    return 4


def _pairs(record: Record, recording: Recorded) -> Iterator[tuple[str, int]]:
    search = _Search(record, recording)
    if record.via == record.seq:
        for seq in _list(record.fact("carries")):
            yield _("took along"), seq
        if record.kind is Kind.HTTP:
            for seq in search.after("via = ?", str(record.seq)):
                yield _("brought"), seq
    elif record.via:
        yield _("came with"), record.via
    elif record.direction is Direction.OUT and record.data is not None:
        for seq in _carriers(record, recording):
            yield _("went out with"), seq
    match record.kind:
        case Kind.EVENT:
            yield from _answer(record, search)
        case Kind.ACK:
            yield from _question(record, search)
        case Kind.ENGINE | Kind.WS_PING | Kind.WS_PONG:
            yield from _ping_or_pong(record, search)
        case Kind.WS_OPEN:
            for seq in search.after("kind IN ('transport', 'upgrade', 'upgrade_error', 'connect')")[:1]:
                yield _("opened"), seq
        case Kind.UPGRADE | Kind.UPGRADE_ERROR | Kind.TRANSPORT:
            kinds = "kind = 'http'" if record.fact("transport") == "polling" else "kind = 'ws_open'"
            for seq in search.before(kinds)[-1:]:
                yield _("began with"), seq
        case Kind.WS_CLOSE:
            asked = search.before("kind = 'ws_close'") if record.fact("answer") else []
            answered = [] if record.fact("answer") else search.after("kind = 'ws_close'")
            yield from ((_("answers"), seq) for seq in asked[-1:])
            yield from ((_("answered by"), seq) for seq in answered[:1])


class _Search:
    """Looks for records of the same connection before and after one."""

    def __init__(self, record: Record, recording: Recorded) -> None:
        self._record = record
        self._recording = recording

    def before(self, sql: str, *parameters: str) -> list[int]:
        after = max(0, self._record.seq - 1 - REACH)
        return self._recording.matching(self._condition(sql, parameters), after, self._record.seq - 1 - after)

    def after(self, sql: str, *parameters: str) -> list[int]:
        return self._recording.matching(self._condition(sql, parameters), self._record.seq, REACH)[:MOST]

    def _condition(self, sql: str, parameters: tuple[str, ...]) -> Condition:
        # The column that is compared makes a number of a parameter that is text.
        return Condition(f"connection = ? AND {sql}", (str(self._record.connection), *parameters))


def _fact(name: str) -> str:
    """The SQL for a fact, as text; NULL where the facts are no JSON."""
    return f"CASE WHEN json_valid(facts) THEN CAST(json_extract(facts, '$.{name}') AS TEXT) END"


def _carriers(record: Record, recording: Recorded) -> list[int]:
    """The exchange or the frame that took a packet along which had to wait."""
    sql = (
        "via = seq AND CASE WHEN json_valid(facts) THEN"
        " EXISTS (SELECT 1 FROM json_each(facts, '$.carries') WHERE CAST(value AS TEXT) = ?) END"
    )
    return _Search(record, recording).after(sql, str(record.seq))[:1]


def _packet(record: Record) -> SocketPacket | None:
    packet = engine_packet(record)
    return None if packet is None else socket_packet(packet)


def _answer(record: Record, search: _Search) -> Iterator[tuple[str, int]]:
    """The acknowledgement of an event."""
    if record.direction is Direction.OUT:
        found = search.after(f"kind = 'ack' AND direction = 'in' AND {_fact('emit')} = ?", str(record.seq))
    else:
        packet = _packet(record)
        if packet is None or packet.id is None:
            return
        sql = f"kind = 'ack' AND direction = 'out' AND {_fact('id')} = ? AND {_fact('namespace')} = ?"
        found = search.after(sql, str(packet.id), packet.namespace)
    for seq in found[:1]:
        yield _("answered by"), seq


def _question(record: Record, search: _Search) -> Iterator[tuple[str, int]]:
    """The event that an acknowledgement answers."""
    emit = whole(record.fact("emit"))
    if emit is not None:
        yield _("answers"), emit
        return
    packet = _packet(record)
    if packet is None or packet.id is None or record.direction is not Direction.OUT:
        return
    space = "" if packet.namespace == "/" else f"{packet.namespace},"
    heads = (f"2{space}{packet.id}[%", f"5_-{space}{packet.id}[%")
    sql = "kind = 'event' AND direction = 'in' AND (data LIKE ? OR data LIKE ?)"
    for seq in search.before(sql, *heads)[-1:]:
        yield _("answers"), seq


def _ping_or_pong(record: Record, search: _Search) -> Iterator[tuple[str, int]]:
    """The other of the two; of a probe also the upgrade that it led to."""
    engine = record.kind is Kind.ENGINE
    name = text(record, "packet") if engine else record.kind.value
    kind = f"kind = 'engine' AND {_fact('packet')}" if engine else "kind"
    other = Direction.IN if record.direction is Direction.OUT else Direction.OUT
    # A pong carries what its ping did: text in Engine.IO, bytes in a frame.
    same = f"{kind} = ? AND direction = ? AND hex(data) = ?"
    match name:
        case PacketType.PING | Kind.WS_PING:
            pong = PacketType.PONG if engine else Kind.WS_PONG
            for seq in search.after(same, pong.value, other.value, _hex(record.data))[:1]:
                yield _("answered by"), seq
        case PacketType.PONG | Kind.WS_PONG:
            ping = PacketType.PING if engine else Kind.WS_PING
            for seq in search.before(same, ping.value, other.value, _hex(record.data))[-1:]:
                yield _("answers"), seq
    if record.data == "probe" and name == PacketType.PONG:
        for seq in search.after("kind = 'upgrade'")[:1]:
            yield _("led to"), seq
    if name == PacketType.UPGRADE:
        for seq in search.before(f"{kind} = 'pong' AND data = 'probe'")[-1:]:
            yield _("after"), seq


def _hex(data: str | bytes | None) -> str:
    return (data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data or b"").hex().upper()


def _list(value: object) -> list[int]:
    numbers = [whole(each) for each in value] if isinstance(value, list | tuple) else []
    return [number for number in numbers[:MOST] if number is not None]
