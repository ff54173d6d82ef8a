"""WebSocket close codes: what each is called, who may send it, what it usually means, and where to look then.

RFC 6455 section 7.4, and the IANA registry "WebSocket Close Code Number Registry". Every number has a row:
:func:`close_code` gives that of the code itself, or of the range it is in.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from wsgui.core.i18n import N_, _


class Sender(StrEnum):
    """Who may send a code; the value is said to people, through ``_``."""

    EITHER = N_("either side")
    SERVER = N_("the server")
    CLIENT = N_("the client")
    NOBODY = N_("nobody: a program says it of a connection, it may not stand in a frame")


class CloseCode(NamedTuple):
    """A row of the table. ``look_at`` says what to do about it; empty where nothing is wrong."""

    name: str
    meaning: str
    sender: Sender = Sender.EITHER
    look_at: str = ""

    @property
    def on_wire(self) -> bool:
        """Whether it may stand in a close frame."""
        return self.sender is not Sender.NOBODY


STABLE = N_(
    "The same number each time: the other side passes on a code that it should keep to itself. aiohttp "
    "(ws.close(code=…)), websocket-client and proxies that forward event.code do not check it. Send 1000, or 3000 to "
    "4999, there. A server built on ws without an “error” listener on the socket ends when such a frame arrives."
)
"""What to look at when the code is a reserved one that somebody chose."""
RANDOM = N_(
    "Another number each time: no program chose it. Two “upgrade” listeners on one HTTP server (Socket.IO and another "
    "WebSocketServer, or a dev proxy) both answered, and each takes the masking off the same bytes. Route the upgrades "
    "in one listener: new WebSocketServer({ noServer: true }), and destroyUpgrade: false for Socket.IO."
)
"""What to look at when the code is what is left of a frame that was unmasked twice."""

CLOSE_CODES: Mapping[int, CloseCode] = MappingProxyType(
    {
        1000: CloseCode(N_("Normal closure"), N_("Either side ended the connection on purpose.")),
        1001: CloseCode(
            N_("Going away"),
            N_("The server shuts down, or the page was left."),
            look_at=N_("If it comes at a fixed age: a platform that ends connections after a time, or a deployment."),
        ),
        1002: CloseCode(
            N_("Protocol error"),
            N_("One side sent a frame that breaks the WebSocket protocol."),
            look_at=N_(
                "The frames before it, of the side that did not send it: a second answer in the stream, reserved bits, "
                "a frame that is masked and should not be, or an illegal close code."
            ),
        ),
        1003: CloseCode(
            N_("Unsupported data"),
            N_("The endpoint does not take this type of message."),
            look_at=N_("Whether the last message should have been text instead of binary, or the other way round."),
        ),
        1004: CloseCode(N_("Reserved"), N_("The code is reserved and has no meaning."), Sender.NOBODY, look_at=STABLE),
        1005: CloseCode(N_("No status received"), N_("The close frame carried no code."), Sender.NOBODY),
        1006: CloseCode(
            N_("Abnormal closure"),
            N_("The connection ended without a close frame."),
            Sender.NOBODY,
            N_(
                "A crash, a restart, a network that went away, or a proxy that cuts idle connections: see how long "
                "nothing was sent before it."
            ),
        ),
        1007: CloseCode(
            N_("Invalid payload"),
            N_("A text message was not valid UTF-8."),
            look_at=N_("The last text message; also compressed data that cannot be unpacked ends so."),
        ),
        1008: CloseCode(
            N_("Policy violation"),
            N_("The endpoint refuses the message by a rule of its own."),
            look_at=N_("The reason beside the code, then the server's rules: the Origin, a token, a rate limit."),
        ),
        1009: CloseCode(
            N_("Message too big"),
            N_("A message was larger than the endpoint accepts."),
            look_at=N_("The size of the last message against maxHttpBufferSize (1 MB) or maxPayload of the server."),
        ),
        1010: CloseCode(
            N_("Extension missing"),
            N_("The client wanted an extension that the server did not grant."),
            Sender.CLIENT,
            N_("Sec-WebSocket-Extensions of the handshake, in the request and in the response."),
        ),
        1011: CloseCode(
            N_("Internal error"),
            N_("The server met an error of its own."),
            Sender.SERVER,
            N_("The server's log at that second; libraries also send it when a ping was not answered in time."),
        ),
        1012: CloseCode(N_("Service restart"), N_("The server restarts; reconnecting is fine."), Sender.SERVER),
        1013: CloseCode(
            N_("Try again later"),
            N_("The server is overloaded."),
            Sender.SERVER,
            N_("Limits of the server; reconnect with a growing delay."),
        ),
        1014: CloseCode(
            N_("Bad gateway"),
            N_("A gateway got an invalid answer from the server behind it."),
            Sender.SERVER,
            N_("Whether the server behind the proxy runs, and its log."),
        ),
        1015: CloseCode(
            N_("TLS handshake failed"),
            N_("The TLS handshake failed before any frame."),
            Sender.NOBODY,
            N_("The certificate: its name, its dates, its issuer."),
        ),
        3000: CloseCode(
            N_("Unauthorized"),
            N_("Registered: the endpoint wants a login, and the connection has none that it takes."),
            look_at=N_("The token: in auth, in the query, in a header or cookie of the handshake."),
        ),
        3003: CloseCode(
            N_("Forbidden"),
            N_("Registered: the endpoint knows who it is, and refuses."),
            look_at=N_("What this user may do on the server."),
        ),
        3008: CloseCode(
            N_("Timeout"),
            N_("Registered: the other side took too long."),
            look_at=N_("The last message that waited for an answer."),
        ),
    }
)
RANGES: Mapping[range, CloseCode] = MappingProxyType(
    {
        range(1000): CloseCode(
            N_("Not used"),
            N_("Not allowed in a close frame (WS_ERR_INVALID_CLOSE_CODE): codes begin at 1000."),
            Sender.NOBODY,
            STABLE,
        ),
        range(1016, 3000): CloseCode(
            N_("Reserved for the protocol"),
            N_("Not allowed in a close frame (WS_ERR_INVALID_CLOSE_CODE): kept for later versions of the protocol."),
            Sender.NOBODY,
            STABLE,
        ),
        range(3000, 4000): CloseCode(
            N_("Library or framework"),
            N_("Registered for a library or framework."),
            look_at=N_("The documentation of the library that the other side uses."),
        ),
        range(4000, 5000): CloseCode(
            N_("Private"),
            N_("Private: only the application that sends it knows its meaning."),
            look_at=N_("The source of the other side. 4400 to 4499 are often used as HTTP's 400 to 499."),
        ),
        range(5000, 65535): CloseCode(
            N_("Out of range"),
            N_("Not allowed in a close frame (WS_ERR_INVALID_CLOSE_CODE): codes end at 4999."),
            Sender.NOBODY,
            RANDOM,
        ),
    }
)
_CHOSEN = frozenset({5000, 6000, 8000, 9000, 9999, 10_000, 50_000, 65_534, 65_535})
"""Codes beyond the range that somebody wrote down: a round number, or -1 and -2 in 16 bits."""
_IMPOSSIBLE = CloseCode(
    N_("No close code"),
    N_("Not allowed in a close frame (WS_ERR_INVALID_CLOSE_CODE): a code has 16 bits."),
    Sender.NOBODY,
)


def close_code(code: int) -> CloseCode:
    """The row for ``code``; of a code that has none, the row of its range."""
    if row := CLOSE_CODES.get(code):
        return row
    if code in _CHOSEN:
        return RANGES[range(5000, 65535)]._replace(look_at=STABLE)
    return next((row for numbers, row in RANGES.items() if code in numbers), _IMPOSSIBLE)


def is_valid(code: int) -> bool:
    """Whether ``code`` may stand in a close frame. The ``ws`` library answers others with WS_ERR_INVALID_CLOSE_CODE."""
    return close_code(code).on_wire


def explain(code: int) -> str:
    """``code`` in words: its name and meaning, or why it is not allowed."""
    row = close_code(code)
    return f"{_(row.name)}: {_(row.meaning)}" if code in CLOSE_CODES else _(row.meaning)


def advise(code: int, *, on_wire: bool = True) -> str:
    """What to look at; empty where nothing is wrong.

    ``on_wire``: the code stood in a close frame. There a reserved one has another cause than where a program says it.
    """
    row = close_code(code)
    if on_wire and not row.on_wire and code in CLOSE_CODES:
        return _(STABLE)
    return _(row.look_at) if row.look_at else ""
