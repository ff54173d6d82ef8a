"""Variables in texts: ``{{host}}``. An environment gives them their values; a value may name other variables.

Without an environment there are none: a text with ``{{host}}`` in it is then incomplete, and whoever needs it whole
says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from wsgui.core.i18n import _
from wsgui.core.visible import one_line

NAME = r"[\w.$-]+"
_NAMED = re.compile(r"\{\{\s*(" + NAME + r")\s*\}\}")
_DEEPEST = 20
"""Values in values."""
LONGEST = 1_000_000
"""Characters that a text may grow to: ten values that name each other ten times would fill the memory."""


class VariableError(ValueError):
    """A variable has no value; ``name`` says which, ``sentence`` what to do."""

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(sentence)
        self.name = name
        self.sentence = sentence


def is_name(text: str) -> bool:
    """Whether a variable can be called so."""
    return re.fullmatch(NAME, text) is not None


def named_in(value: object) -> tuple[str, ...]:
    """The variables that a JSON value names, in keys too, each once, in their order."""
    found: dict[str, None] = {}
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            found |= dict.fromkeys(_NAMED.findall(each))
        elif isinstance(each, Mapping):
            waiting += [part for pair in each.items() for part in pair][::-1]
        elif isinstance(each, list | tuple):
            waiting += reversed(each)
    return tuple(found)


def fill_in(text: str, values: Mapping[str, str]) -> str:
    """``text`` with the values there are; the other variables stay."""
    for _round in range(_DEEPEST):
        filled = _NAMED.sub(lambda found: values.get(found[1], found[0]), text)
        if filled == text or len(filled) > LONGEST:
            break
        text = filled
    return text


def resolve(text: str, values: Mapping[str, str], environment: str = "") -> str:
    """``text`` with all values. Raises :class:`VariableError` for the first variable that has none.

    ``environment`` is the name of the one that is chosen, for the sentence; empty: none is.
    """
    filled = fill_in(text, values)
    left = _NAMED.search(filled)
    if left is None:
        return filled
    name = left[1]
    if name in values:
        sentence = _("The value of {{{{{name}}}}} leads back to itself, or is too long.")
    elif environment:
        sentence = _("The environment {environment} has no value for {{{{{name}}}}}.")
    else:
        sentence = _("{{{{{name}}}}} has no value: no environment is chosen.")
    raise VariableError(name, sentence.format(name=one_line(name, 60), environment=one_line(environment, 60)))


def resolve_all(value: object, values: Mapping[str, str], environment: str = "") -> object:
    """The same in every text of a JSON value, keys included."""
    return _each_text(value, lambda text: resolve(text, values, environment))


def fill_in_all(value: object, values: Mapping[str, str]) -> object:
    """:func:`fill_in` in every text of a JSON value; keys stay."""
    return _each_text(value, lambda text: fill_in(text, values), keys=False)


def _each_text(value: object, change: Callable[[str], str], *, keys: bool = True) -> object:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {
            (change(key) if keys and isinstance(key, str) else key): _each_text(entry, change, keys=keys)
            for key, entry in value.items()
        }
    return [_each_text(entry, change, keys=keys) for entry in value] if isinstance(value, list | tuple) else value
