"""The formats there are: every file in the package ``formats``.

A format is a module with a ``TITLE`` for people, ``recognises(source)``, which is quick and true for at most one format
of a text, and ``read(source)``, which gives every connection in it, or raises
:class:`~wsgui.imports.imported.NotImportedError`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wsgui.imports.imported import Imported
from wsgui.imports.source import Source


@dataclass(frozen=True)
class ImportFormat:
    """One format."""

    name: str
    title: str
    recognises: Callable[[Source], bool]
    read: Callable[[Source], Sequence[Imported]]


def import_formats(package: str = "wsgui.imports.formats") -> dict[str, ImportFormat]:
    """All formats by the names of their files."""
    found = {}
    for file in pkgutil.iter_modules(importlib.import_module(package).__path__):
        module = importlib.import_module(f"{package}.{file.name}")
        found[file.name] = ImportFormat(file.name, module.TITLE, module.recognises, module.read)
    assert found, f"no format in {package}: this program was packed without its formats"
    return found
