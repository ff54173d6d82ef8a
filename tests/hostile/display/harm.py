"""What must stand in no text that is shown or written: characters that hide, reorder, colour or begin a line."""

from __future__ import annotations

import unicodedata

_JOINERS = "\u200c\u200d"


def harmful(text: str, allowed: str = "") -> list[str]:
    """The characters of ``text`` that would be interpreted, but for those ``allowed``."""
    if text.isprintable():
        return []
    return sorted(
        {
            f"U+{ord(each):04X}"
            for each in text
            if each not in allowed
            and each not in _JOINERS
            and unicodedata.category(each) in ("Cc", "Cf", "Cs", "Zl", "Zp")
        }
    )
