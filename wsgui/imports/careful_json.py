"""JSON of strangers: a place for what is broken, a limit to the depth, and a name that is given twice is told.

Which of two equal names counts differs from program to program; the last one does here, as in ``JSON.parse``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import NamedTuple

from wsgui.core.i18n import _
from wsgui.core.visible import one_line
from wsgui.imports.imported import NotImportedError

DEEPEST = 100
"""Levels. Folders in folders of an export take some twenty."""
_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*+"?', re.DOTALL)


class Document(NamedTuple):
    """What a text holds."""

    value: object
    twice: tuple[str, ...]
    """Names that an object has more than once."""


def read_json(text: str, name: str) -> Document:
    """Raises :class:`NotImportedError` with ``name``, line and column."""
    text = text.removeprefix("\ufeff")
    _refuse_depth(text, name)
    twice: dict[str, None] = {}

    def collect(pairs: list[tuple[str, object]]) -> dict[str, object]:
        members: dict[str, object] = {}
        for key, value in pairs:
            if key in members:
                twice[one_line(key, 60)] = None
            members[key] = value
        return members

    def refuse(word: str) -> object:
        raise NotImportedError(_("{name}: {word} is no JSON.").format(name=name, word=word))

    try:
        value: object = json.loads(text, object_pairs_hook=collect, parse_constant=refuse, parse_int=_integer)
    except json.JSONDecodeError as error:
        sentence = _("{name}, line {line}, column {column}: the JSON is broken. {reason}.")
        reason = _(error.msg)
        raise NotImportedError(
            sentence.format(name=name, line=error.lineno, column=error.colno, reason=reason)
        ) from error
    return Document(value, tuple(twice))


def too_deep(name: str, line: int) -> NotImportedError:
    """The error for brackets in brackets without end."""
    sentence = _("{name}, line {line}: it is nested more than {n} levels deep.")
    return NotImportedError(sentence.format(name=name, line=line, n=DEEPEST))


def mapping(value: object) -> Mapping[str, object]:
    """``value`` if it is an object, else an empty one: what a stranger's file has there may be anything."""
    return {str(key): entry for key, entry in value.items()} if isinstance(value, Mapping) else {}


def items(value: object) -> list[object]:
    """``value`` if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def text_of(value: object) -> str:
    """``value`` as text: a number and a truth value as JSON writes them, nothing for all else."""
    if isinstance(value, str):
        return value
    return json.dumps(value) if isinstance(value, bool | int | float) else ""


def _refuse_depth(text: str, name: str) -> None:
    """Before it is read: Python's reader would end at the depth of its own stack."""
    depth = 0
    for bracket in re.finditer(r"[\[{}\]]", _STRINGS.sub(lambda found: "\n" * found[0].count("\n"), text)):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > DEEPEST:
            raise too_deep(name, bracket.string.count("\n", 0, bracket.start()) + 1)


def _integer(digits: str) -> int | float:
    """JavaScript has one type of number, and Python refuses integers of more than 4,300 digits."""
    return int(digits) if len(digits) < 20 else float(digits)
