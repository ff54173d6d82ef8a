"""A connection that wsgui wrote: a profile as a file or a text, see :mod:`wsgui.core.profiles.text`."""

from __future__ import annotations

from collections.abc import Sequence

from wsgui.core.i18n import N_, _
from wsgui.core.profiles.stored_secrets import put_back
from wsgui.core.profiles.text import FORMAT
from wsgui.core.profiles.text import read as read_profile
from wsgui.imports.careful_json import Document, mapping, text_of
from wsgui.imports.draft import Draft
from wsgui.imports.imported import Imported, NotImportedError
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
    profile, left = read_profile(root)
    profile, missing = put_back(profile, {})
    draft = Draft(source, profile.name)
    draft.twice(document.twice)
    draft.url = profile.url
    draft.protocol = profile.protocol
    draft.options(profile.options)
    draft.namespaces.update(profile.namespaces)
    draft.notes = profile.notes
    for message in profile.messages:
        draft.message(message)
    for name in missing:
        draft.left(name, _("It is a secret, which the file does not hold. Fill it in."))
    for each in left:
        draft.left(each.name, each.reason)
    if "steps" in profile.more:
        draft.left("steps", _("A sequence is run with “wsgui run FILE”, or imported under Sequences."))
    for name in profile.more.keys() - {"steps", "times"}:
        draft.left(name, _("This version does not know it."))
    return draft.finish()
