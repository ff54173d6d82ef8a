"""Option values as the JavaScript that asks for the same: ``io("https://…", { … })`` with only what differs."""

from __future__ import annotations

from collections.abc import Container, Mapping

from wsgui.core.option_checks import MSGPACK_MODULE, is_pem
from wsgui.core.option_types import Fidelity, OptionType, Protocol
from wsgui.core.option_values import OptionValue, OptionValues, key_literal, literal, string_literal
from wsgui.core.options import OPTION, OPTIONS, applying

_INDENT = "  "
_WIDTH = 72


_WS_NAMES = {"extraHeaders": "headers", "timeout": "handshakeTimeout"}
"""Options that Node's ``ws`` calls otherwise."""

_OWN = frozenset(option.name for option in OPTIONS if option.fidelity is Fidelity.OWN)
_KNOWN_TO_WS = frozenset({"autoPong", "minVersion", "servername"})
"""Of those, what ``ws`` honours itself or hands on to Node's TLS."""


def write(url: str, values: OptionValues) -> str:
    """The call that connects a JavaScript program in the same way; :mod:`wsgui.core.snippet_reader` reads it."""
    members = _members({name: _expression(name, value) for name, value in values.items()}, _OWN)
    return f"io({', '.join(filter(None, [string_literal(url) if url else '', members]))})"


def write_websocket(url: str, values: OptionValues) -> str:
    """The same for a plain WebSocket, with Node's ``ws``, where ``protocols`` is an argument of its own."""
    protocols = literal(values["protocols"]) if "protocols" in values else ""
    own = {name: value for name, value in applying(values, Protocol.WEBSOCKET).items() if name != "protocols"}
    expressions = {_WS_NAMES.get(name, name): _expression(name, value) for name, value in own.items()}
    members = _members(expressions, _OWN - _KNOWN_TO_WS)
    arguments = [string_literal(url), protocols or ("[]" if members else ""), members]
    return f"new WebSocket({', '.join(filter(None, arguments))})"


def _members(expressions: Mapping[str, str], ignored: Container[str]) -> str:
    """The object literal of these members, one on a line; nothing if there are none. It says what is ``ignored``."""
    lines = (
        f"{_INDENT}{key_literal(name)}: {expression},{' // ignored in JavaScript' if name in ignored else ''}\n"
        for name, expression in expressions.items()
    )
    return "{\n" + "".join(lines) + "}" if expressions else ""


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
    return string_literal(value) if is_pem(value) else f"fs.readFileSync({string_literal(value)})"


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
