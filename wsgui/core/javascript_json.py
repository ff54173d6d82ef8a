"""JSON as JavaScript reads and writes it, at orjson's speed where orjson agrees.

orjson refuses what ``JSON.parse`` takes (lone surrogates, integers of any length); the standard library takes what
``JSON.parse`` refuses (``NaN``). So: orjson first, and the standard library, made stricter, for what it refuses.
Written text is always valid JSON and valid UTF-8: a lone surrogate is escaped, a number that is none is ``null``.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Sequence

import orjson

from wsgui.core.i18n import N_, _

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class JsonError(ValueError):
    """The text is no JSON. ``line`` and ``column`` count from 1."""

    def __init__(self, why: str, line: int, column: int) -> None:
        super().__init__(why)
        self.line = line
        self.column = column


_WORDS = (  # what Python's reader says
    N_("Expecting value"),
    N_("Expecting property name enclosed in double quotes"),
    N_("Expecting ':' delimiter"),
    N_("Expecting ',' delimiter"),
    N_("Illegal trailing comma before end of array"),
    N_("Illegal trailing comma before end of object"),
    N_("Unterminated string starting at"),
    N_("Invalid control character at"),
    N_("Invalid \\escape"),
    N_("Invalid \\uXXXX escape"),
    N_("Extra data"),
    N_("Unexpected UTF-8 BOM (decode using utf-8-sig)"),
)


def loads(text: str) -> object:
    """The value that ``text`` stands for. Raises :class:`JsonError`."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return _loads_slowly(text)


def _loads_slowly(text: str) -> object:
    def refuse(constant: str) -> object:
        raise JsonError(_("{constant} is no JSON").format(constant=constant), 1, 1)

    try:
        value: object = json.loads(text, parse_constant=refuse, parse_int=_integer)
    except json.JSONDecodeError as error:
        raise JsonError(_(error.msg), error.lineno, error.colno) from error
    except RecursionError as error:
        raise JsonError(_("nested too deeply"), 1, 1) from error
    return value


def _integer(digits: str) -> int | float:
    """As orjson reads it: JavaScript has one type of number, and Python refuses integers of more than 4,300 digits."""
    return int(digits) if len(digits) < 20 else float(digits)


def dumps(value: object, *, indent: bool = False, default: Callable[[object], str] | None = None) -> str:
    """``value`` as ``JSON.stringify`` writes it; ``default`` makes text of what JSON does not know."""
    option = orjson.OPT_NON_STR_KEYS | (orjson.OPT_INDENT_2 if indent else 0)
    try:
        return orjson.dumps(value, default=default, option=option).decode()
    except (TypeError, ValueError):
        return "".join(_dumps_slowly(value, indent, default))


def _dumps_slowly(value: object, indent: bool, default: Callable[[object], str] | None) -> Iterator[str]:
    """Without recursion: what a server nested as deeply as could be read must be possible to show."""
    waiting: list[str | tuple[object, int]] = [(value, 0)]
    while waiting:
        match waiting.pop():
            case str() as written:
                yield written
            case (dict() as entries, depth):
                names = [_atom(key if isinstance(key, str) else _atom(key, str), default) for key in entries]
                starts = [name + (": " if indent else ":") for name in names]
                waiting += _container("{}", starts, list(entries.values()), depth, indent)
            case (list() | tuple() as items, depth):
                waiting += _container("[]", [""] * len(items), list(items), depth, indent)
            case (atom, _):
                yield _atom(atom, default)


def _container(
    brackets: str, starts: Sequence[str], items: Sequence[object], depth: int, indent: bool
) -> list[str | tuple[object, int]]:
    """What is to be written for a list or an object, the last first."""
    if not items:
        return [brackets]
    line = "\n" + "  " * (depth + 1) if indent else ""
    parts: list[str | tuple[object, int]] = [brackets[0]]
    for number, (start, item) in enumerate(zip(starts, items, strict=True)):
        parts += [("," if number else "") + line + start, (item, depth + 1)]
    parts.append(line[:-2] + brackets[1])
    return parts[::-1]


def _atom(value: object, default: Callable[[object], str] | None) -> str:
    if isinstance(value, float) and not math.isfinite(value):
        return "null"
    text = json.dumps(value, ensure_ascii=False, default=default)
    return _LONE_SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
