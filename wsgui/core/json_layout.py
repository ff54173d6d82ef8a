"""JSON with line breaks and indents, made piece by piece: what is long is laid out as far as somebody looks.

Only brackets, commas and texts are told apart. Nothing is decoded as a whole, and what is no JSON stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wsgui.core import javascript_json

_TOKEN = re.compile(
    r"""("[^"\\]{0,1000}"|[^\[\]{},:"\s]{1,4000})\s{0,100}([,:]?)"""  # a short text or a word, and what follows it
    r"""|\s{1,4000}|[\[{]\s{0,100}[\]}]|[\[\]{},:"]"""
)
_DEEPEST = 50
"""Levels that have lines of their own; what is deeper goes on in its line, or it would be little but blanks."""


def laid_out(text: str) -> Iterator[tuple[str, int]]:
    """The text in pieces, each with the place in ``text`` behind what it shows."""
    at, depth = 0, 0
    line = _line(0)
    while token := _TOKEN.match(text, at):
        begin, at = at, token.end()
        if token[1]:
            separator = token[2]
            yield token[1] + ("," + line if separator == "," else ": " if separator else ""), at
            continue
        first = text[begin]
        if first in "[{":
            if at > begin + 1:
                yield first + text[at - 1], at
                continue
            depth += 1
            line = _line(depth)
            yield first + line, at
        elif first in "]}":
            depth = max(0, depth - 1)
            line = _line(depth)
            yield line + first, at
        elif first == ",":
            yield "," + line, at
        elif first == ":":
            yield ": ", at
        elif first == '"':
            at = _end_of_text(text, at)
            yield _readable(text[begin:at]), at


def beginning(text: str, most: int) -> tuple[str, int]:
    """At most so many characters of the text laid out, and how many of ``text`` are not in them."""
    pieces, size, seen = [], 0, 0
    for piece, place in laid_out(text[:most]):
        pieces.append(piece)
        size, seen = size + len(piece), place
        if size >= most:
            break
    return "".join(pieces)[:most], len(text) - seen


def _line(depth: int) -> str:
    return "\n" + "  " * depth if depth <= _DEEPEST else ""


def _end_of_text(text: str, begin: int) -> int:
    """Behind the quotation mark that ends the text in which ``begin`` is; the end of all if there is none."""
    at = begin
    while (found := text.find('"', at)) >= 0:
        slashes = found
        while slashes > begin and text[slashes - 1] == "\\":
            slashes -= 1
        at = found + 1
        if (found - slashes) % 2 == 0:
            return at
    return len(text)


def _readable(token: str) -> str:
    """A text with its escapes read, as far as JSON can be written without them."""
    if "\\" not in token:
        return token
    try:
        return javascript_json.dumps(javascript_json.loads(token))
    except javascript_json.JsonError:  # it is cut, or no JSON
        return token
