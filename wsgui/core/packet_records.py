"""What an Engine.IO connection carried, read from its messages: kinds, data and facts as a session records them.

For messages that somebody else captured. It keeps in mind what a session would: attachments that are still to come,
and events that wait for their acknowledgement.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from wsgui.core import engine_packets, engine_packets_v3, msgpack_packets
from wsgui.core.engine_packets import EnginePacket, PacketType
from wsgui.core.i18n import _
from wsgui.core.javascript_json import JsonError, loads
from wsgui.core.records import Direction, Facts, Kind
from wsgui.core.socket_packets import PacketError, SocketPacket, SocketType, decode, join_attachments

_EVENTS = (SocketType.EVENT, SocketType.BINARY_EVENT)
_ACKS = (SocketType.ACK, SocketType.BINARY_ACK)


class Meaning(NamedTuple):
    """A record without its place: what it says."""

    kind: Kind
    direction: Direction
    data: str | bytes | None
    facts: Facts | None
    on_wire: bool = True


class _Asked(NamedTuple):
    event: str
    seq: int
    wall: float


class PacketRecords:
    """One connection. ``next_seq`` is asked for the number that the next record will have."""

    def __init__(self, *, engine3: bool, url: str) -> None:
        self._dialect = engine_packets_v3 if engine3 else engine_packets
        self._engine3 = engine3
        self.url = url
        """Of the transport in use, which the facts of what happens name."""
        self.sid = ""
        """The session id of the Engine.IO handshake, once it is known."""
        self._collecting: dict[Direction, tuple[str, int, list[bytes]]] = {}
        self._asked: dict[tuple[str, int, Direction], _Asked] = {}

    def payload(self, body: str | bytes) -> list[EnginePacket]:
        """The packets in the body of a polling exchange."""
        packets: list[EnginePacket] = self._dialect.decode_payload(body)
        return packets

    def message(self, data: str | bytes) -> EnginePacket:
        """The packet in a WebSocket message."""
        packet: EnginePacket = self._dialect.decode_packet(data)
        return packet

    def read(
        self, packet: EnginePacket, direction: Direction, transport: str, seq: int, wall: float
    ) -> Iterator[Meaning]:
        """What the packet is recorded as; ``seq`` is the number that the first record will have."""
        if packet.type is PacketType.MESSAGE:
            yield from self._message(packet.data, direction, transport, seq, wall)
            return
        facts = {"packet": packet.type.value, "transport": transport}
        yield Meaning(Kind.ENGINE, direction, packet.data or None, facts)
        here = {"transport": transport, "url": self.url}
        if packet.type is PacketType.OPEN:
            self._opened(packet.data)
            yield Meaning(Kind.TRANSPORT, Direction.NONE, None, here, on_wire=False)
        elif packet.type is PacketType.UPGRADE:
            yield Meaning(Kind.UPGRADE, Direction.NONE, None, here, on_wire=False)

    def _opened(self, data: str | bytes) -> None:
        try:
            handshake = loads(data) if isinstance(data, str) else None
        except JsonError:
            return  # the log shows it as it is
        if isinstance(handshake, dict):
            self.sid = str(handshake.get("sid") or "")

    def _message(
        self, data: str | bytes, direction: Direction, transport: str, seq: int, wall: float
    ) -> Iterator[Meaning]:
        try:
            whole = self._whole(data, direction)
            if whole is None:
                return
            packet = msgpack_packets.decode(whole) if isinstance(whole, bytes) else decode(whole)
        except PacketError as error:
            text = _("Not a Socket.IO packet: {why}").format(why=error)
            yield Meaning(Kind.ERROR, direction, data, {"text": text})
            return
        yield self._meaning(packet, whole, direction, transport, seq, wall)

    def _whole(self, data: str | bytes, direction: Direction) -> str | bytes | None:
        """A packet with its attachments; ``None`` as long as one is missing."""
        waiting = self._collecting.pop(direction, None)
        if isinstance(data, bytes):
            if waiting is None:
                return data  # of the msgpack parser
            text, count, parts = waiting
            parts.append(data)
            if len(parts) == count:
                return join_attachments(text, parts)
            self._collecting[direction] = waiting
            return None
        attachments = decode(data).attachments if data[:1] in ("5", "6") else 0
        if attachments:
            self._collecting[direction] = (data, attachments, [])
            return None
        return data

    def _meaning(
        self, packet: SocketPacket, data: str | bytes, direction: Direction, transport: str, seq: int, wall: float
    ) -> Meaning:
        incoming = direction is Direction.IN
        if packet.type in _EVENTS:
            if packet.id is not None:
                self._asked[packet.namespace, packet.id, direction] = _Asked(packet.event, seq, wall)
            return Meaning(Kind.EVENT, direction, data, None if packet.id is None or incoming else {"id": packet.id})
        if packet.type in _ACKS:
            return Meaning(Kind.ACK, direction, data, self._ack(packet, direction, wall))
        if incoming and packet.type is SocketType.CONNECT:
            sid = packet.data.get("sid") if isinstance(packet.data, dict) else None
            if self._engine3:  # Socket.IO 2 makes it of the engine's
                sid = self.sid if packet.namespace == "/" else f"{packet.namespace}#{self.sid}"
            facts = {"namespace": packet.namespace, "sid": str(sid or ""), "transport": transport, "url": self.url}
            return Meaning(Kind.CONNECT, direction, data, facts)
        if incoming and packet.type is SocketType.CONNECT_ERROR:
            refusal = packet.data if isinstance(packet.data, dict) else {"message": packet.data}
            said = {"text": str(refusal.get("message")), "data": refusal.get("data")}
            return Meaning(Kind.CONNECT_ERROR, direction, data, {"namespace": packet.namespace, **said})
        if incoming and packet.type is SocketType.DISCONNECT:
            return Meaning(
                Kind.DISCONNECT, direction, data, {"namespace": packet.namespace, "reason": "io server disconnect"}
            )
        return Meaning(Kind.ENGINE, direction, data, {"packet": "message", "transport": transport})

    def _ack(self, packet: SocketPacket, direction: Direction, wall: float) -> Facts:
        number = -1 if packet.id is None else packet.id
        other = Direction.OUT if direction is Direction.IN else Direction.IN
        asked = self._asked.pop((packet.namespace, number, other), None)
        facts: dict[str, object] = {"id": number, "namespace": packet.namespace}
        if asked is not None:
            facts["event"] = asked.event
            if direction is Direction.IN:
                facts |= {"emit": asked.seq, "rtt": wall - asked.wall}
        return facts
