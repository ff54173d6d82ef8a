"""Socket.IO packets in MessagePack: what ``socket.io-msgpack-parser`` 3 puts into one binary message.

A map of ``type``, ``data``, ``nsp`` and, where there is one, ``id``. Bytes stand in it as they are. What JavaScript
calls undefined is the extension type 0.

https://github.com/socketio/socket.io-msgpack-parser
"""

from __future__ import annotations

import msgpack

from wsgui.core.i18n import _
from wsgui.core.socket_packets import PacketError, SocketPacket, SocketType, check_event

_UNDEFINED = msgpack.ExtType(0, b"\0")
_ORDER = {SocketType.EVENT: ("type", "data", "options", "id", "nsp"), SocketType.ACK: ("type", "id", "data", "nsp")}
"""The keys in the order in which the JavaScript client happens to make them."""


def encode(packet: SocketPacket) -> bytes:
    """The packet as one binary message, byte for byte as JavaScript has it."""
    values: dict[str, object] = {"type": int(packet.type), "data": packet.data, "nsp": packet.namespace}
    if packet.type is SocketType.CONNECT and packet.data is None:
        values["data"] = _UNDEFINED
    if packet.type is SocketType.DISCONNECT:
        del values["data"]
    if packet.type is SocketType.EVENT:
        values["options"] = {"compress": True}
    if packet.id is not None:
        values["id"] = packet.id
    keys = _ORDER.get(packet.type, ("type", "data", "nsp"))
    encoded: bytes = msgpack.packb({key: values[key] for key in keys if key in values})
    return encoded


def decode(data: bytes) -> SocketPacket:
    """Decode one binary message. Raises :class:`PacketError` for what the JavaScript parser refuses."""
    try:
        value = msgpack.unpackb(data, strict_map_key=False, ext_hook=_extension)
    except (ValueError, TypeError, msgpack.UnpackException, RecursionError) as error:  # TypeError: a map as a key
        raise PacketError(_("its MessagePack is broken: {why}").format(why=error)) from error
    if not isinstance(value, dict):
        raise PacketError(_("it is no map"))
    kind, namespace, number, content = (value.get(key) for key in ("type", "nsp", "id", "data"))
    if not isinstance(kind, int) or isinstance(kind, bool) or not 0 <= kind <= SocketType.CONNECT_ERROR:
        raise PacketError(_("invalid packet type"))
    if not isinstance(namespace, str):
        raise PacketError(_("invalid namespace"))
    if not _fits(SocketType(kind), content):
        raise PacketError(_("invalid payload"))
    if number is not None and (not isinstance(number, int) or isinstance(number, bool)):
        raise PacketError(_("invalid packet id"))
    if kind == SocketType.EVENT:
        check_event(content)
    return SocketPacket(SocketType(kind), namespace, number, content)


def _fits(kind: SocketType, content: object) -> bool:
    match kind:
        case SocketType.CONNECT:
            return content is None or isinstance(content, dict)
        case SocketType.DISCONNECT:
            return content is None
        case SocketType.CONNECT_ERROR:
            return isinstance(content, str | dict)
    return isinstance(content, list)


def _extension(code: int, data: bytes) -> object:
    return None if code == 0 else msgpack.ExtType(code, data)
