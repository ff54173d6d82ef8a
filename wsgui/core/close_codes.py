"""WebSocket close codes: what each is called, whether it may stand in a close frame, and what it usually means.

RFC 6455 section 7.4, and the IANA registry "WebSocket Close Code Number".
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from wsgui.core.i18n import N_, _


class CloseCode(NamedTuple):
    """A row of the registry. ``on_wire`` is false for codes that only ever stand for the absence of one."""

    name: str
    meaning: str
    on_wire: bool = True


CLOSE_CODES: Mapping[int, CloseCode] = MappingProxyType(
    {
        1000: CloseCode(N_("Normal closure"), N_("Either side ended the connection on purpose.")),
        1001: CloseCode(N_("Going away"), N_("The server shuts down, or the page was left.")),
        1002: CloseCode(N_("Protocol error"), N_("One side sent a frame that breaks the WebSocket protocol.")),
        1003: CloseCode(N_("Unsupported data"), N_("The endpoint does not take this type of message.")),
        1004: CloseCode(N_("Reserved"), N_("The code is reserved and has no meaning."), False),
        1005: CloseCode(N_("No status received"), N_("The close frame carried no code."), False),
        1006: CloseCode(N_("Abnormal closure"), N_("The connection ended without a close frame."), False),
        1007: CloseCode(N_("Invalid payload"), N_("A text message was not valid UTF-8.")),
        1008: CloseCode(N_("Policy violation"), N_("The endpoint refuses the message by a rule of its own.")),
        1009: CloseCode(N_("Message too big"), N_("A message was larger than the endpoint accepts.")),
        1010: CloseCode(N_("Extension missing"), N_("The client wanted an extension that the server did not grant.")),
        1011: CloseCode(N_("Internal error"), N_("The server met an error of its own.")),
        1012: CloseCode(N_("Service restart"), N_("The server restarts; reconnecting is fine.")),
        1013: CloseCode(N_("Try again later"), N_("The server is overloaded.")),
        1014: CloseCode(N_("Bad gateway"), N_("A gateway got an invalid answer from the server behind it.")),
        1015: CloseCode(N_("TLS handshake failed"), N_("The TLS handshake failed before any frame."), False),
    }
)


def is_valid(code: int) -> bool:
    """Whether ``code`` may stand in a close frame. The ``ws`` library answers others with WS_ERR_INVALID_CLOSE_CODE."""
    row = CLOSE_CODES.get(code)
    return row.on_wire if row else 3000 <= code <= 4999


def explain(code: int) -> str:
    """``code`` in words: its name and meaning, or why it is not allowed."""
    if row := CLOSE_CODES.get(code):
        return f"{_(row.name)}: {_(row.meaning)}"
    if 3000 <= code <= 3999:
        return _("Registered for a library or framework.")
    if 4000 <= code <= 4999:
        return _("Private: only the application that sends it knows its meaning.")
    return _("Not allowed in a close frame (WS_ERR_INVALID_CLOSE_CODE).")
