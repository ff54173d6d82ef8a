"""Behind the 101 Engine.IO opens: its first message is the open packet."""

from __future__ import annotations

from wsgui.checks.check import SOCKETIO, Check, Outcome, failed, passed, skipped
from wsgui.checks.probe.answers import Kind
from wsgui.checks.probe.conversation import Stop
from wsgui.checks.probe.front import front
from wsgui.checks.probe.probe import Probe
from wsgui.checks.probe.websocket import need, opening
from wsgui.checks.quoting import quote_talk
from wsgui.core.findings import Stage
from wsgui.core.i18n import N_, _


async def run(probe: Probe) -> Outcome:
    """What breaks the rules of frames is for another check."""
    if not probe.uses_websocket:
        return skipped(_("The client uses no WebSocket."))
    talk = need(await opening(probe))
    if talk.texts and talk.texts[0].startswith("0{"):
        return passed(_("Engine.IO opens on the WebSocket."), quote_talk(talk))
    if talk.stop is Stop.VIOLATION:
        return skipped(_("What came in its place is no WebSocket frame."))
    if talk.stop is Stop.CLOSE_FRAME and talk.close and not talk.close.violation:
        text = _("The WebSocket was opened, and closed before Engine.IO opened: {code} {reason}").format(
            code=talk.close.code, reason=talk.close.reason
        )
        return failed("upgrade-closed", text.strip(), quote_talk(talk))
    if talk.stop in (Stop.FIN, Stop.RESET):
        text = _("The WebSocket was opened, and the connection ended {ms:.0f} ms later.").format(ms=talk.stopped * 1e3)
        return failed("upgrade-closed", text, quote_talk(talk))
    first = talk.first
    text = _("The WebSocket was opened, and no open packet came within {n:.0f} s.").format(n=probe.limits.open)
    if first is not None:
        text = _("The WebSocket was opened, and its first message is not the open packet: {start}").format(
            start=repr(first[:60])
        )
    cause = "upgrade-no-open-packet"
    if not probe.uses_polling and (await front(probe)).kind in (Kind.NOT_FOUND, Kind.UPGRADE_REQUIRED, Kind.OTHER):
        cause = "plain-websocket-server"
    return failed(cause, text, quote_talk(talk))


CHECK = Check(__name__, N_("Engine.IO opens on the WebSocket"), Stage.WEBSOCKET, run, SOCKETIO)
