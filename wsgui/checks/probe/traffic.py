"""What TCP had to send again: of a network that loses packets nothing else can be seen but that all is late at times.

Only Linux tells of it here; elsewhere nothing is counted, and nothing is said.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import sys
from dataclasses import dataclass

from wsgui.net.stream import Stream

_TOTAL_RETRANS = 100
_SEGS_OUT = 136
_LENGTH = 140
"""Bytes of ``struct tcp_info`` up to the last of the two (``linux/tcp.h``, since Linux 4.2)."""


@dataclass(frozen=True)
class Traffic:
    """Segments that this side sent."""

    sent: int = 0
    """All, those sent again among them; 0 where nothing is known."""
    again: int = 0

    def __add__(self, other: Traffic) -> Traffic:
        return Traffic(self.sent + other.sent, self.again + other.again)


def traffic_of(stream: Stream) -> Traffic:
    """What was sent on a connection so far; nothing for one that the system has already let go of."""
    plug = stream.transport.get_extra_info("socket") if stream.transport else None
    told = b""
    if plug is not None and sys.platform == "linux":
        with contextlib.suppress(OSError):
            told = plug.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _LENGTH)
    if len(told) < _LENGTH:
        return Traffic()
    (again,), (sent,) = struct.unpack_from("=I", told, _TOTAL_RETRANS), struct.unpack_from("=I", told, _SEGS_OUT)
    return Traffic(sent, again)
