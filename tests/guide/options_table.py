"""The options for the guide: a table for each section of the form."""

from __future__ import annotations

import math
from collections.abc import Iterator

from wsgui.core.i18n import _, spoken
from wsgui.core.option_types import Fidelity, Group, Option
from wsgui.core.option_values import literal
from wsgui.core.options import OPTIONS

_HEAD = {"en": "| Option | Default | What it does |", "ru": "| Параметр | По умолчанию | Что делает |"}


def lines() -> Iterator[str]:
    """In the language in use."""
    for group in Group:
        yield f"\n## {_(group.value)}\n"
        yield f"{_HEAD[spoken()]}\n|---|---|---|"
        yield from (_row(option) for option in OPTIONS if option.group is group)


def _row(option: Option) -> str:
    default = "" if option.default is None else f"`{_literal(option)}`"
    unit = f" {_(option.unit)}" if option.unit and option.default not in (None, math.inf) else ""
    told = [_(option.help)]
    if option.fidelity is not Fidelity.SAME:
        told.append(f"*{_(option.fidelity.value)[0].upper()}{_(option.fidelity.value)[1:]}.*")
    if option.caveat:
        told.append(_(option.caveat))
    return f"| `{option.name}` | {default}{unit} | {_cell(' '.join(told))} |"


def _literal(option: Option) -> str:
    return literal(option.default)


def _cell(text: str) -> str:
    """Text for people, as Markdown takes it in a table."""
    for sign in "\\|*_<[":
        text = text.replace(sign, f"\\{sign}") if sign != "*" else text
    return text.replace("\n", " ")
