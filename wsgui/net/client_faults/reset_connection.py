"""The connection is torn down as by a crash or a firewall: TCP's reset, and no close frame."""

import socket
import struct

from wsgui.core.i18n import N_, _
from wsgui.net.arming import Arming
from wsgui.net.client_fault import ClientFault, Prepared

_AT_ONCE = struct.pack("ii", 1, 0)
"""SO_LINGER of no seconds: closing the socket sends a reset."""


def _prepare(_value: str) -> Prepared:
    return Prepared(_("The TCP connection is reset."), _act)


def _act(arming: Arming) -> None:
    for stream in list(arming.streams()):
        if stream.transport is not None:
            plug = stream.transport.get_extra_info("socket")
            if plug is not None:
                plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
            stream.transport.abort()


FAULT = ClientFault(
    title=N_("Reset the TCP connection"),
    effect=N_("The server sees a reset (RST): many log ECONNRESET; then 1006, or “transport close”."),
    prepare=_prepare,
)
