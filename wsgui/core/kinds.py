"""How kinds and directions of records are shown: a word or two for the log's column and its filter, an arrow."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from wsgui.core.i18n import N_
from wsgui.core.records import Direction, Kind

ARROWS: Mapping[Direction, str] = MappingProxyType({Direction.OUT: "→", Direction.IN: "←", Direction.NONE: "·"})
LABEL: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.STATE: N_("State"),
        Kind.TRANSPORT: N_("Transport"),
        Kind.UPGRADE: N_("Upgrade"),
        Kind.UPGRADE_ERROR: N_("Upgrade error"),
        Kind.CONNECT: N_("Connect"),
        Kind.CONNECT_ERROR: N_("Connect error"),
        Kind.DISCONNECT: N_("Disconnect"),
        Kind.RECONNECT_ATTEMPT: N_("Attempt"),
        Kind.RECONNECT: N_("Reconnected"),
        Kind.RECONNECT_ERROR: N_("Attempt failed"),
        Kind.RECONNECT_FAILED: N_("Gave up"),
        Kind.EVENT: N_("Event"),
        Kind.ACK: N_("Ack"),
        Kind.HTTP: N_("HTTP"),
        Kind.WS_OPEN: N_("WS open"),
        Kind.WS_MESSAGE: N_("WS message"),
        Kind.WS_PING: N_("WS ping"),
        Kind.WS_PONG: N_("WS pong"),
        Kind.WS_CLOSE: N_("WS close"),
        Kind.ENGINE: N_("Engine.IO"),
        Kind.ERROR: N_("Error"),
        Kind.FAULT: N_("Fault on purpose"),
        Kind.NOTE: N_("Note"),
    }
)
