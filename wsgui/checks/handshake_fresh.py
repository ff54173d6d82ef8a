"""Each client gets a session of its own: nothing on the way repeats an old handshake."""

from __future__ import annotations

from wsgui.checks.check import SOCKETIO, Check, Outcome, failed, passed, skipped, warned
from wsgui.checks.probe.answers import read_answer
from wsgui.checks.probe.polling import handshake, handshake_exchange, second_handshake
from wsgui.checks.probe.probe import Probe
from wsgui.checks.quoting import quote
from wsgui.core.findings import Stage
from wsgui.core.i18n import N_, _


async def run(probe: Probe) -> Outcome:
    """Two handshakes with the same session id are one handshake and a copy of it."""
    if not probe.uses_polling:
        return skipped(_("The client does not poll."))
    first = await handshake(probe)
    exchange = await second_handshake(probe)
    second = read_answer(exchange, probe.dialect.eio).handshake
    if second is None:
        text = _("A second handshake was not answered as the first one.")
        return warned(None, text, quote(await handshake_exchange(probe)), quote(exchange))
    if first.sid == second.sid:
        text = _("Two handshakes brought the same session id {sid}: a cache on the way repeats the first one.")
        return failed(
            "handshake-cached", text.format(sid=first.sid), quote(await handshake_exchange(probe)), quote(exchange)
        )
    return passed(_("Two handshakes brought two sessions."))


CHECK = Check(__name__, N_("Every handshake is a new one"), Stage.HANDSHAKE, run, SOCKETIO)
