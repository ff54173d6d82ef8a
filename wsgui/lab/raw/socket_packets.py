"""Socket.IO packets by hand: protocol 5 (Socket.IO 3 and 4), and protocol 4 (Socket.IO 2), which differs in CONNECT."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

CONNECT, DISCONNECT, EVENT, ACK, CONNECT_ERROR, BINARY_EVENT, BINARY_ACK = range(7)

_FORM = re.compile(r"([0-6])(?:(\d+)-)?(?:(/[^,]*),?)?(\d+)?(.*)", re.DOTALL)


class BrokenPacket(ValueError):  # noqa: N818 - says what happened
    """A message that is no Socket.IO packet."""


@dataclass
class SocketPacket:
    """A packet; its bytes have been put into ``data`` when ``missing`` is 0."""

    type: int
    namespace: str = "/"
    data: object = None
    id: int | None = None
    missing: int = 0


def decode(text: str) -> SocketPacket:
    """The packet in a text message; ``missing`` tells how many attachments follow. Raises :exc:`BrokenPacket`."""
    match = _FORM.fullmatch(text)
    if match is None:
        raise BrokenPacket(text)
    kind, count, namespace, number, rest = match.groups()
    if int(kind) in (CONNECT, DISCONNECT) and namespace:
        namespace = namespace.partition("?")[0]
    try:
        data = json.loads(rest) if rest else None
    except ValueError as error:
        raise BrokenPacket(text) from error
    return SocketPacket(int(kind), namespace or "/", data, int(number) if number else None, int(count or 0))


def encode(packet: SocketPacket) -> list[str | bytes]:
    """The packet as messages: the text, then its attachments."""
    attachments: list[bytes] = []
    data = _without_bytes(packet.data, attachments)
    kind, count = packet.type, ""
    if attachments:
        kind = BINARY_EVENT if kind == EVENT else BINARY_ACK
        count = f"{len(attachments)}-"
    namespace = "" if packet.namespace == "/" else f"{packet.namespace},"
    number = "" if packet.id is None else str(packet.id)
    content = "" if data is None else json.dumps(data, separators=(",", ":"), ensure_ascii=False)
    return [f"{kind}{count}{namespace}{number}{content}", *attachments]


def with_bytes(data: object, attachments: Sequence[bytes]) -> object:
    """``data`` with the attachments in their places. Raises :exc:`BrokenPacket`."""
    if isinstance(data, list):
        return [with_bytes(item, attachments) for item in data]
    if isinstance(data, dict):
        if data.get("_placeholder") is True:
            place = data.get("num")
            if not isinstance(place, int) or not 0 <= place < len(attachments):
                raise BrokenPacket("no such attachment")
            return attachments[place]
        return {name: with_bytes(value, attachments) for name, value in data.items()}
    return data


def _without_bytes(data: object, attachments: list[bytes]) -> object:
    if isinstance(data, bytes):
        attachments.append(data)
        return {"_placeholder": True, "num": len(attachments) - 1}
    if isinstance(data, list | tuple):
        return [_without_bytes(item, attachments) for item in data]
    if isinstance(data, dict):
        return {name: _without_bytes(value, attachments) for name, value in data.items()}
    return data
