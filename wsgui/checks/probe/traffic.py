"""What TCP had to send again: of a network that loses packets nothing else can be seen but that all is late at times.

Only Linux tells of it here; elsewhere nothing is counted, and nothing is said.
"""

from __future__ import annotations

import socket
import struct
import sys
from dataclasses import dataclass

from wsgui.net.stream import Stream

_LAYOUT = struct.Struct("=100xI32xI")
"""``tcpi_total_retrans`` and ``tcpi_segs_out`` in ``struct tcp_info`` (``linux/tcp.h``, since Linux 4.2)."""


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
    if sys.platform != "linux" or plug is None or plug.fileno() < 0:
        return Traffic()
    told = plug.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _LAYOUT.size)
    if len(told) < _LAYOUT.size:  # an older Linux
        return Traffic()
    again, sent = _LAYOUT.unpack(told)
    return Traffic(sent, again)
