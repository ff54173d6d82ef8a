"""The value of a JavaScript expression, as far as the text alone tells it. Nothing is run.

Literals, ``5 * 1000``, ``"a" + "b"``, ``!0``, templates without substitutions, ``fs.readFileSync("ca.pem")`` (the
path), and ``const`` names given a plain value. All else is :class:`Unknowable`; of an object only that member is lost.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import Final

from tree_sitter import Node

from wsgui.core.i18n import _
from wsgui.core.option_values import OptionValue, literal

_DEEPEST = 60
_SHOWN_LENGTH = 40
_NAMED: Final[Mapping[str, OptionValue]] = {
    "Infinity": math.inf,
    "Number.POSITIVE_INFINITY": math.inf,
    "Number.MAX_SAFE_INTEGER": 2**53 - 1,
    "undefined": None,
}
_FUNCTIONS = frozenset({"arrow_function", "function_expression", "generator_function", "method_definition", "class"})
_CARRIED_CALLS = frozenset({"require", "readFileSync", "fs.readFileSync"})
"""Calls that stand for their one text: the option table knows the module, and takes the path of a file."""
_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}


class Unknowable(Exception):  # noqa: N818 - not an error: the snippet is fine, its text just does not tell
    """Why the value cannot be told from the text, as a sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Evaluator:
    """Evaluates the expressions of one text. ``left_out`` collects name and reason of the members that were lost."""

    def __init__(self, constants: Mapping[str, Node]) -> None:
        self.left_out: list[tuple[str, str]] = []
        self._constants = constants
        self._depth = 0

    def value(self, node: Node, name: str = "") -> OptionValue:
        """The value of ``node``; ``name`` is where it belongs (``auth.token``). Raises :class:`Unknowable`."""
        if self._depth > _DEEPEST:  # also where const names go round in a circle
            raise Unknowable(_("It is nested too deeply."))
        self._depth += 1
        try:
            return self._value(node, name)
        finally:
            self._depth -= 1

    def _value(self, node: Node, name: str) -> OptionValue:
        source = source_of(node)
        match node.type:
            case "true" | "false":
                return node.type == "true"
            case "null":
                return None
            case "number":
                return _number(source)
            case "string":
                return _string(node)
            case "template_string" if not any(child.type == "template_substitution" for child in node.children):
                return _string(node)
            case "identifier" | "undefined" | "member_expression" | "shorthand_property_identifier" if source in _NAMED:
                return _NAMED[source]
            case "identifier" | "shorthand_property_identifier" if source in self._constants:
                return self.value(self._constants[source], name)
            case "parenthesized_expression":
                return self.value(children(node)[0], name)
            case (
                "as_expression" | "satisfies_expression" | "non_null_expression"
            ):  # TypeScript: says nothing of the value
                return self.value(children(node)[0], name)
            case "type_assertion":
                return self.value(children(node)[-1], name)
            case "unary_expression":
                return self._unary(node)
            case "binary_expression":
                return self._binary(node)
            case "array":
                return [self.value(child, f"{name}[{index}]") for index, child in enumerate(children(node))]
            case "object":
                return self._object(node, name)
            case "call_expression" if source_of(_field(node, "function")) in _CARRIED_CALLS:
                return self.value(children(_field(node, "arguments"))[0], name)
            case kind if kind in _FUNCTIONS:
                raise Unknowable(_("It is a function, and snippets are read, not run."))
        raise _unknown(node)

    def _unary(self, node: Node) -> OptionValue:
        value = self.value(_field(node, "argument"))
        operator = source_of(_field(node, "operator"))
        if operator == "!":
            return not value and value not in ({}, [])
        if operator in {"-", "+"} and isinstance(value, int | float) and not isinstance(value, bool):
            return -value if operator == "-" else value
        raise _unknown(node)

    def _binary(self, node: Node) -> OptionValue:
        left, right = self.value(_field(node, "left")), self.value(_field(node, "right"))
        operator = source_of(_field(node, "operator"))
        if isinstance(left, str) and isinstance(right, str | int | float) and operator == "+":
            return left + (right if isinstance(right, str) else literal(right))
        numbers = (int, float)
        if isinstance(left, numbers) and isinstance(right, numbers) and operator in _ARITHMETIC:
            try:
                return _normal(_ARITHMETIC[operator](float(left), float(right)))
            except ZeroDivisionError:
                raise _unknown(node) from None
        raise _unknown(node)

    def _object(self, node: Node, name: str) -> OptionValue:
        members: dict[str, OptionValue] = {}
        for child in children(node):
            key = source_of(child)
            try:
                if child.type == "spread_element":
                    spread = self.value(children(child)[0], name)
                    if not isinstance(spread, Mapping):
                        raise _unknown(child)
                    members.update(spread)
                    continue
                value_node = child
                if child.type == "pair":
                    key, value_node = source_of(_field(child, "key")), _field(child, "value")
                    key = self._key(_field(child, "key"))
                elif child.type == "method_definition":
                    key = source_of(_field(child, "name"))
                members[key] = self.value(value_node, f"{name}.{key}" if name else key)
            except Unknowable as unknowable:
                members.pop(key, None)
                self.left_out.append((f"{name}.{key}" if name else key, unknowable.reason))
        return members

    def _key(self, node: Node) -> str:
        if node.type == "property_identifier":
            return source_of(node)
        value = self.value(children(node)[0] if node.type == "computed_property_name" else node)
        if not isinstance(value, str | int):
            raise _unknown(node)
        return str(value)


_ARITHMETIC: Final[Mapping[str, Callable[[float, float], float]]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": lambda left, right: left / right,
}


def source_of(node: Node) -> str:
    """The text of ``node``."""
    return (node.text or b"").decode()


def children(node: Node) -> list[Node]:
    """The named children of ``node``, comments left aside."""
    return [child for child in node.named_children if child.type != "comment"]


def _field(node: Node, name: str) -> Node:
    child = node.child_by_field_name(name)
    if child is None:
        raise _unknown(node)
    return child


def _unknown(node: Node) -> Unknowable:
    source = " ".join(source_of(node).split())
    shown = source if len(source) <= _SHOWN_LENGTH else source[:_SHOWN_LENGTH] + "…"
    return Unknowable(_("Only the running program knows {source}.").format(source=shown))


def _number(source: str) -> OptionValue:
    digits = source.replace("_", "")
    try:
        return int(digits, 0)
    except ValueError:
        pass  # a fraction, or a BigInt
    try:
        return _normal(float(digits))
    except ValueError:
        raise Unknowable(_("{source} is no number that an option takes.").format(source=source)) from None


def _normal(number: float) -> OptionValue:
    """JavaScript has one type of number: ``1.0`` is ``1``."""
    return int(number) if number.is_integer() else number


def _string(node: Node) -> str:
    text = "".join(
        _escape(source_of(part)) if part.type == "escape_sequence" else source_of(part) for part in node.named_children
    )
    # Two escapes may be the two halves of one character.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def _escape(sequence: str) -> str:
    code = re.fullmatch(r"\\(?:x|u)\{?([0-9a-fA-F]+)\}?", sequence)
    if code:
        return chr(int(code[1], 16))
    rest = sequence[1:]
    return "" if rest in {"\n", "\r\n", "\r", "\u2028", "\u2029"} else _ESCAPES.get(rest, rest)
