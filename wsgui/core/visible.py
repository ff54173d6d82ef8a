"""Text from a server, made harmless to show: what could hide, reorder or break the rest becomes a visible sign.

Without it a server could write a second log line into one event, turn text around, or colour a terminal.
"""

from __future__ import annotations

import unicodedata

HIDDEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Unicode categories of what is not seen: controls, bidi and other formats, lone surrogates, ends of lines."""


class _Signs(dict[int, str]):
    """For ``str.translate``: what stands for a character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if code < 0x20:
            sign = chr(0x2400 + code)
        elif code == 0x7F:
            sign = "␡"
        elif unicodedata.category(character) in HIDDEN:
            sign = f"⟨U+{code:04X}⟩"
        else:
            return character
        self[code] = sign
        return sign


class _Escapes(dict[int, str]):
    """The same in JSON, where what is not seen has a name of its own."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        units = character.encode("utf-16-be", "surrogatepass").hex()
        escape = "".join(f"\\u{units[place : place + 4]}" for place in range(0, len(units), 4))
        self[code] = sign = escape if unicodedata.category(character) in HIDDEN else character
        return sign


_JOINERS = {0x200C: "\u200c", 0x200D: "\u200d"}  # parts of emoji and of ordinary words in several scripts
_LINE = _Signs({0x0A: "⏎", **_JOINERS})
_JSON = _Escapes({0x0A: "\n", 0x09: "\t", **_JOINERS})
_LINES = _Signs({0x0A: "\n", 0x09: "\t", **_JOINERS})


def one_line(text: str, limit: int | None = None) -> str:
    """``text`` in one line; with ``limit`` cut to so many characters, the last of them then an ellipsis."""
    if limit is not None and len(text) > limit:
        text = text[: limit - 1] + "…"
    return text if text.isprintable() else text.translate(_LINE)


def lines(text: str) -> str:
    """``text`` whole, with its line breaks and tabs."""
    return text if text.isprintable() else text.replace("\r\n", "\n").translate(_LINES)


def json_text(text: str) -> str:
    """JSON that says the same, without characters that a terminal or an editor would obey."""
    return text if text.isprintable() else text.translate(_JSON)
