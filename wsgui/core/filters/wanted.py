"""What is looked for in the log: all that was typed as one text, or a regular expression between slashes."""

from __future__ import annotations

import re
from typing import NamedTuple

from wsgui.core.filters.condition import Condition
from wsgui.core.filters.text import contains, found_by, regular


class Wanted(NamedTuple):
    """Which records have it, and where it is in a text that is shown."""

    condition: Condition
    pattern: re.Pattern[str]


def wanted(text: str) -> Wanted | None:
    """What ``text`` asks for, in any case; ``None`` if it is empty. Raises :class:`FilterError`."""
    if not text:
        return None
    if expression := re.fullmatch(r"/(.+)/i?", text, re.DOTALL):
        pattern = regular(expression[1], folding=True)
        return Wanted(found_by(pattern), pattern)
    return Wanted(contains(text.encode(errors="backslashreplace").decode()), re.compile(re.escape(text), re.IGNORECASE))
