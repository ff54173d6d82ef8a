"""Socket.IO protocol 5 as text: ``<type>[<attachments>-][<namespace>,][<ack id>][JSON]``.

A codec without input or output. A binary packet and its attachments are kept together in one text, written as
the Engine.IO payload they would travel in over polling (``51-["file",{...}]␞bAQID``): one record, one string.

https://github.com/socketio/socket.io-protocol
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from wsgui.core import javascript_json
from wsgui.core.engine_packets import SEPARATOR, EnginePacket, PacketType, decode_packet, encode_packet


class SocketType(IntEnum):
    """The packet types by their digit."""

    CONNECT = 0
    DISCONNECT = 1
    EVENT = 2
    ACK = 3
    CONNECT_ERROR = 4
    BINARY_EVENT = 5
    BINARY_ACK = 6


class SocketPacket(NamedTuple):
    """One decoded packet; ``data`` is the JSON value (attachments put in their places), ``None`` if there is none."""

    type: SocketType
    namespace: str = "/"
    id: int | None = None
    data: object = None
    attachments: int = 0

    @property
    def event(self) -> str:
        """The event's name, or an empty text where the packet is no event."""
        return str(self.data[0]) if isinstance(self.data, list) and self.data and self.is_event else ""

    @property
    def args(self) -> list[object]:
        """The arguments of an event or an acknowledgement."""
        if not isinstance(self.data, list):
            return []
        return self.data[1:] if self.is_event else self.data

    @property
    def is_event(self) -> bool:
        return self.type in (SocketType.EVENT, SocketType.BINARY_EVENT)


class PacketError(ValueError):
    """The text is no Socket.IO packet; the message says why."""


_HEAD = re.compile(r"([0-6])(?:(\d+)-)?(?:(/[^,]*)(?:,|$))?(\d+)?", re.ASCII)


def decode(text: str) -> SocketPacket:
    """Decode a packet with the attachments that follow it in ``text``, if any. Raises :class:`PacketError`."""
    text, *parts = text.split(SEPARATOR)
    head = _HEAD.match(text)
    if head is None:
        raise PacketError(f"starts with {text[:10]!r}, which is no Socket.IO packet type")
    digit, count, namespace, number = head.groups()
    kind = SocketType(int(digit))
    data: object = None
    if body := text[head.end() :]:
        try:
            data = javascript_json.loads(body)
        except javascript_json.JsonError as error:
            raise PacketError(f"its JSON is broken: {error}") from error
    if kind in (SocketType.EVENT, SocketType.BINARY_EVENT) and not (isinstance(data, list) and data):
        raise PacketError("an event must carry a list with its name")
    if parts:
        data = _put_in(data, [decode_packet(part).data for part in parts])
    return SocketPacket(
        kind,
        (namespace or "/").partition("?")[0],
        int(number[:18]) if number else None,
        data,
        int(count[:4] if count else 0),
    )


def join_attachments(text: str, attachments: Sequence[bytes]) -> str:
    """The text of a binary packet together with its attachments."""
    packets = (encode_packet(EnginePacket(PacketType.MESSAGE, data), binary=False) for data in attachments)
    return SEPARATOR.join([text, *map(str, packets)])


def _put_in(value: object, attachments: Sequence[str | bytes]) -> object:
    """``value`` with each placeholder replaced by the attachment it names; one that names none is left."""
    if isinstance(value, list):
        return [_put_in(item, attachments) for item in value]
    if isinstance(value, dict):
        number = value.get("num")
        if value.get("_placeholder") is True and isinstance(number, int) and 0 <= number < len(attachments):
            return attachments[number]
        return {key: _put_in(item, attachments) for key, item in value.items()}
    return value
