"""Variables of other programs: ``{{host}}``, ``{{ _.host }}``, ``<<host>>``. Filled in where the export has a value.

Those without a value stay, as ``{{host}}``. A value may name other variables; each text grows no further than a limit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_NAMED = re.compile(r"\{\{\s*(?:_\.)?([\w.$-]+)\s*\}\}|<<\s*([\w.$-]+)\s*>>")
_ROUNDS = 5
_LONGEST = 100_000


def fill_in(text: str, values: Mapping[str, str]) -> str:
    """``text`` with the values."""
    for _round in range(_ROUNDS):
        filled = _NAMED.sub(lambda found: values.get(name := found[1] or found[2], "{{" + name + "}}"), text)
        if filled == text or len(filled) > _LONGEST:
            break
        text = filled
    return text


def fill_in_all(value: object, values: Mapping[str, str]) -> object:
    """The same in every text of a JSON value."""
    if isinstance(value, str):
        return fill_in(value, values)
    if isinstance(value, Mapping):
        return {key: fill_in_all(entry, values) for key, entry in value.items()}
    return [fill_in_all(entry, values) for entry in value] if isinstance(value, list) else value
