"""A record decoded, as a tree: its packets, their parts, their arguments.

JSON is put in as the value itself. Whoever shows the tree unfolds it as far as somebody looks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from wsgui.core import javascript_json
from wsgui.core.close_codes import advise, close_code, explain
from wsgui.core.describe import frames_of, packet_of
from wsgui.core.engine_packets import EnginePacket, PacketType
from wsgui.core.i18n import N_, _, plural
from wsgui.core.records import Direction, Kind, Record
from wsgui.core.socket_packets import PacketError, SocketPacket, decode
from wsgui.core.wire.exchange import accept_key, handshake_problems
from wsgui.core.wire.facts import header, headers, text, whole
from wsgui.core.wire.frame_parts import opcode_name
from wsgui.core.wire.meaning import (
    LONG,
    Packets,
    engine_packet,
    engine_words,
    json_or_text,
    packet_text,
    raw_words,
    request_packets,
    response_packets,
    socket_packet,
    socket_words,
)


class Missing:
    """The type of :data:`NOTHING`."""


NOTHING = Missing()
"""Stands for no value where ``None`` is one: JSON's ``null``."""


class Later(NamedTuple):
    """A JSON value that is long: it is read when it is unfolded."""

    load: Callable[[], object]


class Item(NamedTuple):
    """A line of the tree: its label, what it says, and the lines below it or the JSON value to be unfolded."""

    label: str
    text: str = ""
    items: tuple[Item, ...] = ()
    value: object = NOTHING
    bad: bool = False


def decoded(record: Record) -> list[Item]:
    """The tree of a record; empty where there is nothing but bytes."""
    match record.kind:
        case Kind.HTTP:
            return _exchange(record)
        case Kind.WS_OPEN:
            return _handshake(record)
        case Kind.WS_CLOSE:
            return _close(record)
        case Kind.WS_MESSAGE | Kind.WS_PING | Kind.WS_PONG:
            return [*_message(record), *_frames(record)]
    packet = engine_packet(record)
    items = [] if packet is None else [_packet(packet, record.direction, _whole_packet(record, packet))]
    told = text(record, "text")
    if record.kind is Kind.ERROR and told:
        items.insert(0, Item(_("Problem"), f"{told} {text(record, 'description')}".rstrip(), _chain(record), bad=True))
        if came := raw_words(record):
            items.append(Item(_("What came"), came))
            if came.startswith("HTTP/"):
                items.append(Item(_("Look at"), _(HTTP_IN_STREAM)))
    return [*items, *_frames(record)]


def children(value: object) -> Iterator[Item]:
    """A JSON value unfolded by one level, item by item: there may be a million. Nothing for what has nothing in it."""
    if isinstance(value, Later):
        yield from children(value.load())
    elif isinstance(value, dict):
        yield from (Item(str(name), *_leaf(inner)) for name, inner in value.items())
    elif isinstance(value, list | tuple):
        yield from (Item(f"[{number}]", *_leaf(inner)) for number, inner in enumerate(value))


HTTP_IN_STREAM = N_(
    "An HTTP answer stands where a frame should be: somebody else answered on the same connection, too. A second "
    "“upgrade” listener of the server does that (another WebSocketServer, a dev proxy), and a proxy that reports an "
    "error. “Unsupported protocol version” is said to a client of Socket.IO 2 (EIO=3) by a newer server."
)
MOST_PACKETS = 500
"""Packets of a body that the tree lists."""
LONGEST_VALUE = 1000
"""Characters of a value that one line of the tree shows."""


def brief(value: object) -> str:
    """A JSON value in one line: of lists and objects the number of what is in them."""
    if isinstance(value, Later):
        return _("long: decoded when it is unfolded")
    if isinstance(value, dict):
        return plural("{{{n:,} entry}}", "{{{n:,} entries}}", len(value)).format(n=len(value)) if value else "{}"
    if isinstance(value, list | tuple):
        return plural("[{n:,} value]", "[{n:,} values]", len(value)).format(n=len(value)) if value else "[]"
    if isinstance(value, bytes):
        size = plural("{n:,} byte", "{n:,} bytes", len(value)).format(n=len(value))
        return f"<{size}: {value[:16].hex(' ')}{' …' if len(value) > 16 else ''}>"
    if isinstance(value, str) and len(value) > LONGEST_VALUE:
        more = _("… {n:,} more characters").format(n=len(value) - LONGEST_VALUE)
        return f"{javascript_json.dumps(value[:LONGEST_VALUE])} {more}"
    return javascript_json.dumps(value, default=str)


def _leaf(value: object) -> tuple[str, tuple[Item, ...], object]:
    return brief(value), (), value


def _exchange(record: Record) -> list[Item]:
    items = []
    sent, came = request_packets(record, MOST_PACKETS), response_packets(record, MOST_PACKETS)
    if error := text(record, "error"):
        items.append(Item(_("Failed"), error, _chain(record), bad=True))
    if sent.first:
        items.append(_packets(_("Sent"), sent, Direction.OUT))
    elif body := text(record, "request_body"):
        items.append(Item(_("Sent"), *_value(body)))
    if came.first:
        items.append(_packets(_("Received"), came, Direction.IN))
    elif record.data:
        items.append(Item(_("Received"), *_value(record.data)))
    return items


def _value(body: str | bytes) -> tuple[str, tuple[Item, ...], object]:
    if isinstance(body, bytes) and len(body) > LONG:
        return _leaf(body)
    if isinstance(body, str) and len(body) > LONG and body.lstrip()[:1] in ("[", "{"):
        return _leaf(Later(lambda: json_or_text(body)))
    return _leaf(json_or_text(body))


def _chain(record: Record) -> tuple[Item, ...]:
    """The chain of causes, one line each."""
    chain = record.fact("chain")
    rows = chain if isinstance(chain, list | tuple) else ()
    return tuple(Item(str(row[0]), str(row[1])) for row in rows if isinstance(row, list | tuple) and len(row) == 2)


def _packets(label: str, packets: Packets, direction: Direction) -> Item:
    count = plural("{n:,} packet", "{n:,} packets", packets.total).format(n=packets.total)
    items = [_packet(packet, direction, socket_packet(packet)) for packet in packets.first]
    if packets.total > len(packets.first):
        items.append(Item(_("… and {n:,} more packets").format(n=packets.total - len(packets.first))))
    return Item(label, count, tuple(items))


def _whole_packet(record: Record, packet: EnginePacket | None) -> SocketPacket | None:
    """The packet with its attachments in their places; of a long one what a glance tells."""
    if packet is None or packet.type is not PacketType.MESSAGE:
        return None
    return socket_packet(packet) if len(packet.data) > LONG else packet_of(record)


def _packet(packet: EnginePacket, direction: Direction, socket: SocketPacket | None) -> Item:
    words = engine_words(packet, direction) if socket is None else socket_words(socket, direction)
    label = _("Engine.IO {type}").format(type=packet.type.value)
    items = []
    if socket is not None:
        items += _socket_items(socket)
        if isinstance(packet.data, str) and len(packet.data) > LONG:
            data = packet.data
            items.append(Item(_("Data"), *_leaf(Later(lambda: _data_of(data)))))
    elif packet.data:
        items.append(Item(_("Data"), *_value(packet.data)))
    items.append(Item(_("As text"), packet_text(packet)[:LONGEST_VALUE]))
    return Item(label, words, tuple(items), bad=packet.type is PacketType.ERROR)


def _data_of(text: str) -> object:
    try:
        return decode(text).data
    except PacketError as error:
        return [str(error)]


def _socket_items(packet: SocketPacket) -> list[Item]:
    items = [
        Item(_("Socket.IO type"), f"{packet.type.value} {packet.type.name}"),
        Item(_("Namespace"), packet.namespace),
    ]
    if packet.id is not None:
        items.append(Item(_("Ack id"), str(packet.id)))
    if packet.is_event:
        items.append(Item(_("Event"), packet.event))
    if isinstance(packet.data, list):
        items += [
            Item(_("Argument {n}").format(n=number), *_leaf(value)) for number, value in enumerate(packet.args, 1)
        ]
    elif packet.data is not None:
        items.append(Item(_("Data"), *_leaf(packet.data)))
    if packet.attachments:
        items.append(Item(_("Attachments"), str(packet.attachments)))
    return items


def _message(record: Record) -> list[Item]:
    if record.data is None:
        return [Item(_("Message"), _("(empty)"))]
    return [Item(_("Message"), *_value(record.data))]


def _frames(record: Record) -> list[Item]:
    """The frames of a message, where it was not simply one."""
    heads = frames_of(record)
    items = []
    for number, head in enumerate(heads, 1):
        size = plural("{n:,} byte", "{n:,} bytes", head.size).format(n=head.size)
        words = [opcode_name(head.opcode), size]
        if head.rsv & 4:
            words.append(_("compressed"))
        if not head.fin:
            words.append(_("to be continued"))
        items.append(Item(_("Frame {n}").format(n=number), ", ".join(words)))
    if not items:
        return []
    count = plural("{n} frame", "{n} frames", len(items)).format(n=len(items))
    return [Item(_("Frames"), count, tuple(items))]


def _close(record: Record) -> list[Item]:
    code = whole(record.fact("code"))
    if code is None:
        return []
    valid = bool(record.fact("valid"))
    row = close_code(code)
    on_wire = code not in (1005, 1006) or not valid
    items = [
        Item(_("Close code"), f"{code} {_(row.name)}", bad=not valid),
        Item(_("Meaning"), explain(code)),
        Item(_("Who may send it"), _(row.sender)),
    ]
    if reason := text(record, "reason"):
        items.append(Item(_("Reason"), reason))
    if problem := " ".join(filter(None, (text(record, "name"), text(record, "problem")))):
        items.append(Item(_("Breaks a rule"), problem, bad=True))
    if advice := advise(code, on_wire=on_wire):
        items.append(Item(_("Look at"), advice))
    by_server = record.fact("by") == "server"
    items.append(Item(_("Sent by"), _("the server") if by_server else _("this client")))
    return items


def _handshake(record: Record) -> list[Item]:
    asked, answered = headers(record, "request_headers"), headers(record, "headers")
    items = []
    if error := text(record, "error"):
        items.append(Item(_("Failed"), error, _chain(record), bad=True))
    items += [Item(_("Problem"), problem, bad=True) for problem in handshake_problems(record)]
    key = header(asked, "sec-websocket-key")
    if key and answered:
        fits = header(answered, "sec-websocket-accept") == accept_key(key)
        items.append(Item(_("Key and Accept"), _("fit") if fits else _("do not fit"), bad=not fits))
    for label, name in (
        (_("Subprotocol"), "sec-websocket-protocol"),
        (_("Extensions"), "sec-websocket-extensions"),
    ):
        offered = header(asked, name) or _("none")
        agreed = header(answered, name) or _("none")
        items.append(Item(label, _("offered: {offered}; agreed: {agreed}").format(offered=offered, agreed=agreed)))
    if record.data:
        items.append(Item(_("Received"), *_value(record.data)))
    return items
