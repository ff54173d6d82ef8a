"""A record in full: its arguments pretty-printed, its headers, its raw text, bytes as hex.

A packet of megabytes is not decoded, for that takes seconds: its JSON is laid out as far as it is shown.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import NamedTuple

from wsgui.core import javascript_json
from wsgui.core.describe import json_text, packet_of
from wsgui.core.engine_packets import SEPARATOR, decode_packet
from wsgui.core.i18n import N_, _
from wsgui.core.json_layout import beginning, laid_out
from wsgui.core.records import Kind, Record
from wsgui.core.socket_packets import body_of
from wsgui.core.visible import lines

BYTES_PER_LINE = 16
MOST_HEX_BYTES = 1 << 15
"""Bytes shown as hex; the recording has all of them."""
LONG = 100_000
"""Characters or bytes of data from which on a packet is not decoded as a whole."""
_HEX_LINE = 12 + 4 * BYTES_PER_LINE
_AT_ONCE = 50_000
"""Characters in a piece of a long text."""
_EXCHANGES = (Kind.HTTP, Kind.WS_OPEN)

_TITLE = {
    "headers": N_("Response headers"),
    "request_headers": N_("Request headers"),
    "chain": N_("Chain of causes"),
}


class Section(NamedTuple):
    """One titled part of the details; ``text`` is plain, to be shown in a fixed-width font."""

    title: str
    text: str


class Beginning(NamedTuple):
    """The first part of a section."""

    title: str
    text: str
    more: int = 0
    """How many characters there are beyond these, as they were on the wire."""


class _Source(NamedTuple):
    """What a section of a long record is made of: JSON is still to be laid out."""

    title: str
    text: str
    is_json: bool = False


def details(record: Record) -> tuple[Section, ...]:
    """All that is known of the record, decoded."""
    return tuple(_sections(record))


def first_details(record: Record, most: int) -> tuple[Beginning, ...]:
    """The same for the eye: of each section at most so many characters, and only so much is decoded."""
    return tuple(_cut(source, most) for source in _sources(record, (most // _HEX_LINE - 1) * BYTES_PER_LINE))


def pieces(record: Record) -> Iterator[str]:
    """All sections one below the other, harmless to show, in pieces that each take little time to make."""
    for number, source in enumerate(_sources(record, MOST_HEX_BYTES)):
        yield "\n\n" * bool(number) + source.title + "\n"
        if source.is_json:
            yield from map(lines, _gathered(source.text))
        else:
            yield from map(lines, _chunks(source.text))


def is_long(record: Record) -> bool:
    """Whether it is too long to be decoded as a whole while somebody waits."""
    return record.data is not None and len(record.data) > LONG and record.kind not in _EXCHANGES


def _cut(source: _Source, most: int) -> Beginning:
    if source.is_json:
        return Beginning(source.title, *beginning(source.text, most))
    return Beginning(source.title, source.text[:most], max(0, len(source.text) - most))


def _gathered(json: str) -> Iterator[str]:
    """JSON laid out, its small pieces by the hundred."""
    laid = (piece for piece, _end in laid_out(json))
    while several := tuple(itertools.islice(laid, 200)):
        yield from _chunks("".join(several))


def _chunks(text: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        end = at + _AT_ONCE
        end += text[end - 1 : end + 1] == "\r\n"  # a line break stays whole
        yield text[at:end]
        at = end


def _sources(record: Record, most_bytes: int) -> Iterator[_Source]:
    """The sections, or of a long record those that can be told without decoding it; so many bytes of it as hex."""
    if not is_long(record):
        yield from (_Source(*section) for section in _sections(record))
        return
    data = record.data
    if isinstance(data, str):
        packet, *attachments = data.split(SEPARATOR)
        if body := body_of(packet) if record.kind is not Kind.WS_MESSAGE else _json_of(packet):
            yield _Source(_("Data"), body, is_json=True)
        for number, part in enumerate(attachments, 1):
            size = len(part.rstrip("=")) * 3 // 4 - (not part.startswith("b"))
            begun = decode_packet(part[: 1 + (most_bytes + 3) // 3 * 4]).data
            title = _("Binary {n}: {size} bytes").format(n=number, size=size)
            yield _Source(title, hex_lines(begun[:most_bytes], size) if isinstance(begun, bytes) else part)
    yield from (_Source(*section) for section in _facts(record))
    if isinstance(data, bytes):
        yield _Source(_("{size} bytes").format(size=len(data)), hex_lines(data[:most_bytes], len(data)))
    elif data:
        yield _Source(_("As it was on the wire"), data)


def _json_of(text: str) -> str:
    return text if text.lstrip()[:1] in ("{", "[") else ""


def _sections(record: Record) -> Iterator[Section]:
    attachments: list[bytes] = []
    packet = packet_of(record)
    if packet is not None and packet.args:
        for number, value in enumerate(packet.args, 1):
            title = _("Argument {n}").format(n=number) if len(packet.args) > 1 else _("Argument")
            yield Section(title, _pretty(value, attachments))
    elif packet is not None and packet.data is not None:
        yield Section(_("Data"), _pretty(packet.data, attachments))
    for number, data in enumerate(attachments, 1):
        yield Section(_("Binary {n}: {size} bytes").format(n=number, size=len(data)), hex_lines(data))
    yield from _facts(record)
    if isinstance(record.data, bytes):
        yield Section(_("{size} bytes").format(size=len(record.data)), hex_lines(record.data))
    elif record.data:
        yield Section(_("Body") if record.fact("status") else _("As it was on the wire"), record.data)


def _facts(record: Record) -> Iterator[Section]:
    plain = {}
    for name, value in (record.facts or {}).items():
        if name in ("headers", "request_headers", "chain") and (pairs := _pairs(value)):
            yield Section(_(_TITLE[name]), pairs)
        elif name == "request_body":
            yield Section(_("Request body"), str(value))
        else:
            plain[name] = value
    if plain:
        width = max(map(len, plain))
        rows = (f"{name:<{width}}  {_fact_text(value)}" for name, value in plain.items())
        yield Section(_("Facts"), "\n".join(rows))


def _pairs(value: object) -> str:
    """A line per pair; empty if ``value`` is no list of pairs."""
    if not isinstance(value, list) or not all(isinstance(pair, list | tuple) and len(pair) == 2 for pair in value):
        return ""
    return "\n".join(f"{name}: {text}" for name, text in value)


def _fact_text(value: object) -> str:
    return value if isinstance(value, str) else json_text(value)


def _pretty(value: object, attachments: list[bytes]) -> str:
    """JSON with two spaces of indent; bytes are named here and collected to be shown as hex."""

    def name_bytes(item: object) -> str:
        assert isinstance(item, bytes)
        attachments.append(item)
        return _("<binary {n}: {size} bytes>").format(n=len(attachments), size=len(item))

    if isinstance(value, bytes):
        return name_bytes(value)
    return javascript_json.dumps(value, default=name_bytes, indent=True)


def hex_lines(data: bytes, size: int | None = None) -> str:
    """Offset, sixteen bytes and their ASCII characters per line. ``size``: where ``data`` is only the beginning."""
    size = len(data) if size is None else size
    rows = []
    for start in range(0, min(len(data), MOST_HEX_BYTES), BYTES_PER_LINE):
        part = data[start : start + BYTES_PER_LINE]
        ascii_part = "".join(chr(byte) if 32 <= byte < 127 else "·" for byte in part)
        rows.append(f"{start:08x}  {part.hex(' '):<{BYTES_PER_LINE * 3}} {ascii_part}")
    if size > (shown := min(len(data), MOST_HEX_BYTES)):
        rows.append(_("… and {n} more bytes").format(n=size - shown))
    return "\n".join(rows)
