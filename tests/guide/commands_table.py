"""The commands for the guide, as argparse knows them: what each does, its arguments, its exit status."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from wsgui import cli
from wsgui.__main__ import _parser as program
from wsgui.core.i18n import spoken

_HEAD = {"en": "| Argument | What it does |", "ru": "| Ключ | Что делает |"}


def lines() -> Iterator[str]:
    """In the language in use."""
    yield "\n## wsgui\n"
    yield from _arguments(program())
    for name in _commands(""):
        parser = _commands(name)[name]
        yield f"\n## wsgui {name}\n"
        yield f"{parser.description}\n"
        yield from _arguments(parser)
        if parser.epilog:
            yield f"\n{parser.epilog}"


def _commands(asked: str) -> dict[str, argparse.ArgumentParser]:
    """By name. What ``asked`` alone needs, such as the list of its formats, is known then."""
    parser = cli._parser([asked])
    (found,) = (action.choices for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    return dict(found)


def _arguments(parser: argparse.ArgumentParser) -> Iterator[str]:
    yield f"{_HEAD[spoken()]}\n|---|---|"
    for action in parser._actions:
        if action.help is argparse.SUPPRESS or isinstance(action, argparse._HelpAction):
            continue
        told = (action.help or "") % {"default": action.default, "prog": parser.prog}
        yield f"| {_written(action)} | {_cell(told)} |"


def _written(action: argparse.Action) -> str:
    """``--emit EVENT ARGUMENTS``, as one types it."""
    named = action.metavar or ("|".join(map(str, action.choices)) if action.choices else "")
    values = " ".join(named) if isinstance(named, tuple) else named
    if action.option_strings and action.nargs != 0:
        return "<br>".join(_code(f"{flag} {values}") for flag in action.option_strings)
    return "<br>".join(map(_code, action.option_strings)) or _code(values)


def _code(text: str) -> str:
    return f"`{_cell(text)}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
