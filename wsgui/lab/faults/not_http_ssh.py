"""The port is that of an SSH server: it speaks first, ``SSH-2.0-OpenSSH_9.2``, and does not understand HTTP."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.listener import Connection
from wsgui.lab.raw.serving import serve_bare


async def greet(connection: Connection) -> None:
    await connection.send(b"SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n")
    await connection.reader.read(1 << 12)
    await connection.send(b"Invalid SSH identification string.\r\n")


FAULT = Fault(
    id="not-http-ssh",
    cause="not-http",
    title=N_("The port belongs to an SSH server."),
    serve=lambda port: serve_bare(greet, port, scheme="http"),
)
