"""``io(url, { … })`` or ``new WebSocket(…)`` as text -> the URL and the option values. It is parsed, never run.

JavaScript, TypeScript, and both with JSX: the grammar is the first that finds nothing wrong with the text. What only
the running program could know (``process.env.TOKEN``, a function, an unknown name) is left out and listed by name.
``const`` names that are given a plain value in the same text are followed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

import tree_sitter_javascript
import tree_sitter_typescript
from tree_sitter import Language, Node, Parser

from wsgui.core.i18n import _
from wsgui.core.javascript_values import Evaluator, Unknowable, children, source_of
from wsgui.core.option_values import OptionValue, OptionValues, literal

_CALLED: Final = frozenset({"io", "ioClient", "socketIO", "socketIOClient", "Manager", "io.connect", "io.Manager"})


_GRAMMARS: Final = (
    tree_sitter_javascript.language,
    tree_sitter_typescript.language_typescript,
    tree_sitter_typescript.language_tsx,
)
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
    is_websocket: bool = False
    """Whether it is ``new WebSocket(…)``."""
    line: int = 1
    """Where the call begins."""
    namespaces: Mapping[str, Mapping[str, OptionValue] | None] = field(default_factory=dict)
    """What ``manager.socket("/admin", { auth })`` joins, with its ``auth``; only of a text with one manager."""


def read(text: str) -> Snippet:
    """The first ``io(…)``, ``new Manager(…)`` or ``new WebSocket(…)`` of ``text``, or the object literal that it is.

    Raises :class:`SnippetError`.
    """
    return read_all(text)[0]


def read_all(text: str) -> Sequence[Snippet]:
    """All the calls of ``text`` in its order, at least one. Raises :class:`SnippetError`."""
    if text.lstrip().startswith("{"):
        root = _parse(text, wrapped=True)
        evaluator = Evaluator(_constants(root))
        return [_snippet(evaluator, [_wrapped_expression(root)])]
    root = _parse(text, wrapped=False)
    calls = [node for node in _walk(root) if _called(node) in {*_CALLED, _WEBSOCKET}]
    whole = [call for call in calls if not call.has_error]
    if not whole:
        _refuse_broken(calls[0] if calls else root, text, wrapped=False)
        raise SnippetError(_("There is no io(…), new Manager(…), new WebSocket(…) or {…} in it."), 1, 1)
    constants = _constants(root)
    snippets = [_read_call(call, constants) for call in whole]
    if len(snippets) == 1 and not snippets[0].is_websocket:
        evaluator = Evaluator(constants)
        joined = dict(_joined(root, evaluator))
        left_out = (*snippets[0].left_out, *evaluator.left_out)
        snippets = [replace(snippets[0], namespaces=joined, left_out=left_out)]
    return snippets


def _read_call(call: Node, constants: Mapping[str, Node]) -> Snippet:
    found = call.child_by_field_name("arguments")
    arguments = children(found) if found else []
    evaluator = Evaluator(constants)
    is_websocket = _called(call) == _WEBSOCKET
    snippet = _websocket(evaluator, arguments) if is_websocket else _snippet(evaluator, arguments)
    return replace(snippet, is_websocket=is_websocket, line=call.start_point[0] + 1)


def _joined(root: Node, evaluator: Evaluator) -> Iterator[tuple[str, Mapping[str, OptionValue] | None]]:
    """The namespaces of ``….socket("/name", { auth: … })``."""
    for node in _walk(root):
        if node.has_error or not _called(node).endswith(".socket"):
            continue
        found = node.child_by_field_name("arguments")
        arguments = children(found) if found else []
        try:
            values = [evaluator.value(argument, "namespace") for argument in arguments[:2]]
        except Unknowable as unknowable:
            evaluator.left_out.append(("namespace", unknowable.reason))
            continue
        if values and isinstance(values[0], str) and values[0].startswith("/") and values[0] != "/":
            options = values[1] if len(values) > 1 and isinstance(values[1], Mapping) else {}
            auth = options.get("auth")
            yield values[0], auth if isinstance(auth, Mapping) else None


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
    content = source.encode(errors="replace")
    root = _tree(content)
    if wrapped:
        _refuse_broken(root, text, wrapped=True)
    return root


def _tree(content: bytes) -> Node:
    """By the first grammar that finds nothing wrong, else by the one that comes farthest."""
    trees: list[Node] = []
    for grammar in _GRAMMARS:
        root = Parser(Language(grammar())).parse(content).root_node
        if not root.has_error:
            return root
        trees.append(root)
    return max(trees, key=_first_error)


def _first_error(root: Node) -> int:
    return next((found.start_byte for found in _walk(root) if found.is_error or found.is_missing), 0)


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
