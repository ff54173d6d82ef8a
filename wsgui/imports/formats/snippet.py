"""JavaScript and TypeScript: ``io(url, { … })``, ``new Manager(…)`` or ``new WebSocket(…)``, parsed and never run."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wsgui.core.i18n import N_, _
from wsgui.core.protocol import Protocol
from wsgui.core.snippet_reader import SnippetError, read_all
from wsgui.imports.draft import Draft
from wsgui.imports.imported import Imported, NotImportedError
from wsgui.imports.source import Source

TITLE = N_("JavaScript or TypeScript")

LARGEST = 1_000_000
"""Characters. A bundle is larger, and its names are no longer those of its author."""
_CALL = re.compile(r"\b(?:io|ioClient|socketIO|socketIOClient|connect|Manager|WebSocket)\s*(?:<[^<>()]*>)?\s*\(")


def recognises(source: Source) -> bool:
    """By a call, or by an object that is not JSON."""
    if re.match(r"\s*(?:\$\s+)?curl\b|\s*wsgui:", source.text):
        return False
    if source.looks_like_json:
        return False
    return _CALL.search(source.text) is not None or source.text.lstrip().startswith("{")


def read(source: Source) -> Sequence[Imported]:
    """A connection for each call."""
    if len(source.text) > LARGEST:
        sentence = _("{name} is larger than {n} MB, which is too large for a snippet. Cut the call out.")
        raise NotImportedError(sentence.format(name=source.name, n=LARGEST // 1_000_000))
    try:
        snippets = read_all(source.text)
    except SnippetError as error:
        raise NotImportedError(f"{source.name}: {error.sentence}") from error
    found = []
    for snippet in snippets:
        draft = Draft(source, snippet.url or (_("line {n}").format(n=snippet.line)))
        draft.protocol = Protocol.WEBSOCKET if snippet.is_websocket else Protocol.SOCKETIO
        draft.url = snippet.url or ""
        draft.options(snippet.values)
        for namespace, auth in snippet.namespaces.items():
            draft.namespaces[namespace] = auth
        for name, reason in snippet.left_out:
            draft.left(name, reason)
        if snippet.url is None and not any(name == "url" for name, _reason in snippet.left_out):
            draft.warn(_("There is no URL in it: io() then takes the address of the page. Enter the URL."))
        found.append(draft.finish())
    return found
