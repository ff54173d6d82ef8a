"""The languages and tools that a connection can be written for: every file in the package ``code``.

A format is a module with a ``TITLE`` for people, the ``SUFFIX`` of its files, the ``PROTOCOLS`` it can speak, and
``write(plan)``, which gives the whole text. What the tool cannot do stands in a comment of it. Secrets stand in it as
they are: it connects as the window did.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass

from wsgui.core.connection_plan import Plan
from wsgui.core.protocol import Protocol


@dataclass(frozen=True)
class CodeFormat:
    """One format."""

    name: str
    title: str
    suffix: str
    protocols: frozenset[Protocol]
    write: Callable[[Plan], str]


def code_formats(package: str = "wsgui.exports.code") -> dict[str, CodeFormat]:
    """All formats by the names of their files."""
    found = {}
    for file in pkgutil.iter_modules(importlib.import_module(package).__path__):
        module = importlib.import_module(f"{package}.{file.name}")
        found[file.name] = CodeFormat(file.name, module.TITLE, module.SUFFIX, module.PROTOCOLS, module.write)
    assert found, f"no format in {package}: this program was packed without its formats"
    return found
