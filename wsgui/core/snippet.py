"""Option values as the JavaScript that asks for the same: ``io("https://…", { … })`` with only what differs."""

from __future__ import annotations

from collections.abc import Mapping

from wsgui.core.option_checks import MSGPACK_MODULE
from wsgui.core.option_types import OptionType
from wsgui.core.option_values import OptionValue, OptionValues, key_literal, literal, string_literal
from wsgui.core.options import OPTION

_INDENT = "  "
_WIDTH = 72
_PEM = "-----BEGIN "


def write(url: str, values: OptionValues) -> str:
    """The call that connects a JavaScript program in the same way; :mod:`wsgui.core.snippet_reader` reads it."""
    arguments = [string_literal(url)] if url else []
    if values:
        lines = (f"{_INDENT}{key_literal(name)}: {_expression(name, value)},\n" for name, value in values.items())
        arguments.append("{\n" + "".join(lines) + "}")
    return f"io({', '.join(arguments)})"


def _expression(name: str, value: OptionValue) -> str:
    option = OPTION.get(name)
    if option is None:
        return _laid_out(value, _INDENT)
    if option.type in {OptionType.FILE, OptionType.FILES} and isinstance(value, str):
        return _file(value)
    if option.type is OptionType.FILES and isinstance(value, list | tuple):
        return "[" + ", ".join(_file(entry) if isinstance(entry, str) else literal(entry) for entry in value) + "]"
    if name == "parser" and value == "msgpack":
        return f"require({string_literal(MSGPACK_MODULE)})"
    return _laid_out(value, _INDENT)


def _file(value: str) -> str:
    """JavaScript wants the content where a value here may be the path of the file."""
    return string_literal(value) if _PEM in value else f"fs.readFileSync({string_literal(value)})"


def _laid_out(value: OptionValue, indent: str) -> str:
    """The literal of ``value``, over several lines where one would be long."""
    line = literal(value)
    if len(indent) + len(line) <= _WIDTH or not value:
        return line
    deeper = indent + _INDENT
    if isinstance(value, Mapping):
        pairs = (f"{deeper}{key_literal(key)}: {_laid_out(entry, deeper)},\n" for key, entry in value.items())
        return "{\n" + "".join(pairs) + indent + "}"
    if isinstance(value, list | tuple):
        return "[\n" + "".join(f"{deeper}{_laid_out(entry, deeper)},\n" for entry in value) + indent + "]"
    return line
