"""Hoppscotch: what it keeps of the Realtime page, as its storage has it. Its collections have no such requests.

The storage holds ``socketIORequest`` and ``WebsocketRequest``, or one of these objects alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wsgui.core.i18n import N_, _
from wsgui.core.protocol import Protocol
from wsgui.imports.careful_json import items, mapping, read_json, text_of
from wsgui.imports.draft import Draft
from wsgui.imports.imported import Imported, NotImportedError
from wsgui.imports.request import enabled_pairs, take_url
from wsgui.imports.source import Source
from wsgui.imports.variables import fill_in_all

TITLE = N_("Hoppscotch export")

_SOCKETIO = ("socketIORequest", "SocketIORequest")
_WEBSOCKET = ("WebsocketRequest", "websocketRequest", "webSocketRequest")


def recognises(source: Source) -> bool:
    """By the names of its storage, the shape of one request, or that of a collection, which is then explained."""
    root = _root(source)
    if any(name in root for name in (*_SOCKETIO, *_WEBSOCKET)):
        return True
    return ("endpoint" in root and bool({"version", "protocols"} & root.keys())) or _is_collection(source)


def read(source: Source) -> Sequence[Imported]:
    """One connection, or the two that the storage has."""
    assert source.document is not None
    if _is_collection(source):
        sentence = _("{name}: a collection of Hoppscotch has no Socket.IO and no WebSocket requests.")
        raise NotImportedError(sentence.format(name=source.name))
    root = _root(source)
    found = [(Protocol.SOCKETIO, _object(source, root[name])) for name in _SOCKETIO if name in root]
    found += [(Protocol.WEBSOCKET, _object(source, root[name])) for name in _WEBSOCKET if name in root]
    if not found:
        found = [(Protocol.WEBSOCKET if "protocols" in root else Protocol.SOCKETIO, root)]
    return [_connection(source, protocol, request, source.document.twice) for protocol, request in found]


def _root(source: Source) -> Mapping[str, object]:
    return mapping(source.document.value) if source.document else {}


def _is_collection(source: Source) -> bool:
    value = source.document.value if source.document else None
    roots = [mapping(each) for each in (value if isinstance(value, list) else [value])]
    return bool(roots) and all("folders" in root and "requests" in root for root in roots)


def _object(source: Source, value: object) -> Mapping[str, object]:
    """The storage of a browser keeps texts: an object may be written as one."""
    if isinstance(value, str) and value.lstrip().startswith("{"):
        value = read_json(value, source.name).value
    return mapping(value)


def _connection(source: Source, protocol: Protocol, request: Mapping[str, object], twice: tuple[str, ...]) -> Imported:
    request = mapping(fill_in_all(request, {}))
    draft = Draft(source, text_of(request.get("name")) or "Hoppscotch")
    draft.twice(twice)
    draft.protocol = protocol
    if protocol is Protocol.SOCKETIO and text_of(request.get("version")) == "v2":
        draft.protocol = Protocol.SOCKETIO_V2
    url = text_of(request.get("endpoint"))
    if protocol is Protocol.SOCKETIO and url.startswith("ws"):
        url = "http" + url[2:]
        draft.changed(_("The scheme is http or https now, as io() has it; the transports are the same."))
    take_url(draft, url)
    if path := text_of(request.get("path")):
        draft.option("path", path if path.startswith("/") else f"/{path}")
    if protocols := [value for _key, value in enabled_pairs(items(request.get("protocols")), "value")]:
        draft.option("protocols", protocols)
    return draft.finish()
