"""A record in full: its arguments pretty-printed, its headers, its raw text, bytes as hex."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from wsgui.core import javascript_json
from wsgui.core.describe import json_text, packet_of
from wsgui.core.i18n import N_, _
from wsgui.core.records import Record

BYTES_PER_LINE = 16
MOST_HEX_BYTES = 1 << 16
"""Bytes shown as hex; the recording has all of them."""

_TITLE = {
    "headers": N_("Response headers"),
    "request_headers": N_("Request headers"),
    "chain": N_("Chain of causes"),
}


class Section(NamedTuple):
    """One titled part of the details; ``text`` is plain, to be shown in a fixed-width font."""

    title: str
    text: str


def details(record: Record) -> tuple[Section, ...]:
    """All that is known of the record."""
    return tuple(_sections(record))


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
        lines = (f"{name:<{width}}  {_fact_text(value)}" for name, value in plain.items())
        yield Section(_("Facts"), "\n".join(lines))


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


def hex_lines(data: bytes) -> str:
    """Offset, sixteen bytes and their ASCII characters per line."""
    lines = []
    for start in range(0, min(len(data), MOST_HEX_BYTES), BYTES_PER_LINE):
        part = data[start : start + BYTES_PER_LINE]
        ascii_part = "".join(chr(byte) if 32 <= byte < 127 else "·" for byte in part)
        lines.append(f"{start:08x}  {part.hex(' '):<{BYTES_PER_LINE * 3}} {ascii_part}")
    if len(data) > MOST_HEX_BYTES:
        lines.append(_("… and {n} more bytes").format(n=len(data) - MOST_HEX_BYTES))
    return "\n".join(lines)
