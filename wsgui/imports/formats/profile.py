"""A connection that wsgui wrote: the JSON object of :mod:`wsgui.core.connection_plan`, as a file or a text."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from wsgui.core.connection_plan import FORMAT
from wsgui.core.i18n import N_, _
from wsgui.core.option_values import OptionValue
from wsgui.core.protocol import Protocol
from wsgui.imports.careful_json import Document, items, mapping, text_of
from wsgui.imports.draft import Draft
from wsgui.imports.imported import Imported, Message, NotImportedError
from wsgui.imports.source import Source

TITLE = N_("wsgui profile")


def recognises(source: Source) -> bool:
    """By the number of the format."""
    return source.document is not None and "wsgui" in mapping(source.document.value)


def read(source: Source) -> Sequence[Imported]:
    """The one connection."""
    assert source.document is not None
    return [connection(source, source.document)]


def connection(source: Source, document: Document) -> Imported:
    """The connection in an object. Raises :class:`NotImportedError`."""
    root = mapping(document.value)
    number = root.get("wsgui")
    if number != FORMAT:
        sentence = _("{name} was written by a version of wsgui that has another format ({n}). Update wsgui.")
        raise NotImportedError(sentence.format(name=source.name, n=text_of(number) or "?"))
    draft = Draft(source, text_of(root.get("name")))
    draft.twice(document.twice)
    draft.url = text_of(root.get("url"))
    try:
        draft.protocol = Protocol(text_of(root.get("protocol")) or Protocol.SOCKETIO)
    except ValueError:
        draft.left("protocol", _("There is no such protocol."))
    draft.options(_values(root.get("options")))
    for name, auth in mapping(root.get("namespaces")).items():
        if name.startswith("/") and "," not in name and name.isprintable():
            draft.namespaces[name] = mapping(auth) or None
        else:
            draft.left(name, _("It is no name of a namespace."))
    for each in map(mapping, items(root.get("messages"))):
        draft.message(Message(text_of(each.get("event")), text_of(each.get("text")), text_of(each.get("title"))))
    if "steps" in root:
        draft.left("steps", _("A sequence is run with “wsgui run FILE”, or imported under Sequences."))
    known = {"wsgui", "name", "url", "protocol", "options", "namespaces", "messages", "steps", "times"}
    for name in root.keys() - known:
        draft.left(name, _("This version does not know it."))
    return draft.finish()


def _values(value: object) -> Mapping[str, OptionValue]:
    """The options; JSON has no ``Infinity`` and writes ``null`` for it."""
    values: dict[str, OptionValue] = {}
    for name, entry in mapping(value).items():
        values[name] = math.inf if entry is None else entry  # type: ignore[assignment] # of JSON; checked one by one
    return values
