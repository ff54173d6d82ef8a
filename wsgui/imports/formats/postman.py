"""Postman: collections with Socket.IO and WebSocket requests, format 3 as JSON or as the YAML file of one request.

Format 2.1, which Postman long exported, leaves out all but HTTP; where a collection of that kind has a request to a
``ws://`` URL or to ``/socket.io/``, it is taken.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from wsgui.core.i18n import N_, _
from wsgui.core.protocol import Protocol
from wsgui.imports.careful_json import items, mapping, text_of
from wsgui.imports.draft import Draft
from wsgui.imports.imported import Imported, Message
from wsgui.imports.request import enabled_pairs, take_authorization, take_header, take_query, take_url
from wsgui.imports.source import Source
from wsgui.imports.variables import fill_in_all

TITLE = N_("Postman export")

_KINDS = {
    "ws-raw-request": Protocol.WEBSOCKET,
    "websocket-request": Protocol.WEBSOCKET,
    "ws-socketio-request": Protocol.SOCKETIO,
    "socketio-request": Protocol.SOCKETIO,
    "socket-io-request": Protocol.SOCKETIO,
}


def recognises(source: Source) -> bool:
    """By the schema that it names, or the kind of its one request."""
    root = _root(source)
    kind = text_of(root.get("$kind"))
    schema = text_of(mapping(root.get("info")).get("schema")) + text_of(root.get("$schema"))
    return kind.endswith("request") or "postman.com" in schema or "_postman_id" in mapping(root.get("info"))


def read(source: Source) -> Sequence[Imported]:
    """A connection for each request of the two kinds, whatever folder it is in."""
    assert source.document is not None
    root = _root(source)
    values = dict(enabled_pairs(items(root.get("variable")) + items(root.get("variables"))))
    found = []
    for item in _requests(root):
        filled = mapping(fill_in_all(item, values))
        draft = Draft(source, text_of(filled.get("title")) or text_of(filled.get("name")))
        draft.twice(source.document.twice)
        _take(draft, filled)
        if filled != item:
            draft.changed(_("The variables that the export gives a value were filled in."))
        found.append(draft.finish())
    return found


def _root(source: Source) -> Mapping[str, object]:
    root = mapping(source.document.value) if source.document else {}
    return mapping(root.get("collection")) if "collection" in root and "info" not in root else root


def _requests(root: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    waiting: list[object] = [root]
    while waiting:
        item = mapping(waiting.pop())
        kind = text_of(item.get("type")) or text_of(item.get("$kind"))
        if kind in _KINDS or _is_old_request(item):
            yield item
        else:
            waiting += reversed(items(item.get("item")) + items(item.get("items")) + items(item.get("children")))


def _is_old_request(item: Mapping[str, object]) -> bool:
    url = _url_of(mapping(item.get("request")))
    return url.lower().startswith(("ws://", "wss://")) or "EIO=" in url


def _url_of(request: Mapping[str, object]) -> str:
    url = request.get("url")
    return url if isinstance(url, str) else text_of(mapping(url).get("raw"))


def _take(draft: Draft, item: Mapping[str, object]) -> None:
    kind = text_of(item.get("type")) or text_of(item.get("$kind"))
    request = mapping(item.get("payload")) or mapping(item.get("request")) or item
    draft.protocol = _KINDS.get(kind, Protocol.SOCKETIO if "EIO=" in _url_of(request) else Protocol.WEBSOCKET)
    settings = mapping(request.get("settings"))
    if draft.protocol is Protocol.SOCKETIO and text_of(settings.get("version")).lstrip("v").startswith("2"):
        draft.protocol = Protocol.SOCKETIO_V2
    take_url(draft, _url_of(request))
    _take_settings(draft, settings)
    for name, value in _pairs(request, "headers", "header"):
        take_header(draft, name, value)
    take_query(draft, dict(_pairs(request, "queryParams", "query")))
    _take_auth(draft, request.get("auth"))
    for child in items(item.get("children")) + items(request.get("messages")):
        _take_message(draft, mapping(child))
    scripts = (item.get("scripts"), item.get("event"), mapping(item.get("extensions")).get("events"))
    if any(scripts):
        draft.left(_("A script"), _("Nothing that is imported is run."))
    if events := [text_of(mapping(event).get("name")) for event in items(request.get("events"))]:
        draft.left(", ".join(events), _("Every event is shown here; there is no need to listen for single ones."))


def _pairs(request: Mapping[str, object], *names: str) -> list[tuple[str, str]]:
    """Lists of ``key`` and ``value``, or an object, as the YAML files have it."""
    found: list[tuple[str, str]] = []
    for name in names:
        value = request.get(name)
        found += enabled_pairs(items(value))
        found += [(key, text_of(entry)) for key, entry in mapping(value).items()]
    return found


def _take_settings(draft: Draft, settings: Mapping[str, object]) -> None:
    if draft.protocol is not Protocol.WEBSOCKET and (path := text_of(settings.get("path"))):
        draft.option("path", path if path.startswith("/") else f"/{path}")
    for name, option in (("handshakeTimeout", "timeout"), ("reconnectionDelay", "reconnectionDelay")):
        value = settings.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool) and value > 0:
            draft.option(option, value)
    if (strict := settings.get("strictSSL", settings.get("sslVerification"))) is not None and strict is False:
        draft.option("rejectUnauthorized", False)


def _take_auth(draft: Draft, auth: object) -> None:
    given = mapping(auth)
    kind = text_of(given.get("type"))
    rows = given.get(kind, given.get("credentials"))
    pairs = dict(enabled_pairs(items(rows))) or mapping(rows)
    take_authorization(draft, kind, pairs)


def _take_message(draft: Draft, child: Mapping[str, object]) -> None:
    kind = text_of(child.get("type"))
    if kind not in ("ws-raw-message", "ws-socketio-message"):
        return
    payload = mapping(child.get("payload"))
    title = text_of(child.get("title"))
    parts = [mapping(arg) for arg in items(payload.get("args"))] if kind == "ws-socketio-message" else [payload]
    if any(text_of(part.get("type")) == "binary" for part in parts):
        draft.left(title or _("A message"), _("It is binary."))
        return
    if kind == "ws-raw-message":
        draft.message(Message("", text_of(payload.get("content")), title))
        return
    texts = [text_of(part.get("content")) for part in parts]
    written = [
        text if text_of(part.get("type")) == "json" and text.strip() else json.dumps(text, ensure_ascii=False)
        for part, text in zip(parts, texts, strict=True)
    ]
    event = text_of(payload.get("eventName"))
    draft.message(Message(event, ", ".join(written), title, ack=payload.get("acknowledgement") is True))
