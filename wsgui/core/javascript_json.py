"""JSON as JavaScript reads and writes it, at orjson's speed where orjson agrees.

orjson refuses what ``JSON.parse`` takes (lone surrogates, integers of any length); the standard library takes what
``JSON.parse`` refuses (``NaN``). So: orjson first, and the standard library, made stricter, for what it refuses.
"""

from __future__ import annotations

import json
from collections.abc import Callable

import orjson


class JsonError(ValueError):
    """The text is no JSON. ``line`` and ``column`` count from 1."""

    def __init__(self, why: str, line: int, column: int) -> None:
        super().__init__(why)
        self.line = line
        self.column = column


def loads(text: str) -> object:
    """The value that ``text`` stands for. Raises :class:`JsonError`."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return _loads_slowly(text)


def _loads_slowly(text: str) -> object:
    def refuse(constant: str) -> object:
        raise JsonError(f"{constant} is no JSON", 1, 1)

    try:
        value: object = json.loads(text, parse_constant=refuse, parse_int=_integer)
    except json.JSONDecodeError as error:
        raise JsonError(error.msg, error.lineno, error.colno) from error
    except RecursionError as error:
        raise JsonError("nested too deeply", 1, 1) from error
    return value


def _integer(digits: str) -> int | float:
    """JavaScript has one type of number; Python refuses integers of more than 4,300 digits."""
    return int(digits) if len(digits) < 300 else float(digits)


def dumps(value: object, *, indent: bool = False, default: Callable[[object], str] | None = None) -> str:
    """``value`` as ``JSON.stringify`` writes it; ``default`` makes text of what JSON does not know."""
    option = orjson.OPT_NON_STR_KEYS | (orjson.OPT_INDENT_2 if indent else 0)
    try:
        return orjson.dumps(value, default=default, option=option).decode()
    except (TypeError, ValueError):
        separators = (",", ": ") if indent else (",", ":")
        return json.dumps(
            value, default=default, ensure_ascii=False, indent=2 if indent else None, separators=separators
        )
