"""The states of a session, as the window shows them. Light to import: nothing here needs a connection."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from wsgui.core.i18n import N_


class State(StrEnum):
    """Where a session is. It begins and ends in ``CLOSED``; any state can be left by closing it."""

    CLOSED = "closed"
    CONNECTING = "connecting"
    CONNECTED = "connected"
    """At least one namespace is joined."""
    WAITING = "waiting"
    """Waiting for the next attempt to reconnect."""
    CLOSING = "closing"


STATE_LABEL: Mapping[State, str] = MappingProxyType(
    {
        State.CLOSED: N_("Not connected"),
        State.CONNECTING: N_("Connecting"),
        State.CONNECTED: N_("Connected"),
        State.WAITING: N_("Waiting to reconnect"),
        State.CLOSING: N_("Closing"),
    }
)
