"""Socket.IO inside of Engine.IO, for what a diagnosis says of it: CONNECT out, and whatever comes back."""

from __future__ import annotations

from collections.abc import Iterable

from wsgui.checks.probe.probe import Probe
from wsgui.core import javascript_json, msgpack_packets
from wsgui.core.engine_packets import EnginePacket, PacketType
from wsgui.core.options import value_of
from wsgui.core.socket_packets import PacketError, SocketPacket, SocketType, decode

ANSWERS = frozenset({SocketType.CONNECT, SocketType.CONNECT_ERROR})
"""What a server says to CONNECT."""


def uses_msgpack(probe: Probe) -> bool:
    """Whether the packets are MessagePack, which the option ``parser`` says."""
    return value_of(probe.values, "parser") == "msgpack"


def connect_packets(probe: Probe) -> list[EnginePacket]:
    """The packets with which the namespaces are joined. Version 2 joins the root namespace unasked."""
    if probe.is_v2:
        query = f"?{probe.engine.query_text}" if probe.engine.query_text else ""
        named = (namespace for namespace in probe.target.joined if namespace != "/")
        return [EnginePacket(PacketType.MESSAGE, f"0{namespace}{query},") for namespace in named]
    return [_connect(probe, namespace) for namespace in probe.target.joined]


def _connect(probe: Probe, namespace: str) -> EnginePacket:
    auth = probe.target.auths.get(namespace, value_of(probe.values, "auth"))
    if uses_msgpack(probe):
        packed = msgpack_packets.encode(SocketPacket(SocketType.CONNECT, namespace, None, auth or None))
        return EnginePacket(PacketType.MESSAGE, packed)
    where = "" if namespace == "/" else f"{namespace},"
    return EnginePacket(PacketType.MESSAGE, f"0{where}" + (javascript_json.dumps(auth) if auth else ""))


def read_packets(probe: Probe, messages: Iterable[str | bytes]) -> tuple[SocketPacket, ...]:
    """The Socket.IO packets among the messages of Engine.IO; an attachment and what is none are left out."""
    return tuple(packet for message in messages if (packet := _read(probe, message)))


def read_websocket(probe: Probe, messages: Iterable[str | bytes]) -> tuple[SocketPacket, ...]:
    """The same of what came over a WebSocket, where the digit 4 stands before a text."""
    own = (message[1:] if isinstance(message, str) else message for message in messages if is_message(message))
    return read_packets(probe, own)


def is_message(message: str | bytes) -> bool:
    """Whether a message of a WebSocket is one of Socket.IO."""
    return isinstance(message, bytes) or message.startswith("4")


def _read(probe: Probe, message: str | bytes) -> SocketPacket | None:
    try:
        if isinstance(message, str):
            return decode(message)
        return msgpack_packets.decode(message) if uses_msgpack(probe) else None
    except PacketError:
        return None
