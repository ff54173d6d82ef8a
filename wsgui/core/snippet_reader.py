"""``io(url, { … })`` or ``new WebSocket(…)`` as text -> the URL and the option values. It is parsed, never run.

What only the running program could know (``process.env.TOKEN``, a function, an unknown name) is left out and listed
by name. ``const`` names that are given a plain value in the same text are followed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

import tree_sitter_javascript
from tree_sitter import Language, Node, Parser

from wsgui.core.i18n import _
from wsgui.core.javascript_values import Evaluator, Unknowable, children, source_of
from wsgui.core.option_values import OptionValue, OptionValues, literal

_CALLED: Final = frozenset({"io", "ioClient", "socketIO", "socketIOClient", "Manager", "io.connect", "io.Manager"})


_WEBSOCKET: Final = "WebSocket"
_NAMES_OF_WS: Final = MappingProxyType({"headers": "extraHeaders", "handshakeTimeout": "timeout"})
"""What the ``ws`` library calls otherwise than socket.io-client."""


class SnippetError(ValueError):
    """Text that cannot be read: ``sentence`` says what and where; ``line`` and ``column`` count from 1."""

    def __init__(self, sentence: str, line: int, column: int) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.line = line
        self.column = column


@dataclass(frozen=True)
class Snippet:
    """What a snippet says."""

    url: str | None
    values: OptionValues
    """As written: not yet checked against the option table."""
    left_out: tuple[tuple[str, str], ...] = ()
    """Name (``url``, ``auth.token``) and reason, a sentence, of each part that could not be taken over."""


def read(text: str) -> Snippet:
    """The first ``io(…)``, ``new Manager(…)`` or ``new WebSocket(…)`` of ``text``, or the object literal that it is.

    Raises :class:`SnippetError`.
    """
    if text.lstrip().startswith("{"):
        root = _parse(text, wrapped=True)
        evaluator = Evaluator(_constants(root))
        return _snippet(evaluator, [_wrapped_expression(root)])
    root = _parse(text, wrapped=False)
    call = next((node for node in _walk(root) if _called(node) in {*_CALLED, _WEBSOCKET}), None)
    if call is None or call.has_error:
        _refuse_broken(call or root, text, wrapped=False)
        raise SnippetError(_("There is no io(…), new Manager(…), new WebSocket(…) or {…} in it."), 1, 1)
    found = call.child_by_field_name("arguments")
    arguments = children(found) if found else []
    evaluator = Evaluator(_constants(root))
    return _websocket(evaluator, arguments) if _called(call) == _WEBSOCKET else _snippet(evaluator, arguments)


def read_value(text: str) -> OptionValue:
    """The value that ``text`` is a literal of. Raises :class:`SnippetError`, also for what only a program knows."""
    root = _parse(text, wrapped=True)
    evaluator = Evaluator({})
    try:
        value = evaluator.value(_wrapped_expression(root))
    except Unknowable as unknowable:
        raise SnippetError(unknowable.reason, 1, 1) from None
    for name, reason in evaluator.left_out:
        raise SnippetError(f"{name}: {reason}", 1, 1)
    return value


def _snippet(evaluator: Evaluator, arguments: list[Node]) -> Snippet:
    url: str | None = None
    values: OptionValues = {}
    for position, argument in enumerate(arguments[:2]):
        name = "options" if position else "url"
        try:
            value = evaluator.value(argument)
        except Unknowable as unknowable:
            evaluator.left_out.append((name, unknowable.reason))
            continue
        if isinstance(value, str) and position == 0:
            url = value
        elif isinstance(value, Mapping):
            values = value
        elif value is not None:
            evaluator.left_out.append((name, _("It is {value}.").format(value=literal(value))))
    given = {name: value for name, value in values.items() if value is not None}
    return Snippet(url, given, tuple(evaluator.left_out))


def _websocket(evaluator: Evaluator, arguments: list[Node]) -> Snippet:
    """``new WebSocket(url, protocols, options)``; the protocols may be left out, and browsers have no options."""
    protocols: OptionValue = None
    if len(arguments) > 1 and arguments[1].type != "object":
        try:
            protocols = evaluator.value(arguments[1])
        except Unknowable as unknowable:
            evaluator.left_out.append(("protocols", unknowable.reason))
        arguments = [arguments[0], *arguments[2:3]]
    snippet = _snippet(evaluator, arguments)
    values = {_NAMES_OF_WS.get(name, name): value for name, value in snippet.values.items()}
    if protocols:
        values["protocols"] = [protocols] if isinstance(protocols, str) else protocols
    return replace(snippet, values=values)


def _parse(text: str, *, wrapped: bool) -> Node:
    """The tree of ``text``; ``wrapped`` in brackets because braces alone would be a block of statements."""
    source = f"({text.rstrip().rstrip(';')}\n)" if wrapped else text
    root = Parser(Language(tree_sitter_javascript.language())).parse(source.encode(errors="replace")).root_node
    if wrapped:
        _refuse_broken(root, text, wrapped=True)
    return root


def _wrapped_expression(root: Node) -> Node:
    statement = children(root)[0]
    return children(children(statement)[0])[0]


def _called(node: Node) -> str:
    callee = {"call_expression": "function", "new_expression": "constructor"}.get(node.type)
    function = node.child_by_field_name(callee) if callee else None
    return source_of(function) if function else ""


def _constants(root: Node) -> dict[str, Node]:
    """The names that ``const`` gives a value; of a name declared twice, in whatever blocks, neither can be trusted."""
    found: dict[str, list[Node | None]] = {}
    for node in _walk(root):
        if node.type == "variable_declarator" and node.parent:
            name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
            is_constant = node.parent.children[0].type == "const"
            if name:
                found.setdefault(source_of(name), []).append(value if is_constant else None)
    return {name: values[0] for name, values in found.items() if len(values) == 1 and values[0]}


def _walk(node: Node) -> Iterator[Node]:
    """``node`` and all below it, in the order of the text. Not recursive: texts may be nested deeper than the stack."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(reversed(current.children))


def _refuse_broken(node: Node, text: str, *, wrapped: bool) -> None:
    broken = next((found for found in _walk(node) if found.is_error or found.is_missing), None)
    if broken is None:
        return
    lines = text.splitlines() or [""]
    row, byte_column = broken.start_point
    if row >= len(lines) or (broken.is_error and broken.start_byte <= wrapped and broken.end_byte >= node.end_byte - 2):
        line, column = len(lines), len(lines[-1]) + 1
        sentence = _(
            "The snippet ends too early, at line {line}, column {column}: a bracket or a quote does not match."
        )
    else:
        prefix = ("(" * wrapped * (row == 0) + lines[row]).encode(errors="replace")[:byte_column]
        line, column = row + 1, len(prefix.decode(errors="replace")) + 1 - (1 if wrapped and row == 0 else 0)
        sentence = _("The snippet breaks at line {line}, column {column}: this is not plain JavaScript.")
    raise SnippetError(sentence.format(line=line, column=column), line, column)
