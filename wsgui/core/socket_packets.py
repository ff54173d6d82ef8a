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
from wsgui.core.i18n import N_, _


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


RESERVED_EVENTS = frozenset(
    {"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"}
)
"""Event names that socket.io-parser refuses: a server that sends one gets the connection closed."""
MOST_ATTACHMENTS = 10
"""What socket.io-parser takes with one packet."""

_NAME_TYPES = (str, int, float)
"""As `str | int | float`, Python would build the union anew for each event."""
_UNKNOWN = N_("unknown packet type {number}: no Socket.IO packet begins with {start}")
_TOO_MANY = N_("announces {n} attachments; 1 to {most} are possible")
_HEAD = re.compile(r"(?:([0-4])|([56])(\d{1,9})-)(?:(/[^,]*)(?:,|$))?(\d+)?", re.ASCII)


def decode(text: str) -> SocketPacket:
    """Decode a packet with the attachments that follow it in ``text``, if any. Raises :class:`PacketError`."""
    text, *parts = text.split(SEPARATOR)
    head = _HEAD.match(text)
    if head is None:
        number = text[:1] if text[:1].isdecimal() else "NaN"  # as JavaScript says it
        raise PacketError(_(_UNKNOWN).format(number=number, start=repr(text[:10])))
    plain, binary, count, namespace, number = head.groups()
    kind = SocketType(int(plain or binary))
    attachments = int(count or 0)
    if binary and not 1 <= attachments <= MOST_ATTACHMENTS:
        raise PacketError(_(_TOO_MANY).format(n=attachments, most=MOST_ATTACHMENTS))
    data: object = None
    if body := text[head.end() :]:
        try:
            data = javascript_json.loads(body)
        except javascript_json.JsonError as error:
            raise PacketError(_("invalid payload: its JSON is broken: {why}").format(why=error)) from error
        _check(kind, data)
    if parts:
        try:
            data = _put_in(data, [decode_packet(part).data for part in parts])
        except RecursionError as error:
            raise PacketError(_("it is nested too deeply")) from error
    return SocketPacket(
        kind, (namespace or "/").partition("?")[0], int(number[:18]) if number else None, data, attachments
    )


def body_of(text: str) -> str:
    """The JSON in a packet without attachments, not decoded; empty where there is none."""
    head = _HEAD.match(text)
    return text[head.end() :] if head else ""


def check_event(data: object) -> None:
    """Demand a list that begins with a name or a number that is not reserved. Raises :class:`PacketError`."""
    name = data[0] if isinstance(data, list) and data else None
    if not isinstance(name, _NAME_TYPES) or isinstance(name, bool) or name in RESERVED_EVENTS:
        raise PacketError(_("invalid payload: {name} is no name for an event").format(name=repr(name)))


def _check(kind: SocketType, data: object) -> None:
    """What ``isPayloadValid`` of socket.io-parser demands. A packet without any payload passes there, too."""
    match kind:
        case SocketType.EVENT | SocketType.BINARY_EVENT:
            check_event(data)
            return
        case SocketType.ACK | SocketType.BINARY_ACK:
            fits = isinstance(data, list)
        case SocketType.CONNECT:
            fits = isinstance(data, dict)
        case SocketType.CONNECT_ERROR:
            fits = isinstance(data, str | dict)
        case SocketType.DISCONNECT:
            fits = False
    if not fits:
        raise PacketError(_("invalid payload: {kind} does not carry that").format(kind=kind.name))


def join_attachments(text: str, attachments: Sequence[bytes]) -> str:
    """The text of a binary packet together with its attachments."""
    packets = (encode_packet(EnginePacket(PacketType.MESSAGE, data), binary=False) for data in attachments)
    return SEPARATOR.join([text, *map(str, packets)])


def _put_in(value: object, attachments: Sequence[str | bytes]) -> object:
    """``value`` with each placeholder replaced by the attachment it names."""
    if isinstance(value, list):
        return [_put_in(item, attachments) for item in value]
    if isinstance(value, dict):
        if value.get("_placeholder") is True:
            number = value.get("num")
            if type(number) is int and 0 <= number < len(attachments):
                return attachments[number]
            raise PacketError(_("illegal attachments: there is no number {number}").format(number=repr(number)))
        return {key: _put_in(item, attachments) for key, item in value.items()}
    return value
