"""What stays when the same is done again: texts without session ids, ports and times; headers without those that
are new in each answer."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode

from wsgui.core.i18n import _
from wsgui.core.records import Record
from wsgui.core.redact import Redaction
from wsgui.core.wire.facts import address, headers

_CHANGING = frozenset(
    {
        *("date", "age", "expires", "last-modified", "etag", "content-length", "keep-alive", "host", "nel"),
        *("sec-websocket-key", "sec-websocket-accept", "x-runtime", "x-response-time", "x-timer", "server-timing"),
        *("cf-ray", "x-vercel-id", "x-served-by", "ratelimit", "ratelimit-remaining", "ratelimit-reset"),
        *("x-ratelimit-remaining", "x-ratelimit-reset", "report-to"),
    }
)
"""Headers that differ from one answer, request or host to the next."""
_CHANGING_PART = re.compile(r"request-?id|trace|correlation", re.IGNORECASE)
_CHANGING_QUERY = frozenset({"t", "sid"})
_VOLATILE = re.compile(
    r"""
    [0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}      # UUID
    | (?<=sid=)[\w-]+ | (?<=\bsid\s)[\w-]+
    | (?<=[?&]t=)[\w.-]+
    | \d{4}-\d\d-\d\d[T\s]\d\d:\d\d(?::\d\d)?(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?
    | \b\d\d:\d\d:\d\d(?:\.\d+)?\b
    | (?<=[\w\])]):\d{2,5}(?!\d)                                      # port
    | (?<=',\s)\d{2,5}(?=\))                                          # port, as Python writes an address
    | \b\d+(?:\.\d+)?(?=\s(?:ms|s|seconds)\b)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_COOKIE = re.compile(r"([^=;\s,]+)=[^;,]*")


def steady(text: str) -> str:
    """``text`` with an ellipsis in the place of what changes from run to run."""
    return _VOLATILE.sub("…", text)


def steady_headers(record: Record, name: str, redaction: Redaction) -> dict[str, str]:
    """The headers in that fact that can be compared, by their names in lower case; secrets taken out."""
    found: dict[str, str] = {}
    for header, value in headers(record, name):
        lower = header.lower()
        if lower in _CHANGING or _CHANGING_PART.search(lower):
            continue
        clean = redaction.text(f"{header}: {value}").partition(": ")[2]
        if lower in ("cookie", "set-cookie"):
            clean = _COOKIE.sub(lambda match: match[1], clean)
        found[lower] = f"{found[lower]}, {steady(clean)}" if lower in found else steady(clean)
    return found


def steady_target(record: Record, redaction: Redaction) -> tuple[str, str]:
    """The path and the query of an exchange, without what changes; the query's fields in the order of their names."""
    parts = address(record)
    try:
        pairs = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:  # more fields than the standard library reads
        return parts.path, _("(cannot be read)")
    kept = sorted((key, value) for key, value in pairs if key not in _CHANGING_QUERY and key != "transport")
    return parts.path, redaction.text("?" + urlencode(kept))[1:]
