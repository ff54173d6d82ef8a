"""What Socket.IO 2 (Engine.IO 3) and Socket.IO 3 and 4 (Engine.IO 4) do differently, as one value each.

Everything else is common to both: the engine, its transports, the namespaces and the session ask the dialect where
the two part, and nowhere else is there a version number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol as Interface

from wsgui.core import engine_packets, engine_packets_v3, socket_packets
from wsgui.core.engine_packets import EnginePacket
from wsgui.core.i18n import N_, _
from wsgui.core.option_types import Protocol
from wsgui.core.options import OptionValue, OptionValues, applying

_TELLING = 1 << 12
"""Characters of an answer in which it must have said that it is of the other generation."""


class EncodePacket(Interface):
    """A packet as one WebSocket message, its bytes in base64 where ``binary`` is false."""

    def __call__(self, packet: EnginePacket, *, binary: bool) -> str | bytes: ...


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """One generation of the protocol, as its JavaScript client speaks it."""

    eio: str
    """The version in the query of every request."""
    encode_packet: EncodePacket
    decode_packet: Callable[[str | bytes], EnginePacket]
    encode_payload: Callable[[Iterable[EnginePacket]], str]
    decode_payload: Callable[[str | bytes], list[EnginePacket]]
    read_payload: Callable[[str | bytes], Iterator[EnginePacket]]
    """The same, one packet at a time."""
    decode_events: Callable[[str | bytes], list[str] | None]
    """What messages hold where nothing but events of text came; ``None`` for all that might end the connection."""
    client_pings: bool
    """The client pings and whatever comes prolongs the connection; else the server pings, and only that counts."""
    obeys_max_payload: bool
    """Polling payloads are split so that they stay under the ``maxPayload`` of the handshake."""
    base64_polling: bool
    """Polling carries bytes in base64 and says so with ``b64=1``, as the client does on Node without being asked."""
    root_joins_itself: bool
    """The server joins ``/`` unasked. To join carries the query and no credentials, and brings no session id: that is
    the engine's. An error packet ends nothing: it may concern a namespace that is joined."""
    parse_errors_end: bool
    """A packet that cannot be read ends the connection. Else the client throws an error that nobody catches: a page
    lives on, a Node process does not."""
    local_events: frozenset[str]
    """Names that the client keeps for itself: an event of such a name is never sent."""
    _stranger: re.Pattern[str]
    _advice: str

    def advice(self, answer: str | bytes) -> str:
        """What to do about an answer that only a server of the other generation gives; empty for any other."""
        beginning = answer[:_TELLING] if isinstance(answer, str) else ""
        return _(self._advice) if self._stranger.search(beginning) else ""

    @property
    def wrong_generation(self) -> str:
        """What to do when the server is found to be of the other generation."""
        return _(self._advice)


def _decode_events(body: str | bytes) -> list[str] | None:
    parts = body.split(engine_packets.SEPARATOR) if isinstance(body, str) else []
    events = [part[1:] for part in parts if part[:2] == "42"]
    return events if parts and len(events) == len(parts) else None


V4 = Dialect(
    eio="4",
    encode_packet=engine_packets.encode_packet,
    decode_packet=engine_packets.decode_packet,
    encode_payload=engine_packets.encode_payload,
    decode_payload=engine_packets.decode_payload,
    read_payload=engine_packets.read_payload,
    decode_events=_decode_events,
    client_pings=False,
    obeys_max_payload=True,
    base64_polling=False,
    root_joins_itself=False,
    parse_errors_end=True,
    local_events=socket_packets.RESERVED_EVENTS,
    _stranger=re.compile(r"\A\d+:0\{"),
    _advice=N_(
        "The server speaks Socket.IO 2 (Engine.IO 3): choose “Socket.IO 2” as the protocol (--protocol socketio-v2)."
    ),
)

V2 = Dialect(
    eio="3",
    encode_packet=engine_packets_v3.encode_packet,
    decode_packet=engine_packets_v3.decode_packet,
    encode_payload=engine_packets_v3.encode_payload,
    decode_payload=engine_packets_v3.decode_payload,
    read_payload=engine_packets_v3.read_payload,
    decode_events=lambda body: None,  # in this framing nothing is known before all was read
    client_pings=True,
    obeys_max_payload=False,
    base64_polling=True,
    root_joins_itself=True,
    parse_errors_end=False,
    local_events=frozenset(
        {"connect", "connect_error", "connect_timeout", "connecting", "disconnect", "error", "ping", "pong"}
        | {"reconnect", "reconnect_attempt", "reconnect_failed", "reconnect_error", "reconnecting"}
    ),
    # engine.io says “Unsupported protocol version”, python-engineio “using an unsupported version of the ...”. Over a
    # WebSocket engine.io says it when that is open: as a frame, an HTTP answer has reserved bits, those of its “H”.
    _stranger=re.compile(r"\A0\{|unsupported (protocol )?version|non-zero reserved bits", re.IGNORECASE),
    _advice=N_(
        "The server speaks Socket.IO 3 or 4 (Engine.IO 4) and does not allow version 2 (its option allowEIO3): choose "
        "“Socket.IO 3 and 4” as the protocol (--protocol socketio)."
    ),
)


def dialect_of(protocol: Protocol) -> Dialect:
    """The dialect of a Socket.IO protocol."""
    return V2 if protocol is Protocol.SOCKETIO_V2 else V4


def values_for(protocol: Protocol, values: OptionValues) -> OptionValues:
    """The option values as the client of ``protocol`` takes them: without those that it does not know."""
    taken = dict(applying(values, protocol))
    if protocol is Protocol.SOCKETIO_V2:
        if taken.get("randomizationFactor") == 0:
            del taken["randomizationFactor"]  # version 2 takes this zero, too, for “not given”
        if isinstance(overrides := taken.get("transportOptions"), Mapping):
            taken["transportOptions"] = {name: _without_query(own) for name, own in overrides.items()}
    return taken


def _without_query(own: OptionValue) -> OptionValue:
    """Options of one transport, without what version 2 knows for the whole connection only."""
    return {name: value for name, value in own.items() if name != "query"} if isinstance(own, Mapping) else own
