"""All bytes of a row of the wire, and which of them are what."""

from __future__ import annotations

from typing import NamedTuple

from wsgui.core.i18n import _, plural
from wsgui.core.records import Record
from wsgui.core.wire.exchange import request_bytes, response_bytes
from wsgui.core.wire.frame_parts import Part, opcode_name, record_parts
from wsgui.core.wire.frames import EXCHANGES, WireFrame


class Bytes(NamedTuple):
    """What went over the wire. The bits of each part are counted from the first byte of ``data``."""

    data: bytes
    groups: tuple[tuple[str, tuple[Part, ...]], ...]
    """A title (a frame, the request, the answer), and its parts."""
    missing: str = ""
    """Why these are not all bytes; empty if they are."""


def wire_bytes(record: Record, version: int = 4) -> Bytes:
    """The bytes of an exchange or of the frames of a record. ``version`` of Engine.IO."""
    return _exchange(record) if record.kind in EXCHANGES else _frames(record, version)


def _exchange(record: Record) -> Bytes:
    request, answer = request_bytes(record), response_bytes(record)
    groups = [(_("Request"), _halves(request, 0))]
    if answer:
        groups.append((_("Answer"), _halves(answer, len(request))))
    return Bytes(request + answer, tuple(groups))


def _halves(data: bytes, at: int) -> tuple[Part, ...]:
    """The head and the body."""
    end = data.find(b"\r\n\r\n")
    length = end + 4 if end >= 0 else len(data)
    parts = [Part(8 * at, 8 * (at + length), _("Head"), _size(length), _("first line and headers"))]
    if length < len(data):
        left = len(data) - length
        parts.append(Part(8 * (at + length), 8 * (at + len(data)), _("Body"), _size(left), ""))
    return tuple(parts)


def _frames(record: Record, version: int) -> Bytes:
    data: list[bytes] = []
    groups: list[tuple[str, tuple[Part, ...]]] = []
    at, missing = 0, ""
    for number, (frame, parts) in enumerate(record_parts(record, version), 1):
        groups.append((_title(number, frame), tuple(_moved(part, 8 * at) for part in parts)))
        data += [frame.head, frame.wire or b""]
        at += len(frame.head) + len(frame.wire or b"")
        if frame.wire is None and frame.size:
            missing = _("The recording keeps the message, not the bytes of its payload on the wire.")
    return Bytes(b"".join(data), tuple(groups), missing)


def _title(number: int, frame: WireFrame) -> str:
    head = frame.parsed
    name = opcode_name(head.opcode) if head else _("broken")
    return _("Frame {n}: {name}, {size}").format(n=number, name=name, size=_size(len(frame.head) + frame.size))


def _moved(part: Part, bits: int) -> Part:
    return part._replace(begin=part.begin + bits, end=part.end + bits)


def _size(count: int) -> str:
    return plural("{n:,} byte", "{n:,} bytes", count).format(n=count)
