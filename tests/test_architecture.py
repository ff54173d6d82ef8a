"""The dependency rule: arrows point to ``core``, Qt lives only in ``ui`` and ``app``, lab and tester are strangers.

Read from the source, so that an import inside of a function counts as much as one at the top.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "wsgui"


class Rule(NamedTuple):
    """What the modules of one package may import."""

    wsgui: frozenset[str]
    """Packages of wsgui, beside the own one."""
    outside: frozenset[str]
    """What is not of the standard library."""


def rule(wsgui: str, outside: str) -> Rule:
    return Rule(frozenset(wsgui.split()), frozenset(outside.split()))


SMALL = "idna keyring msgpack orjson platformdirs regex tree_sitter tree_sitter_javascript tree_sitter_typescript"
"""The small libraries: values in, values out. Keyring speaks with the system, for the secrets of profiles."""
AIOHTTP = "aiohttp multidict yarl"
"""aiohttp takes and gives the types of its two sisters."""
SOCKETIO = "socketio engineio"
TLS = "certifi cryptography truststore"
EVERYTHING = "core net checks exports imports lab ui app cli language resources"

RULES = {
    "core": rule("", SMALL),
    "net": rule("core", f"{SOCKETIO} {TLS} python_socks orjson"),  # orjson: to read a handshake with
    "checks": rule("core net", ""),
    "exports": rule("core", ""),
    "imports": rule("core", "yaml"),
    "lab": rule("core", f"{AIOHTTP} {SOCKETIO} cryptography"),  # makes certificates to throw away
    "ui": rule("core net checks exports imports lab language resources", "PySide6"),
    "app": rule(EVERYTHING, "PySide6 qasync"),
    "cli": rule(EVERYTHING, ""),
    "__main__": rule(EVERYTHING, ""),
    "language": rule("core resources", ""),
    "resources": rule("", ""),
    "__init__": rule("", ""),
}

SOCKETS = ("socket", "socketserver", "select", "selectors", "ssl", "http.client", "http.server", "urllib.request")
"""Of the standard library, but not for ``core``."""

LONG = 400


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def package_of(path: Path) -> str:
    """The row of ``RULES`` that a module falls under: the first name below wsgui."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(source: str, package: str) -> Iterator[str]:
    """The full name of all that the source of a module in ``package`` imports, wherever in the source."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from (name.name for name in names)
            case ast.ImportFrom(module=module, names=names, level=level):
                parents = package.split(".")[: len(package.split(".")) - level + 1] if level else []
                yield from (".".join([*parents, *([module] if module else []), name.name]) for name in names)
            case ast.Call(
                func=ast.Name(id="__import__" | "import_module") | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(name)), *_],
            ):
                yield name


def offences(source: str, package: str, row: str) -> list[str]:
    """What the source imports against the row of ``RULES``."""
    return sorted({name for name in imports(source, package) if not allowed(name, row)})


def allowed(name: str, row: str) -> bool:
    """Whether a module under this row may import the module of that name."""
    top, _, below = name.partition(".")
    if top == "wsgui":
        part = below.split(".")[0]
        return part in ("", "__version__", row) or part in RULES[row].wsgui
    if top in sys.stdlib_module_names:
        return row != "core" or not any(name == banned or name.startswith(f"{banned}.") for banned in SOCKETS)
    return top in RULES[row].outside


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_follow_the_arrows(path: Path) -> None:
    package = ".".join(path.parent.relative_to(ROOT).parts)
    assert offences(path.read_text(encoding="utf-8"), package, package_of(path)) == []


@pytest.mark.parametrize(
    ("row", "source"),
    [
        ("core", "import PySide6.QtCore"),
        ("core", "def late():\n    from socket import create_connection"),
        ("core", "import http.client"),
        ("core", "from http import client"),
        ("core", "from wsgui import net"),
        ("net", "from ..lab import server"),
        ("net", "import importlib\nimportlib.import_module('wsgui.ui.window')"),
        ("lab", "if TYPE_CHECKING:\n    from wsgui.net.tap import Tap"),
        ("checks", "import socketio"),
        ("exports", "import orjson"),
        ("ui", "import qasync"),
        ("ui", "import wsgui.app"),
        ("cli", "from PySide6 import QtCore"),
    ],
)
def test_the_rule_is_seen_broken(row: str, source: str) -> None:
    assert len(offences(source, f"wsgui.{row}", row)) == 1


def test_every_package_has_a_rule() -> None:
    assert {package_of(path) for path in modules()} <= RULES.keys()


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_says_its_one_idea(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_no_file_is_long() -> None:
    files = [path for folder in ("wsgui", "tests", "benchmarks", "scripts") for path in (ROOT / folder).rglob("*.py")]
    lines = {path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert {name: count for name, count in lines.items() if count > LONG} == {}


def test_one_place_has_the_version() -> None:
    version = re.compile(r"^__version__\s*=", re.MULTILINE)
    holders = [path for path in modules() if version.search(path.read_text(encoding="utf-8"))]
    assert holders == [PACKAGE / "__init__.py"]
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("[project]")[1].split("\n[")[0]
    assert not re.search(r"^version\s*=", project, re.MULTILINE)
