"""How long and how much: nothing that a server does, or does not do, can hold a diagnosis up beyond this."""

from __future__ import annotations

from dataclasses import dataclass

MOST_BODY = 1 << 20
"""Bytes kept of a body, as it is on the wire and unpacked."""
MOST_STREAM = 1 << 20
"""Bytes read of what a WebSocket brings."""
MOST_FRAMES = 5000
"""Messages and control frames of it."""

CONNECTIONS = 4
"""Connections that are open side by side, at most."""


@dataclass(frozen=True)
class Limits:
    """Seconds."""

    connect: float = 5.0
    """For a TCP connection."""
    tls: float = 5.0
    first_byte: float = 6.0
    """From the request to the first byte of the answer."""
    aside: float = 1.2
    """The same for what is asked for information only: a Node server without a handler never answers it."""
    search: float = 2.5
    """The same where Socket.IO is looked for at other paths."""
    answer: float = 9.0
    """From the request to the end of the answer."""
    open: float = 3.0
    """From the end of a WebSocket handshake to the first packet."""
    join: float = 5.0
    """From the CONNECT of a namespace to its answer."""
    watch: float = 0.8
    """How long a WebSocket that is open is listened to, for what should not come."""
    goodbye: float = 0.5
    """From our close frame to the server's."""
    pings: float = 5.0
    """For a series of pings over a WebSocket."""
    idle: float = 70.0
    """With ``slow``: how long a plain WebSocket is left without traffic; common hops cut it after 55 or 60 s."""
    longest_idle: float = 130.0
    """The same of Socket.IO, where its heartbeat says how long; it is not waited for longer than this."""
    spacing: float = 0.15
    """Between the beginnings of two requests to a server elsewhere: many rate limits allow ten a second."""
    spacing_nearby: float = 0.01
    """The same to a loopback address."""
