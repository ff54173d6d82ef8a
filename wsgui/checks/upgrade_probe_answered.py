"""A polling session can move to a WebSocket: ``2probe`` is answered with ``3probe``."""

from __future__ import annotations

from wsgui.checks.check import SOCKETIO, Check, Outcome, failed, passed, skipped
from wsgui.checks.probe.answers import Kind
from wsgui.checks.probe.conversation import Stop
from wsgui.checks.probe.crowding import is_crowded_out
from wsgui.checks.probe.exchange import why_it_ended
from wsgui.checks.probe.front import front
from wsgui.checks.probe.polling import handshake
from wsgui.checks.probe.probe import Probe
from wsgui.checks.probe.sessions import affinity
from wsgui.checks.probe.websocket import probing
from wsgui.checks.quoting import quote_talk
from wsgui.core.findings import Stage
from wsgui.core.i18n import N_, _

_AT_ONCE = 0.2
"""Seconds: an empty close frame that is sooner is an answer to something, and not the end of a wait."""


async def run(probe: Probe) -> Outcome:
    """When it fails a JavaScript client stays with polling and says nothing."""
    if not (probe.uses_polling and probe.uses_websocket):
        return skipped(_("The client does not want to upgrade."))
    if (await front(probe)).kind is not Kind.HANDSHAKE or "websocket" not in (await handshake(probe)).upgrades:
        return skipped(_("No upgrade is offered."))
    talk = await probing(probe)
    if "3probe" in talk.texts:
        return passed(_("The session can move to a WebSocket: “2probe” is answered with “3probe”."), quote_talk(talk))
    if (await affinity(probe)).lost:
        return skipped(_("The requests of a session reach different servers."))
    if await is_crowded_out(probe, talk.exchange):
        text = _("The upgrade is refused while there are other connections, and not when there is none.")
        return failed("connection-limit", text, quote_talk(talk))
    if not talk.is_agreed:
        why = talk.wrong or (
            f"{talk.exchange.status} {talk.exchange.text.strip()[:80]}"
            if talk.exchange.head
            else why_it_ended(talk.exchange)
        )
        return failed(
            "upgrade-refused", _("The upgrade of a session is refused: {why}").format(why=why), quote_talk(talk)
        )
    if talk.stop is Stop.VIOLATION:
        return failed("frame-invalid", _("What answers the probe is no proper frame."), quote_talk(talk))
    if talk.stop is Stop.CLOSE_FRAME and talk.close and talk.close.code == 1005 and talk.stopped > _AT_ONCE:
        text = _("After {seconds:.2f} s the server closed the WebSocket, still without the probe (upgradeTimeout).")
        return failed("upgrade-timeout", text.format(seconds=talk.stopped), quote_talk(talk))
    if talk.stop is Stop.CLOSE_FRAME or talk.stop in (Stop.FIN, Stop.RESET):
        text = _("The WebSocket was closed {ms:.0f} ms after it was opened, before the probe was answered.")
        return failed("upgrade-closed", text.format(ms=talk.stopped * 1e3), quote_talk(talk))
    text = _("“2probe” was not answered within {n:.0f} s.").format(n=probe.limits.open)
    return failed("upgrade-closed", text, quote_talk(talk))


CHECK = Check(__name__, N_("The upgrade works"), Stage.UPGRADE, run, SOCKETIO)
