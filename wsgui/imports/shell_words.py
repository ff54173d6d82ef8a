"""A command line -> its words, as a POSIX shell or Windows' ``cmd`` would split it. Nothing is expanded or run.

The developer tools of browsers copy a request as either. What a shell would work out (``$TOKEN``, ``$(…)``) stays as
it is written, and is told.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from wsgui.core.i18n import _
from wsgui.imports.imported import NotImportedError

_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "v": "\v"}
_ANSI = re.compile(r"\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|(.))", re.DOTALL)
_LIVE = re.compile(r"\$[A-Za-z_{(]|`")
_CMD = re.compile(r"\^[\"&|<>%\r\n]")


class Words(NamedTuple):
    """The words of the first command."""

    words: tuple[str, ...]
    live: tuple[str, ...]
    """Words in which a shell would have filled something in."""


def split(text: str, name: str) -> Words:
    """Raises :class:`NotImportedError` for a quote that is not closed."""
    return _split_cmd(text, name) if _CMD.search(text) else _split_posix(text, name)


def _split_posix(text: str, name: str) -> Words:
    words: list[str] = []
    live: list[str] = []
    word: list[str] | None = None
    is_live = False
    place = 0

    def end() -> None:
        nonlocal word, is_live
        if word is not None:
            words.append("".join(word))
            if is_live:
                live.append(words[-1])
        word, is_live = None, False

    while place < len(text):
        character = text[place]
        if character in " \t":
            end()
        elif character in "\n;|&" or (character == "#" and word is None):
            if words or word is not None:
                break
        elif character == "\\":
            place += 1
            following = text[place : place + 1]
            if following == "\r" and text[place + 1 : place + 2] == "\n":
                place += 1
            elif following not in ("\n", ""):
                word = _add(word if word is not None else [], following)
        elif character in "'\"" or text.startswith("$'", place):
            start = place + (2 if character == "$" else 1)
            body, place = _quoted(text, start, "ansi" if character == "$" else character, name)
            is_live |= character == '"' and _LIVE.search(body) is not None
            word = _add(word if word is not None else [], _unescaped(body, "ansi" if character == "$" else character))
            continue
        else:
            is_live |= _LIVE.match(text, place) is not None
            word = _add(word if word is not None else [], character)
        place += 1
    end()
    return Words(tuple(words), tuple(live))


def _add(word: list[str], part: str) -> list[str]:
    word.append(part)
    return word


def _quoted(text: str, start: int, kind: str, name: str) -> tuple[str, int]:
    """What stands in quotes from ``start`` on, and the place behind them."""
    closing = '"' if kind == '"' else "'"
    pattern = r"[^']*+" if kind == "'" else rf"(?:\\.|[^\\{closing}])*+"
    match = re.compile(pattern, re.DOTALL).match(text, start)
    assert match is not None
    if text[match.end() : match.end() + 1] != closing:
        line = text.count("\n", 0, start) + 1
        sentence = _("{name}, line {line}: a quote of the command is not closed.")
        raise NotImportedError(sentence.format(name=name, line=line))
    return match[0], match.end() + 1


def _unescaped(body: str, kind: str) -> str:
    if kind == "'":
        return body
    if kind == '"':
        return re.sub(r'\\([\\"$`])|\\\r?\n', lambda found: found[1] or "", body)

    def character(found: re.Match[str]) -> str:
        if found[1]:
            return chr(int(found[1], 8) & 0xFF)
        if code := found[2] or found[3]:
            return chr(int(code, 16))
        return _ESCAPES.get(found[4], found[4])

    return _ANSI.sub(character, body)


def _split_cmd(text: str, name: str) -> Words:
    """Carets away first, as ``cmd`` does; then words in double quotes, in which ``\\"`` is a quote."""
    plain = re.sub(r"\^\r?\n", " ", text)
    plain = re.sub(r"\^(.)", r"\1", plain, flags=re.DOTALL).strip()
    words = re.findall(r'(?:[^\s"]|"(?:\\.|[^\\"])*+")++', plain, re.DOTALL)
    if plain.replace('\\"', "").count('"') % 2:
        raise NotImportedError(
            _("{name}, line {line}: a quote of the command is not closed.").format(name=name, line=1)
        )
    return Words(tuple(re.sub(r'\\(["\\])|"', lambda found: found[1] or "", word) for word in words), ())
