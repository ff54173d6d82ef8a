"""Whether a text that came into the URL field at once is no URL but something to import. Light: the window needs it."""

from __future__ import annotations

import re

_NO_URL = re.compile(
    r"\s*(?:[$>%]\s+)?curl(?:\.exe)?\s|\s*wsgui:|\s*\{|\b(?:io|Manager|WebSocket)\s*(?:<[^<>()]{0,200}>)?\s*\(|^\s*[A-Z_]+_URL\s*="
)
_LOOKED_AT = 20_000
"""Characters."""


def is_for_import(text: str) -> bool:
    """A ``curl`` command, a snippet, a link, an export, a line of a ``.env`` file."""
    return _NO_URL.search(text[:_LOOKED_AT]) is not None
