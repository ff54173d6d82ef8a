"""Texts for people are marked for translation, as text that a tool can find, and are not translated too early."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "wsgui"
MARKS = frozenset({"_", "N_", "plural"})
EARLY = frozenset({"_", "plural", "number", "day"})
"""What asks for the language in use."""
SETTERS = "Text ToolTip PlaceholderText WindowTitle Title AccessibleName AccessibleDescription StatusTip Prefix Suffix"
MAKERS = "QLabel QPushButton QCheckBox QRadioButton QToolButton QGroupBox QAction QMenu PlainLabel"
SAYERS = "addTab addMenu addItem showMessage show_text show_error show_problem write print exit"
PARSERS = "add_argument add_parser ArgumentParser ArgumentTypeError"
SHOWING = frozenset(["named", *(f"set{name}" for name in SETTERS.split()), *f"{MAKERS} {SAYERS} {PARSERS}".split()])
"""What shows the texts that it is given."""
NAMES = frozenset({"dest", "metavar", "type", "action", "prog", "default", "choices", "version", "tone"})
"""Their parameters that take no text."""
WORDS = re.compile(r"[A-Z]?[a-z]{2,} +[a-z]{2,}|^[A-Z][a-z]{2,}[.:…]?$")
"""Several words, or one with a capital."""
PROPER = frozenset({"WebSocket", "JavaScript", "Socket.IO"})


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def name_of(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def literals(node: ast.expr) -> Iterator[str]:
    """The texts in an expression that are not marked; code that is called in it answers for its own."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts):
            for part in parts:
                yield from literals(part)
        case ast.BinOp(left=left, right=right):
            yield from (*literals(left), *literals(right))
        case ast.IfExp(body=body, orelse=other):
            yield from (*literals(body), *literals(other))
        case ast.Call(func=ast.Attribute(attr="format", value=value)):
            yield from literals(value)
        case _:
            return


def unmarked(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node) in SHOWING:
            args = node.args[2:] if name_of(node) == "named" else node.args  # after the widget and its object name
            given = [*args, *(each.value for each in node.keywords if each.arg not in NAMES)]
            texts = (text for value in given for text in literals(value))
            yield from ((node.lineno, text) for text in texts if WORDS.search(text) and text not in PROPER)


def early(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Calls that are made when the module is imported: in it or in a class, or as a parameter's default."""
    match tree:
        case ast.FunctionDef(args=args) | ast.AsyncFunctionDef(args=args) | ast.Lambda(args=args):
            inside: list[ast.AST] = [*args.defaults, *(each for each in args.kw_defaults if each)]
            inside += getattr(tree, "decorator_list", [])
        case _:
            inside = list(ast.iter_child_nodes(tree))
    if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name) and tree.func.id in EARLY:
        yield tree.lineno, ast.unparse(tree)
    for node in inside:
        yield from early(node)


def hidden(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Marks around what is no literal: the tool that looks for texts does not see it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("N_", "plural"):
            wanted = node.args[: 2 if node.func.id == "plural" else 1]
            if not all(isinstance(each, ast.Constant) for each in wanted):
                yield node.lineno, ast.unparse(node)


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE.parent)))
def test_texts_are_marked(path: Path) -> None:
    tree = parsed(path)
    top = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    assert list(unmarked(tree)) == [] or top not in ("ui", "cli", "app", "__main__")
    assert list(early(tree)) == []
    assert list(hidden(tree)) == []


@pytest.mark.parametrize(
    "source",
    [
        'label.setText("Nothing found")',
        'QPushButton("Cancel")',
        'label.setText(f"{n} rows found")',
        'label.setText("Not" if n else "so many")',
        'parser.add_argument("--x", help="so many words")',
    ],
)
def test_an_unmarked_text_is_seen(source: str) -> None:
    assert list(unmarked(ast.parse(source)))


@pytest.mark.parametrize(
    "source",
    ['LABEL = _("State")', 'class A:\n    label = _("State")', 'def f(label=_("State")): ...', "WIDTH = number(3)"],
)
def test_a_text_that_is_translated_too_early_is_seen(source: str) -> None:
    assert list(early(ast.parse(source)))
    assert not list(early(ast.parse('def f():\n    return _("State")')))


def test_a_mark_around_no_literal_is_seen() -> None:
    assert list(hidden(ast.parse("N_(text)")))
    assert list(hidden(ast.parse('plural(_("one"), _("two"), n)')))
