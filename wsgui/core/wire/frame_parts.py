"""A frame explained bit by bit (RFC 6455, section 5.2), and what of it breaks a rule, with the name that ``ws`` has.

Made for whoever shows the bytes: each part says which bits it is, counted from the first of the frame.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from wsgui.core.close_codes import close_code, explain
from wsgui.core.i18n import N_, _, plural
from wsgui.core.records import Direction, Record
from wsgui.core.wire.facts import text
from wsgui.core.wire.frames import WireFrame, frames_on_wire
from wsgui.core.ws_close import read_close
from wsgui.core.ws_frames import Head, Opcode

OPCODE_NAME: Mapping[int, str] = MappingProxyType(
    {
        Opcode.CONTINUATION: N_("continuation"),
        Opcode.TEXT: N_("text"),
        Opcode.BINARY: N_("binary"),
        Opcode.CLOSE: N_("close"),
        Opcode.PING: N_("ping"),
        Opcode.PONG: N_("pong"),
    }
)
_LENGTH_16, _LENGTH_64 = 126, 127


class Part(NamedTuple):
    """Some bits of a frame: ``begin`` to ``end`` (not included), its name, its value, and what that means."""

    begin: int
    end: int
    name: str
    value: str
    meaning: str
    problem: str = ""
    """The rule that it breaks; empty if none."""


def opcode_name(opcode: int) -> str:
    """What an opcode is called."""
    return _(OPCODE_NAME[opcode]) if opcode in OPCODE_NAME else _("reserved {opcode}").format(opcode=opcode)


def frame_parts(frame: WireFrame, direction: Direction = Direction.NONE, *, may_compress: bool = True) -> list[Part]:
    """All parts of a frame, in order.

    ``direction`` tells whether it should be masked; ``may_compress``, whether compression was agreed for all we know.
    """
    head = frame.parsed
    if head is None:
        value = _("{n} bytes").format(n=frame.size)
        return [Part(0, 8 * frame.size, _("No frame"), value, _("What came is not long enough for a frame's head."))]
    return [*_first_byte(head, may_compress=may_compress), *_length(frame, head, direction), *_payload(frame, head)]


def _first_byte(head: Head, *, may_compress: bool) -> Iterator[Part]:
    control = head.opcode >= Opcode.CLOSE
    final = _("the last frame of its message") if head.fin else _("more frames of this message follow")
    wrong = "" if head.fin or not control else _("WS_ERR_EXPECTED_FIN: a control frame is never cut up.")
    yield Part(0, 1, "FIN", str(int(head.fin)), final, wrong)
    packed = _("says that the message is compressed (permessage-deflate)") if head.rsv & 4 else _("not compressed")
    wrong = ""
    if head.rsv & 4 and (control or head.opcode == Opcode.CONTINUATION):
        wrong = _("WS_ERR_UNEXPECTED_RSV_1: it may be set only in the first frame of a message.")
    elif head.rsv & 4 and not may_compress:
        wrong = _("WS_ERR_UNEXPECTED_RSV_1: it must be clear, for no compression was agreed.")
    yield Part(1, 2, "RSV1", str(head.rsv >> 2 & 1), packed, wrong)
    for place, name in ((1, "RSV2"), (0, "RSV3")):
        bit = head.rsv >> place & 1
        wrong = _("WS_ERR_UNEXPECTED_RSV_2_3: no extension that is in use sets it.") if bit else ""
        yield Part(3 - place, 4 - place, name, str(bit), _("reserved, always 0"), wrong)
    wrong = "" if head.opcode in OPCODE_NAME else _("WS_ERR_INVALID_OPCODE: the number has no meaning.")
    kind = _("{name}, a control frame") if control else _("{name}")
    yield Part(4, 8, "opcode", f"0x{head.opcode:x}", kind.format(name=opcode_name(head.opcode)), wrong)


def _length(frame: WireFrame, head: Head, direction: Direction) -> Iterator[Part]:
    wrong = ""
    if direction is Direction.IN and head.masked:
        wrong = _("WS_ERR_UNEXPECTED_MASK: a server does not mask.")
    elif direction is Direction.OUT and not head.masked:
        wrong = _("No masking key was recorded. A client must mask (else WS_ERR_EXPECTED_MASK).")
    told = _("a masking key follows") if head.masked else _("not masked")
    yield Part(8, 9, "MASK", str(int(head.masked)), told, wrong)
    short = frame.head[1] & 0x7F
    size = plural("{n:,} byte", "{n:,} bytes", head.size).format(n=head.size)
    wrong = ""
    if head.opcode >= Opcode.CLOSE and short > 125:
        wrong = _("WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH: a control frame holds 125 bytes at most.")
    if short < _LENGTH_16:
        yield Part(9, 16, _("length"), str(short), _("{size} of payload").format(size=size), wrong)
        end = 16
    else:
        bits = 16 if short == _LENGTH_16 else 64
        yield Part(9, 16, _("length"), str(short), _("the length stands in the next {n} bits").format(n=bits), wrong)
        end = 16 + bits
        wrong = ""
        if head.size < (_LENGTH_16 if bits == 16 else 1 << 16):
            wrong = _("The length is not in its shortest form, as RFC 6455 wants it.")
        elif head.size >= 1 << 63:
            wrong = _("The first of the 64 bits must be 0.")
        elif head.size >= 1 << 53:
            wrong = _("WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH: JavaScript counts to 2^53 - 1.")
        name = _("length, {n} bits").format(n=bits)
        yield Part(16, end, name, str(head.size), _("{size} of payload").format(size=size), wrong)
    if head.masked:
        yield Part(
            end,
            end + 32,
            _("masking key"),
            frame.head[-4:].hex(" "),
            _("each byte of the payload is XORed with one of these four in turn"),
        )


def _payload(frame: WireFrame, head: Head) -> Iterator[Part]:
    begin = 8 * len(frame.head)
    if head.opcode == Opcode.CLOSE and frame.clear is not None:
        yield from close_parts(frame.clear, begin)
        return
    if not head.size:
        return
    size = plural("{n:,} byte", "{n:,} bytes", head.size).format(n=head.size)
    end = begin + 8 * (len(frame.wire) if frame.wire is not None else 0)
    meaning = _("compressed") if head.rsv & 4 else _("UTF-8 text") if head.opcode == Opcode.TEXT else _("data")
    wrong = ""
    if frame.wire is None:
        meaning = _("the recording keeps the message, not these bytes of it")
    elif len(frame.wire) < head.size:
        wrong = _("Only {n:,} of them came.").format(n=len(frame.wire))
    yield Part(begin, end, _("payload"), size, meaning, wrong)


def record_parts(record: Record, version: int = 4) -> list[tuple[WireFrame, list[Part]]]:
    """The frames of a record, each with its parts. ``version`` of Engine.IO."""
    refused = text(record, "description") == "WS_ERR_UNEXPECTED_RSV_1"
    frames = frames_on_wire(record, version)
    return [(frame, frame_parts(frame, record.direction, may_compress=not refused)) for frame in frames]


def close_parts(payload: bytes, begin: int = 0) -> list[Part]:
    """The code and the reason of a close frame; ``begin``: the bit at which its payload begins."""
    close = read_close(payload)
    wrong = f"{close.violation.name}: {close.violation}" if close.violation else ""
    if not payload:
        return [Part(begin, begin, _("close code"), _("none"), explain(1005))]
    if len(payload) == 1:
        return [Part(begin, begin + 8, _("close code"), payload.hex(), _("one byte is no code"), wrong)]
    row = close_code(close.code)
    meaning = _("{meaning} Sent by {sender}.").format(meaning=explain(close.code), sender=_(row.sender))
    parts = [
        Part(begin, begin + 16, _("close code"), str(close.code), meaning, wrong),
    ]
    if len(payload) > 2:
        told = _("UTF-8 text, 123 bytes at most")
        parts.append(Part(begin + 16, begin + 8 * len(payload), _("reason"), close.reason, told))
    return parts
