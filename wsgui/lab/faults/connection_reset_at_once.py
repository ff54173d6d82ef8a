"""Every connection is accepted and cut with an RST, without a byte: a process out of file descriptors (EMFILE)."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.listener import Connection
from wsgui.lab.raw.serving import serve_bare


async def reset(connection: Connection) -> None:
    await connection.reader.read(1 << 14)
    connection.reset()


FAULT = Fault(
    id="connection-reset-at-once",
    cause="connection-closed-at-once",
    title=N_("The connection is accepted and reset without a byte."),
    serve=lambda port: serve_bare(reset, port, scheme="http"),
)
