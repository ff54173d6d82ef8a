"""What stands at the server's root and at ``/health``: for information."""

from __future__ import annotations

import asyncio

from wsgui.checks.check import SOCKETIO, Check, Outcome, passed
from wsgui.checks.probe.polling import health, root
from wsgui.checks.probe.probe import NotKnown, Probe
from wsgui.checks.quoting import quote
from wsgui.core.findings import Stage
from wsgui.core.i18n import N_, _


async def run(probe: Probe) -> Outcome:
    """A 200 proves that HTTP works and says nothing of Socket.IO; a 404 is no fault."""
    first, second = await asyncio.gather(root(probe), health(probe))
    if not first.head and not second.head:
        raise NotKnown(_("There was no HTTP answer."))
    text = _("/ answers {root} and /health {health}: HTTP works, which says nothing of Socket.IO.")
    shown = [exchange.status or exchange.end.value for exchange in (first, second)]
    return passed(text.format(root=shown[0], health=shown[1]), quote(first), quote(second))


CHECK = Check(__name__, N_("The server's other pages"), Stage.HTTP, run, SOCKETIO)
