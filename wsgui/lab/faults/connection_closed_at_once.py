"""Every connection is accepted and closed with a FIN, without a byte: a dead container behind Docker's proxy."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.listener import Connection
from wsgui.lab.raw.serving import serve_bare


async def leave(connection: Connection) -> None:
    # Closed with bytes unread, the system would send an RST.
    await connection.reader.read(1 << 14)


FAULT = Fault(
    id="connection-closed-at-once",
    cause="connection-closed-at-once",
    title=N_("The connection is accepted and closed without a byte."),
    serve=lambda port: serve_bare(leave, port, scheme="http"),
)
