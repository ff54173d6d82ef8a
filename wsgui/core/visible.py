"""Text from a server, made harmless to show: control and direction characters become visible signs.

Without it a server could write a second log line into one event, turn text around, or colour a terminal.
"""

from __future__ import annotations

import re

_PICTURES = {code: 0x2400 + code for code in range(32)} | {0x7F: 0x2421}
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def make_visible(text: str) -> str:
    """``text`` on one line, with a sign in the place of everything that would not be seen or would act."""
    return _UNSEEN.sub(_sign, text)


def _sign(match: re.Match[str]) -> str:
    code = ord(match[0])
    return chr(_PICTURES[code]) if code in _PICTURES else f"⟨U+{code:04X}⟩"
