"""The two parsers of the option ``parser``: Socket.IO packets to and from what the engine carries."""

from __future__ import annotations

from typing import NamedTuple
from typing import Protocol as Interface

from socketio.packet import Packet

from wsgui.core import javascript_json, msgpack_packets
from wsgui.core.i18n import _
from wsgui.core.socket_packets import PacketError, SocketPacket, decode, join_attachments


class Encoded(NamedTuple):
    """A packet on its way: what the record keeps, and the messages of the engine that carry it."""

    record: str | bytes
    messages: list[str | bytes]


class Parser(Interface):
    """``feed`` returns a packet and what the record keeps of it, once it is whole; it raises :class:`PacketError`."""

    def encode(self, packet: SocketPacket) -> Encoded: ...
    def feed(self, data: str | bytes) -> tuple[SocketPacket, str | bytes] | None: ...
    @property
    def takes_plain_text(self) -> bool:
        """Whether the next text is a packet of its own."""


class JavaScriptJson:
    """The module that python-socketio's packets write their JSON with."""

    @staticmethod
    def dumps(value: object, **_formatting: object) -> str:
        return javascript_json.dumps(value)


class JavaScriptPacket(Packet):  # type: ignore[misc] # python-socketio has no type information
    """Packets with that JSON; the library's own ``json=`` argument would change every client of the process."""

    json = JavaScriptJson


class TextParser:
    """``socket.io-parser``: JSON, and each binary attachment in a message of its own behind it."""

    def __init__(self) -> None:
        self._collecting: tuple[str, int, list[bytes]] | None = None

    @property
    def takes_plain_text(self) -> bool:
        return self._collecting is None

    def encode(self, packet: SocketPacket) -> Encoded:
        whole = JavaScriptPacket(packet.type, packet.data, packet.namespace, packet.id).encode()
        text, *parts = whole if isinstance(whole, list) else [whole]
        return Encoded(join_attachments(text, parts), [text, *parts])

    def feed(self, data: str | bytes) -> tuple[SocketPacket, str | bytes] | None:
        if isinstance(data, bytes):
            return self._attachment(data)
        if self._collecting is not None:
            self._collecting = None  # what comes now begins anew
            raise PacketError("got plaintext data when reconstructing a packet")
        packet = decode(data)
        if packet.attachments:
            self._collecting = (data, packet.attachments, [])
            return None
        return packet, data

    def _attachment(self, data: bytes) -> tuple[SocketPacket, str] | None:
        if self._collecting is None:
            raise PacketError("got binary data when not reconstructing a packet")
        text, count, parts = self._collecting
        parts.append(data)
        if len(parts) < count:
            return None
        self._collecting = None
        whole = join_attachments(text, parts)
        return decode(whole), whole


class MsgpackParser:
    """``socket.io-msgpack-parser``: every packet is one binary message."""

    takes_plain_text = False

    def encode(self, packet: SocketPacket) -> Encoded:
        data = msgpack_packets.encode(packet)
        return Encoded(data, [data])

    def feed(self, data: str | bytes) -> tuple[SocketPacket, str | bytes]:
        if isinstance(data, str):
            raise PacketError(_("it is text, and the parser is msgpack"))
        return msgpack_packets.decode(data), data


def make_parser(name: object) -> Parser:
    """The parser that the option names."""
    return MsgpackParser() if name == "msgpack" else TextParser()
