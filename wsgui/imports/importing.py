"""From a text to the connections in it: the format is told by the text itself. Works without a window, and blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from wsgui.core.i18n import _
from wsgui.imports.catalogue import import_formats
from wsgui.imports.imported import Imported, NotImportedError
from wsgui.imports.source import Source, read_source

MOST = 1000
"""Connections of one import that are shown."""


@dataclass(frozen=True)
class Found:
    """What was read."""

    title: str
    """The format, for people; of several files that of the first."""
    connections: tuple[Imported, ...]
    """At least one."""


def read(source: Source) -> Found:
    """The connections in ``source``. Raises :class:`NotImportedError`."""
    formats = import_formats()
    form = next((form for form in formats.values() if form.recognises(source)), None)
    if form is None:
        titles = ", ".join(_(form.title) for form in formats.values())
        sentence = _("{name} is none of what can be imported: {titles}.")
        raise NotImportedError(sentence.format(name=source.name, titles=titles))
    connections = form.read(source)
    if not connections:
        sentence = _("{name} ({title}) names no Socket.IO or WebSocket connection.")
        raise NotImportedError(sentence.format(name=source.name, title=_(form.title)))
    return Found(_(form.title), tuple(connections[:MOST]))


def read_files(paths: Sequence[Path]) -> Found:
    """The connections in all of these files. Raises :class:`NotImportedError` for the first that has none."""
    found = [read(read_source(path)) for path in paths]
    return Found(found[0].title, tuple(each for one in found for each in one.connections)[:MOST])
