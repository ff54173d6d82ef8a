"""Insomnia: format 4 (JSON) and 5 (YAML), the requests of WebSocket and Socket.IO with their saved messages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from wsgui.core.i18n import N_, _
from wsgui.core.protocol import Protocol
from wsgui.imports.careful_json import items, mapping, text_of
from wsgui.imports.draft import Draft
from wsgui.imports.imported import Imported, Message
from wsgui.imports.request import enabled_pairs, take_authorization, take_header, take_query, take_url
from wsgui.imports.source import Source
from wsgui.imports.variables import fill_in_all

TITLE = N_("Insomnia export")

_OLD = {"websocket_request": Protocol.WEBSOCKET, "socketio_request": Protocol.SOCKETIO}
_OLD_MESSAGES = ("websocket_payload", "socketio_payload")


def recognises(source: Source) -> bool:
    """By the words that both formats begin with."""
    root = _root(source)
    return root.get("_type") == "export" or text_of(root.get("type")).startswith("collection.insomnia.rest/")


def read(source: Source) -> Sequence[Imported]:
    """A connection for each request of the two kinds, whatever folder it is in."""
    assert source.document is not None
    root = _root(source)
    values = _variables(root)
    found = []
    for request, protocol, messages in _old(root) if root.get("_type") == "export" else _new(root):
        filled = mapping(fill_in_all(request, values))
        draft = Draft(source, text_of(filled.get("name")))
        draft.twice(source.document.twice)
        draft.protocol = protocol
        _take(draft, filled, [mapping(fill_in_all(message, values)) for message in messages])
        if filled != request:
            draft.changed(_("The variables that the export gives a value were filled in."))
        found.append(draft.finish())
    return found


_Request = tuple[Mapping[str, object], Protocol, list[Mapping[str, object]]]


def _root(source: Source) -> Mapping[str, object]:
    return mapping(source.document.value) if source.document else {}


def _old(root: Mapping[str, object]) -> Iterator[_Request]:
    resources = [mapping(resource) for resource in items(root.get("resources"))]
    messages: dict[str, list[Mapping[str, object]]] = {}
    for resource in resources:
        if resource.get("_type") in _OLD_MESSAGES:
            messages.setdefault(text_of(resource.get("parentId")), []).append(resource)
    for resource in resources:
        if protocol := _OLD.get(text_of(resource.get("_type"))):
            yield resource, protocol, messages.get(text_of(resource.get("_id")), [])


def _new(root: Mapping[str, object]) -> Iterator[_Request]:
    waiting = list(reversed(items(root.get("collection"))))
    while waiting:
        item = mapping(waiting.pop())
        name = text_of(mapping(item.get("meta")).get("id"))
        if name.startswith("ws-req"):
            yield item, Protocol.WEBSOCKET, []
        elif name.startswith("socketio-req") or "eventListeners" in item:
            payload = mapping(item.get("payload"))
            yield item, Protocol.SOCKETIO, [payload] if payload else []
        else:
            waiting += reversed(items(item.get("children")))


def _variables(root: Mapping[str, object]) -> dict[str, str]:
    """Of all environments: the base comes before its sub-environments, and the first value of a name counts."""
    data: list[Mapping[str, object]] = []
    for resource in map(mapping, items(root.get("resources"))):
        if resource.get("_type") == "environment":
            data.append(mapping(resource.get("data")))
        elif resource.get("_type") == "request_group":
            data.append(mapping(resource.get("environment")))
    environment = mapping(root.get("environments"))
    data.append(mapping(environment.get("data")))
    data += [mapping(mapping(each).get("data")) for each in items(environment.get("subEnvironments"))]
    values: dict[str, str] = {}
    for each in data:
        for name, value in each.items():
            if text := text_of(value):
                values.setdefault(name, text)
    return values


def _take(draft: Draft, request: Mapping[str, object], messages: list[Mapping[str, object]]) -> None:
    take_url(draft, text_of(request.get("url")))
    settings = mapping(request.get("settings"))
    path = text_of(settings.get("path")) or text_of(request.get("settingPath"))
    if draft.protocol is not Protocol.WEBSOCKET and path:
        draft.option("path", path if path.startswith("/") else f"/{path}")
    for name, value in enabled_pairs(items(request.get("headers")), "name"):
        take_header(draft, name, value)
    take_query(draft, dict(enabled_pairs(items(request.get("parameters")), "name")))
    authentication = mapping(request.get("authentication"))
    if not authentication.get("disabled"):
        take_authorization(draft, text_of(authentication.get("type")), authentication)
    for message in messages:
        draft.message(_message(message))
    if listeners := [text_of(mapping(each).get("eventName")) for each in items(request.get("eventListeners"))]:
        draft.left(", ".join(listeners), _("Every event is shown here; there is no need to listen for single ones."))


def _message(message: Mapping[str, object]) -> Message:
    title = text_of(message.get("name"))
    if "args" not in message:
        return Message("", text_of(message.get("value")), title)
    args = [mapping(arg) for arg in items(message.get("args"))]
    texts = [text_of(arg.get("value")) for arg in args]
    return Message(text_of(message.get("eventName")), ", ".join(texts), title, ack=message.get("ack") is True)
