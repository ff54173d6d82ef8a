"""The server offers to move from polling to a WebSocket."""

from __future__ import annotations

from wsgui.checks.check import SOCKETIO, Check, Outcome, failed, passed, skipped
from wsgui.checks.probe.polling import answer, handshake, handshake_exchange
from wsgui.checks.probe.probe import Probe
from wsgui.core.findings import Evidence, Stage
from wsgui.core.i18n import N_, _


async def run(probe: Probe) -> Outcome:
    """``"upgrades":[]`` in the handshake: the client stays with polling, in silence."""
    if not (probe.uses_polling and probe.uses_websocket):
        return skipped(_("The client does not want to upgrade."))
    found = await handshake(probe)
    said = Evidence(_("Open packet"), (await answer(probe)).raw_handshake, (await handshake_exchange(probe)).seq)
    if "websocket" in found.upgrades:
        return passed(_("The server offers the upgrade to a WebSocket."), said)
    text = _("The server offers no upgrade to a WebSocket: the client stays with polling.")
    return failed("polling-only-server", text, said)


CHECK = Check(__name__, N_("The upgrade is offered"), Stage.HANDSHAKE, run, SOCKETIO)
