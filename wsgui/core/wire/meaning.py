"""What Engine.IO and Socket.IO mean by a packet, in words, and which packets there are in a body or a frame."""

from __future__ import annotations

import re
from typing import NamedTuple

from wsgui.core import engine_packets, engine_packets_v3, javascript_json
from wsgui.core.close_codes import explain
from wsgui.core.engine_packets import SEPARATOR, EnginePacket, PacketType
from wsgui.core.i18n import _, plural
from wsgui.core.msgpack_packets import decode as decode_msgpack
from wsgui.core.records import Direction, Kind, Record
from wsgui.core.socket_packets import PacketError, SocketPacket, SocketType, decode
from wsgui.core.wire.facts import engine_version, number, text, whole
from wsgui.core.wire.frames import stream_of

MOST_NAMED = 3
"""Packets of a body that its one line names; the others are counted."""
PROBE = "probe"
LONG = 500_000
"""Characters beyond which a packet's JSON is decoded only if somebody unfolds it."""
_BEGINNING = re.compile(r"""(\d(?:\d*-)?(?:/[^,]*,)?\d*)(?:\[("(?:[^"\\]|\\.)*"))?""", re.DOTALL | re.ASCII)
_MSGPACK_ID, _MSGPACK_HEAD = b"\xa2id", 100
"""The key of the id in MessagePack, and how many bytes from either end it stands: beside the long data."""
LONGEST_STREAM = 300
"""Bytes shown of what broke the rules: enough for the status line of an answer that stands in a WebSocket."""


class Packets(NamedTuple):
    """The first packets of a polling body, and how many there are in all."""

    first: list[EnginePacket]
    total: int


NO_PACKETS = Packets([], 0)


def packets_in(body: object, version: int, most: int) -> Packets:
    """The Engine.IO packets in a polling body, ``most`` of them at most; none in an empty one."""
    if not isinstance(body, str | bytes) or not body:
        return NO_PACKETS
    if version == 3:
        packets = engine_packets_v3.decode_payload(body)
        return Packets(packets[:most], len(packets))
    text = body if isinstance(body, str) else body.decode("utf-8", "replace")
    count = text.count(SEPARATOR) + 1
    if count > most:
        text = SEPARATOR.join(text.split(SEPARATOR, most)[:most])
    packets = engine_packets.decode_payload(text)
    return Packets(packets, count if packets[-1].type is not PacketType.ERROR else len(packets))


def request_packets(record: Record, most: int) -> Packets:
    """What a polling request sent, if it was one."""
    version = engine_version(record)
    if version is None or record.kind is not Kind.HTTP:
        return NO_PACKETS
    return packets_in(record.fact("request_body"), version, most)


def response_packets(record: Record, most: int) -> Packets:
    """What a polling request brought, if it was one and the server took it. The answer to a POST is only “ok”."""
    version = engine_version(record)
    if version is None or record.kind is not Kind.HTTP or record.fact("status") != 200:
        return NO_PACKETS
    if record.fact("method") != "GET":
        return NO_PACKETS
    return packets_in(record.data, version, most)


def socket_packet(packet: EnginePacket) -> SocketPacket | None:
    """The Socket.IO packet that a message carries; ``None`` for an attachment, and for what is none.

    A long one is not decoded but glanced at: what it is called is in it, and no argument. Of MessagePack, where a
    glance tells nothing, none comes out.
    """
    if packet.type is not PacketType.MESSAGE:
        return None
    if isinstance(packet.data, bytes) and len(packet.data) > LONG:
        return None
    try:
        if isinstance(packet.data, str):
            return decode(packet.data if len(packet.data) <= LONG else _glance(packet.data))
        return decode_msgpack(packet.data)
    except PacketError:
        return None


def _glance(data: str) -> str:
    """The packet without its arguments."""
    found = _BEGINNING.match(data[:LONG])
    if found is None:
        return data[:LONG]
    return found[1] + (f"[{found[2]}]" if found[2] else "[]" if data[found.end() : found.end() + 1] == "[" else "{}")


def ack_is_asked(record: Record) -> bool:
    """Whether the packet of a record, however long, has an id: an event that has one asks for an acknowledgement."""
    data = record.data
    if isinstance(data, bytes) and len(data) > LONG:
        return _MSGPACK_ID in data[:_MSGPACK_HEAD] or _MSGPACK_ID in data[-_MSGPACK_HEAD:]
    packet = socket_packet(EnginePacket(PacketType.MESSAGE, data)) if data else None
    return packet is not None and packet.id is not None


def engine_packet(record: Record) -> EnginePacket | None:
    """The Engine.IO packet of a record that was a frame, or that an exchange brought; ``None`` for all others."""
    match record.kind:
        case Kind.ENGINE:
            name = text(record, "packet")
            kind = PacketType(name) if name in list(PacketType) else PacketType.ERROR
            return EnginePacket(kind, record.data or "")
        case Kind.EVENT | Kind.ACK | Kind.CONNECT | Kind.CONNECT_ERROR | Kind.DISCONNECT | Kind.NOTE if record.data:
            return EnginePacket(PacketType.MESSAGE, record.data)
        case Kind.ERROR if isinstance(record.data, str):
            return EnginePacket(PacketType.MESSAGE, record.data)
    return None


def engine_words(packet: EnginePacket, direction: Direction) -> str:
    """What an Engine.IO packet says; ``direction`` tells who says it."""
    out = direction is Direction.OUT
    probe = packet.data == PROBE
    match packet.type:
        case PacketType.OPEN:
            return _open_words(packet.data)
        case PacketType.CLOSE:
            return _("the session ends")
        case PacketType.PING if probe:
            return _("the client asks whether the WebSocket works")
        case PacketType.PONG if probe:
            return _("the server answers the probe: the WebSocket works")
        case PacketType.PING:
            asks = _("the client asks whether the server is still there")
            return asks if out else _("the server asks whether the client is still there")
        case PacketType.PONG:
            return _("the client is still there") if out else _("the server is still there")
        case PacketType.UPGRADE:
            return _("the client moves to the WebSocket")
        case PacketType.NOOP:
            return _("nothing: it ends a poll that waits")
        case PacketType.ERROR:
            return _("not an Engine.IO packet")
    socket = socket_packet(packet)
    if socket is not None:
        return socket_words(socket, direction)
    if isinstance(packet.data, bytes):
        text = _("binary message, {size}") if len(packet.data) > LONG else _("attachment, {size}")
        return text.format(size=_bytes(len(packet.data)))
    return _("a message that is no Socket.IO packet")


def socket_words(packet: SocketPacket, direction: Direction) -> str:
    """What a Socket.IO packet says."""
    out = direction is Direction.OUT
    match packet.type:
        case SocketType.CONNECT:
            if out:
                auth = _("with auth") if packet.data else ""
                return _("asks to join {namespace} {auth}").format(namespace=packet.namespace, auth=auth).rstrip()
            return _("joined {namespace}").format(namespace=packet.namespace)
        case SocketType.DISCONNECT:
            return _("leaves {namespace}").format(namespace=packet.namespace)
        case SocketType.CONNECT_ERROR:
            return _("{namespace} is refused").format(namespace=packet.namespace)
        case SocketType.ACK | SocketType.BINARY_ACK:
            text = _("ack {id} in {namespace}").format(id=packet.id, namespace=packet.namespace)
        case SocketType.EVENT | SocketType.BINARY_EVENT:
            text = _("event `{event}` in {namespace}").format(event=packet.event, namespace=packet.namespace)
            if packet.id is not None:
                text = _("{event}, ack {id} asked").format(event=text, id=packet.id)
    if packet.attachments:
        count = plural("{n} attachment", "{n} attachments", packet.attachments).format(n=packet.attachments)
        text = f"{text}, {count}"
    return text


def record_words(record: Record) -> str:
    """What a record means to Engine.IO and Socket.IO; empty where they do not come into it."""
    if record.kind is Kind.HTTP:
        sent, came = request_packets(record, MOST_NAMED), response_packets(record, MOST_NAMED)
        words = [_list(sent, Direction.OUT), _list(came, Direction.IN)]
        return "; ".join(filter(None, words))
    if stream_of(record) is not None:
        return " ".join(filter(None, (text(record, "description"), text(record, "text"))))
    if record.kind is Kind.WS_CLOSE:
        code = whole(record.fact("code"))
        return "" if code is None else f"{code} {explain(code)}"
    packet = engine_packet(record)
    if packet is None:
        return ""
    return engine_words(packet, record.direction)


def raw_words(record: Record) -> str:
    """The text of a frame's message as it is on the wire; of bytes their number. Empty for an exchange."""
    if record.kind in (Kind.HTTP, Kind.WS_OPEN):
        return ""
    if record.kind is Kind.WS_CLOSE:
        return text(record, "reason")
    if (stream := stream_of(record)) is not None:
        return stream[:LONGEST_STREAM].decode("latin-1")
    packet = engine_packet(record)
    data = packet.data if packet is not None else record.data
    if isinstance(data, bytes):
        return _printable(data) if record.kind in (Kind.WS_PING, Kind.WS_PONG) else _bytes(len(data))
    if packet is None or packet.type is PacketType.ERROR:
        return data or ""
    return str(engine_packets.encode_packet(packet)).split(engine_packets.SEPARATOR, 1)[0]


def _open_words(data: str | bytes) -> str:
    try:
        value = javascript_json.loads(data if isinstance(data, str) else data.decode("utf-8", "replace"))
    except javascript_json.JsonError:
        value = None
    if not isinstance(value, dict):
        return _("the session opens, with a handshake that is no JSON object")
    parts = [_("the session opens")]
    interval = number(value.get("pingInterval"))
    if interval is not None:
        parts.append(_("ping every {seconds:g} s").format(seconds=interval / 1000))
    upgrades = value.get("upgrades")
    if isinstance(upgrades, list):
        names = ", ".join(map(str, upgrades))
        parts.append(_("upgrades: {names}").format(names=names) if names else _("no upgrade"))
    return ", ".join(parts)


def _list(packets: Packets, direction: Direction) -> str:
    words = [engine_words(packet, direction) for packet in packets.first]
    if packets.total > len(packets.first):
        words.append(_("{n:,} more packets").format(n=packets.total - len(packets.first)))
    return " + ".join(words)


def _bytes(count: int) -> str:
    return plural("{n:,} byte", "{n:,} bytes", count).format(n=count)


def _printable(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.hex(" ")


def packet_text(packet: EnginePacket) -> str:
    """A packet as text, as it stands in a payload of protocol 4; of bytes their number."""
    if isinstance(packet.data, bytes):
        return _bytes(len(packet.data))
    if packet.type is PacketType.ERROR:
        return packet.data
    return str(engine_packets.encode_packet(packet))


def json_or_text(body: str | bytes | None) -> object:
    """The JSON value of a body; the body itself where it is none."""
    if not isinstance(body, str) or body.lstrip()[:1] not in tuple('{["0123456789-tfn'):
        return body
    try:
        return javascript_json.loads(body)
    except javascript_json.JsonError:
        return body
