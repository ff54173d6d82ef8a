"""A Record is one thing that happened on a connection: a closed set of kinds, and the raw bytes as they came.

A record is cheap to make, because a flood makes tens of thousands of them a second. It keeps what was on the
wire (``data``) and a few small facts that the wire does not say (a status, a round-trip time). What it *means*
is worked out when it is shown: :mod:`wsgui.core.describe` is a pure function of the record.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

Facts = Mapping[str, object]
"""Small facts beside the raw data; every value can be written as JSON. The keys of each kind: :class:`Kind`."""


class Direction(StrEnum):
    """Who sent it."""

    OUT = "out"
    IN = "in"
    NONE = "-"


class Kind(StrEnum):
    """What happened. The string under each kind names its facts; ``data`` is the raw text or bytes, if any."""

    STATE = "state"
    """``state``: the session's new state (a value of ``wsgui.net.session.State``)."""
    TRANSPORT = "transport"
    """``transport``, ``url``: the engine is open on this transport."""
    UPGRADE = "upgrade"
    """``transport``, ``url``: the connection moved to a better transport."""
    UPGRADE_ERROR = "upgrade_error"
    """``transport``, ``text``, ``chain``: the upgrade failed; the connection goes on as it was."""
    CONNECT = "connect"
    """``namespace``, ``sid``, ``transport``, ``url``: the server accepted the namespace.

    Of a plain WebSocket, which has neither of the first two: ``protocol`` and ``compression``, that were agreed.
    """
    CONNECT_ERROR = "connect_error"
    """``text``, ``data``, ``namespace``, ``chain``: an attempt failed, or the server refused the namespace.

    ``option``: the option to blame, where one is.
    """
    DISCONNECT = "disconnect"
    """``reason`` (the JavaScript one), ``namespace``, ``details``."""
    RECONNECT_ATTEMPT = "reconnect_attempt"
    """``n``, ``delay`` in seconds: this attempt begins; before it the client waited so long."""
    RECONNECT = "reconnect"
    """``n``: the attempt that succeeded."""
    RECONNECT_ERROR = "reconnect_error"
    """``n``, ``text``: the attempt that failed."""
    RECONNECT_FAILED = "reconnect_failed"
    """``n``: the number of attempts after which the client gave up."""
    EVENT = "event"
    """``data``: the Socket.IO packet, attachments included. Facts for what was sent only: ``id`` of the ack asked."""
    ACK = "ack"
    """``data``: the Socket.IO packet. ``id``, ``event``, ``emit`` (seq of the emit), ``rtt`` in seconds, ``late``."""
    HTTP = "http"
    """``method``, ``url``, ``status``, ``headers``, ``request_headers``, ``request_body``, ``seconds``, ``error``.

    ``data``: the body of the answer, decoded. Headers are lists of ``[name, value]`` in the order of the wire, names as
    they were written. ``version`` (``"1.1"``) and ``reason`` of the status line; ``size``: bytes of the whole answer on
    the wire. ``timing``: seconds of each phase that there was: ``dns``, ``connect``, ``proxy``, ``tls``, ``send``,
    ``wait`` (until the first byte of the answer), ``receive``. ``socket``: the number of the TCP connection within the
    recording. ``carries``: the ``seq`` of the packets that a request took along. ``raw``: the answer as it came,
    where its body was chunked or compressed, or broke a rule of HTTP.
    """
    WS_OPEN = "ws_open"
    """The WebSocket handshake, with the facts of ``HTTP``. ``data``: the body of a refusal."""
    WS_MESSAGE = "ws_message"
    """``data``: a WebSocket message that is no Socket.IO packet."""
    WS_PING = "ws_ping"
    WS_PONG = "ws_pong"
    """``rtt`` in seconds, if it answers a ping of this client; ``data`` of both: what they carry."""
    WS_CLOSE = "ws_close"
    """``code``, ``reason``, ``valid``, ``by`` (``server`` or ``client``): the close frame, or its absence (1006).

    Where they are known: ``answer`` (to the other side's), ``problem`` and ``name`` of what is illegal; ``data``: the
    payload.
    """
    ENGINE = "engine"
    """``packet`` (``open``, ``ping`` ...), ``transport``; ``data``: what the packet carries."""
    ERROR = "error"
    """``text``, ``chain``: each link of the chain of causes as ``[type, message]``, the outermost first."""
    FAULT = "fault"
    """``text``, ``fault`` (its id): done wrong on purpose by this client. ``raw``: the bytes that it sent for that."""
    NOTE = "note"
    """``text``: said by the program itself.

    Of a new TCP connection also ``peer`` and ``local`` (``host:port``), ``proxy``, ``tls`` (the version), ``cipher``
    and ``certificate`` (``subject``, ``issuer``, ``begins``, ``ends``, ``names``, ``verified``). ``diagnosis``
    (``begins``, ``ends``): what the checks ask is between the two.
    """


class Severity(StrEnum):
    """How a record is coloured; never told by colour alone, the kind says it in words."""

    PLAIN = "plain"
    MUTED = "muted"
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


class Record(NamedTuple):
    """One thing that happened. Immutable; ``seq`` is 1, 2, 3 ... without a gap within one recording.

    What a WebSocket carries is one record, whatever its kind: the packet and the frame that held it. A record whose
    frame is not simply FIN, no reserved bits and an opcode that goes with ``data`` has the fact ``frames``: a list of
    ``[opcode, fin, rsv, size]`` with the size of the payload on the wire. ``mask`` has the masking keys of these
    frames in hex, eight digits each; without it they were not masked.
    """

    seq: int
    t: float
    """Seconds since the recording began, by the monotonic clock."""
    wall: float
    """Seconds since 1970, by the wall clock."""
    connection: int
    """Which connection of the recording: 1 for the first press of Connect, 2 for the next ..."""
    direction: Direction
    kind: Kind
    data: str | bytes | None = None
    """What was on the wire: text as it was sent, or bytes. ``None`` where nothing was."""
    facts: Facts | None = None
    raw: bytes | None = None
    """The bytes on the wire, where ``data`` and ``facts`` do not give them back: the frames of a message that was
    compressed or cut up, a frame that breaks the rules, an answer that was chunked."""
    via: int = 0
    """Where it is on the wire: its own ``seq`` if it is an exchange or a frame itself; the ``seq`` of the exchange that
    brought it; 0 if nothing of it was on the wire, or if it still had to wait (see ``carries``)."""

    def fact(self, name: str) -> object:
        """The fact of that name, or ``None``."""
        return self.facts.get(name) if self.facts else None
