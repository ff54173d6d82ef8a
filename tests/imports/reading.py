"""A text as if it stood in a file, and the one connection in it."""

from __future__ import annotations

from wsgui.imports.imported import Imported
from wsgui.imports.importing import read
from wsgui.imports.source import Origin, Source


def connections(text: str, name: str = "text") -> tuple[Imported, ...]:
    """All that are in a pasted text."""
    return read(Source(name, text)).connections


def connection(text: str, name: str = "text") -> Imported:
    """The one that is in it."""
    (found,) = connections(text, name)
    return found


def linked(text: str) -> Imported:
    """The one of a text that a stranger's link carries."""
    (found,) = read(Source("text", text, Origin.LINK)).connections
    return found
