"""Engine.IO packets in the bodies of polling, by hand: protocol 4, and protocol 3, which Socket.IO 2 speaks.

A packet is ``str`` (its type and its text) or ``bytes``, which is always a message.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from typing import TypeAlias

EnginePacket: TypeAlias = str | bytes

_SEPARATOR = "\x1e"


class BrokenPayload(ValueError):  # noqa: N818 - says what happened
    """A body in which there are no packets."""


def encode(packets: Iterable[EnginePacket], protocol: int) -> bytes:
    """The body of an answer to a poll."""
    if protocol == 4:
        return _SEPARATOR.join(_as_text(packet, "b") for packet in packets).encode()
    texts = [_as_text(packet, "b4") for packet in packets]
    return "".join(f"{_units(text)}:{text}" for text in texts).encode()


def decode(body: bytes, protocol: int, content_type: str) -> list[EnginePacket]:
    """The packets of a POST. Raises :exc:`BrokenPayload`."""
    try:
        if protocol == 4:
            return [_from_text(part, "b") for part in body.decode().split(_SEPARATOR)]
        if content_type.startswith("application/octet-stream"):
            return list(_binary_parts(body))
        return [_from_text(part, "b4") for part in _text_parts(body.decode())]
    except (ValueError, binascii.Error) as error:
        raise BrokenPayload(str(error)) from error


def _as_text(packet: EnginePacket, mark: str) -> str:
    return packet if isinstance(packet, str) else mark + base64.b64encode(packet).decode()


def _from_text(text: str, mark: str) -> EnginePacket:
    return base64.b64decode(text.removeprefix(mark), validate=True) if text.startswith("b") else text


def _units(text: str) -> int:
    """The length as JavaScript counts it."""
    return len(text.encode("utf-16-le")) // 2


def _text_parts(text: str) -> Iterable[str]:
    units = text.encode("utf-16-le")
    place = 0
    while place < len(units):
        colon = units.index(b":\0", place)
        start = colon + 2
        place = start + 2 * int(units[place:colon].decode("utf-16-le"))
        yield units[start:place].decode("utf-16-le")


def _binary_parts(body: bytes) -> Iterable[EnginePacket]:
    place = 0
    while place < len(body):
        start = body.index(b"\xff", place) + 1
        size = int("".join(str(digit) for digit in body[place + 1 : start - 1]))
        content = body[start : start + size]
        # Bytes have their type as a byte of its own, which can only be 4: a message.
        yield content[1:] if body[place] else content.decode()
        place = start + size
