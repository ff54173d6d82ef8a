"""The value of a client option: what JSON can say, and ``Infinity``.

JavaScript's ``false`` is ``False``, its ``Infinity`` is ``math.inf``, and ``None`` means "not given" for every option.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

OptionValue: TypeAlias = "bool | int | float | str | Sequence[OptionValue] | Mapping[str, OptionValue] | None"
OptionValues: TypeAlias = Mapping[str, OptionValue]
"""Option values by JavaScript name; only those that differ from the defaults."""

_IDENTIFIER = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")
_NEEDS_ESCAPE = re.compile("[\u2028\u2029\ud800-\udfff]")


class OptionError(ValueError):
    """A value that cannot be: the ``option``, by its JavaScript name, and a ``sentence`` that says what may be."""

    def __init__(self, option: str, sentence: str) -> None:
        super().__init__(sentence)
        self.option = option
        self.sentence = sentence


def same_value(one: OptionValue, other: OptionValue) -> bool:
    """Whether both are the same to JavaScript: ``1`` is ``1.0`` but not ``true``; the order of keys does not count."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same_value(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same_value, one, other))
    return one == other


def literal(value: OptionValue) -> str:
    """``value`` as a JavaScript literal, on one line."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and not math.isfinite(value):
        return "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return string_literal(value)
    if isinstance(value, Mapping):
        return (
            "{ " + ", ".join(f"{key_literal(key)}: {literal(entry)}" for key, entry in value.items()) + " }"
            if value
            else "{}"
        )
    return "[" + ", ".join(map(literal, value)) + "]"


def string_literal(text: str) -> str:
    """``text`` in double quotes; what a file or a line could not carry is escaped."""
    return _NEEDS_ESCAPE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def key_literal(key: str) -> str:
    """A key of an object literal, in quotes only where it needs them."""
    if key == "__proto__":  # as a plain key it would set the prototype, quoted or not
        return '["__proto__"]'
    return key if _IDENTIFIER.fullmatch(key) else string_literal(key)
