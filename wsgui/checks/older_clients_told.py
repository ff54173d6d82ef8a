"""What a server of Socket.IO 3 or 4 makes of clients of version 2: for information."""

from __future__ import annotations

from wsgui.checks.check import Check, Outcome, passed, skipped
from wsgui.checks.probe.answers import Kind
from wsgui.checks.probe.front import front
from wsgui.checks.probe.opened import allows_eio3
from wsgui.checks.probe.polling import other_version
from wsgui.checks.probe.probe import Probe
from wsgui.checks.quoting import quote
from wsgui.core.findings import Stage
from wsgui.core.i18n import N_, _
from wsgui.core.option_types import Protocol


async def run(probe: Probe) -> Outcome:
    """The handshake with ``EIO=3``: answered with ``allowEIO3``, else refused with code 5."""
    if (await front(probe)).kind is not Kind.HANDSHAKE:
        return skipped(_("There was no handshake."))
    allowed = await allows_eio3(probe)
    if allowed is None:
        return skipped(_("The answer to a client of version 2 says nothing."))
    quoted = quote(await other_version(probe))
    if allowed:
        return passed(_("The server also takes clients of Socket.IO 2 (allowEIO3)."), quoted)
    return passed(_("The server takes no clients of Socket.IO 2 (allowEIO3 is off, its default)."), quoted)


CHECK = Check(__name__, N_("Clients of Socket.IO 2"), Stage.VERSION, run, frozenset({Protocol.SOCKETIO}))
