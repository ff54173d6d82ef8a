"""Variables of other programs: ``{{host}}``, ``{{ _.host }}``, ``<<host>>``. Filled in where the export has a value.

Those without a value stay, written as ours are, ``{{host}}``: an environment can give them one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from wsgui.core import variables

_FOREIGN = re.compile(r"\{\{\s*_\.([\w.$-]+)\s*\}\}|\{\{\s*([\w.$-]+)\s*\}\}|<<\s*([\w.$-]+)\s*>>")


def fill_in(text: str, values: Mapping[str, str]) -> str:
    """``text`` with the values."""
    return variables.fill_in(_as_ours(text), {name: _as_ours(value) for name, value in values.items()})


def fill_in_all(value: object, values: Mapping[str, str]) -> object:
    """The same in every text of a JSON value."""
    if isinstance(value, str):
        return fill_in(value, values)
    if isinstance(value, Mapping):
        return {key: fill_in_all(entry, values) for key, entry in value.items()}
    return [fill_in_all(entry, values) for entry in value] if isinstance(value, list) else value


def _as_ours(text: str) -> str:
    return _FOREIGN.sub(lambda found: "{{" + (found[1] or found[2] or found[3]) + "}}", text)
