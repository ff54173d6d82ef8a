"""Facts of a record in the form in which they can be used, or as nothing where they are something else."""

from __future__ import annotations

import math
from urllib.parse import SplitResult, parse_qs, urlsplit

from wsgui.core.records import Record

Headers = list[tuple[str, str]]


def text(record: Record, name: str) -> str:
    """A fact as text; empty where there is none."""
    value = record.fact(name)
    return "" if value is None else str(value)


def number(value: object) -> float | None:
    """A number that can be calculated with: not NaN, not infinite, not ``True``."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        result = float(value)
    except OverflowError:
        return None
    return result if math.isfinite(result) else None


def whole(value: object) -> int | None:
    """A whole number that a count, a code or a size can be."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 63 else None


def headers(record: Record, name: str) -> Headers:
    """The fact ``headers`` or ``request_headers``: pairs in the order of the wire."""
    rows = record.fact(name)
    pairs = rows if isinstance(rows, list | tuple) else ()
    return [(str(row[0]), str(row[1])) for row in pairs if isinstance(row, list | tuple) and len(row) == 2]


def header(pairs: Headers, name: str) -> str:
    """The value of a header whatever the case of its name; several are joined as RFC 9110 has it."""
    return ", ".join(value for key, value in pairs if key.lower() == name)


def address(record: Record) -> SplitResult:
    """The parts of the fact ``url``; empty parts where it is no URL."""
    try:
        return urlsplit(text(record, "url"))
    except ValueError:  # such as half an IPv6 address
        return urlsplit("")


def engine_version(record: Record) -> int | None:
    """The version of Engine.IO that the URL of an exchange names (``EIO=3``), or ``None`` where it names none."""
    try:
        values = parse_qs(address(record).query).get("EIO", [])
    except ValueError:  # more fields than the standard library reads
        return None
    return int(values[0]) if values and values[0] in ("3", "4") else None
