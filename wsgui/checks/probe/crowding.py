"""Whether a request fails only because there are others: the same again, while there is no other connection."""

from __future__ import annotations

import ssl

from wsgui.checks.probe.exchange import End, Exchange
from wsgui.checks.probe.polling import quiet_handshake
from wsgui.checks.probe.probe import Probe
from wsgui.checks.probe.websocket import quiet_opening

_AT_ONCE = 0.5
"""Seconds: a server that has no room does not think about it."""


async def is_crowded_out(probe: Probe, exchange: Exchange) -> bool:
    """Whether a 503, or a connection closed without a byte, does not come again in peace."""
    is_closed = exchange.end is End.CLOSED and not isinstance(exchange.error, ssl.SSLError)
    is_closed = is_closed and exchange.seconds < _AT_ONCE
    if exchange.status != 503 and not is_closed:
        return False
    if exchange.url.startswith("ws"):
        return (await quiet_opening(probe)).is_agreed
    return probe.speaks_socketio and (await quiet_handshake(probe)).status == 200
