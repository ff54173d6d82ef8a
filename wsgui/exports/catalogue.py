"""The formats there are: every file in the package ``formats``.

A format is a module with a ``NAME`` (what the command line calls it), a ``TITLE`` for people, the ``SUFFIX`` of its
files, and ``write(selection, stream)``, which goes once over the records and keeps none of them.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from wsgui.exports.selection import Selection


@dataclass(frozen=True)
class Format:
    """One format. ``write`` gets an empty file, open for reading and writing, whose ``name`` is its path."""

    name: str
    title: str
    suffix: str
    write: Callable[[Selection, IO[bytes]], None]


def formats(package: str = "wsgui.exports.formats") -> dict[str, Format]:
    """All formats by name, in the order of their names."""
    found = {}
    for file in pkgutil.iter_modules(importlib.import_module(package).__path__):
        module = importlib.import_module(f"{package}.{file.name}")
        found[module.NAME] = Format(module.NAME, module.TITLE, module.SUFFIX, module.write)
    assert found, f"no format in {package}: this program was packed without its formats"
    return dict(sorted(found.items()))
