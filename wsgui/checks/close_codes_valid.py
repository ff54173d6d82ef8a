"""The server closes, and answers a close, with a code that may be sent."""

from __future__ import annotations

from wsgui.checks.check import Check, Outcome, failed, passed, skipped
from wsgui.checks.probe.conversation import Talk
from wsgui.checks.probe.front import works
from wsgui.checks.probe.probe import Probe
from wsgui.checks.probe.websocket import joining, need, opening
from wsgui.checks.quoting import quote_talk
from wsgui.core.close_codes import explain
from wsgui.core.findings import Stage
from wsgui.core.i18n import N_, _
from wsgui.core.ws_close import Close
from wsgui.core.ws_protocol_error import ProtocolError


async def run(probe: Probe) -> Outcome:
    """A code that is always the same comes from a library; one that is random, from two readers of one stream."""
    if not probe.uses_websocket:
        return skipped(_("The client uses no WebSocket."))
    talks = [need(await opening(probe))]
    if probe.speaks_socketio and works(talks[0]):
        talks.append(await joining(probe))
    for talk in talks:
        for close in (talk.close, talk.echo):
            if close and close.violation:
                return _invalid(close, close.violation, talk)
    echo = talks[0].echo
    if echo is None:
        return passed(_("No close code was seen that must not be sent."), quote_talk(talks[0]))
    return passed(_("The server answers the close frame with {code}.").format(code=echo.code), quote_talk(talks[0]))


def _invalid(close: Close, violation: ProtocolError, talk: Talk) -> Outcome:
    if violation.name == "WS_ERR_INVALID_UTF8":
        text = _("The reason in the server's close frame is not UTF-8: {reason}").format(reason=close.reason)
        return failed("utf8-invalid", text, quote_talk(talk))
    if violation.name == "WS_ERR_INVALID_CLOSE_CODE":
        text = _("The server sends the close code {code}. {why}").format(code=close.code, why=explain(close.code))
        return failed("invalid-close-code", text, quote_talk(talk))
    text = _("The server's close frame holds no whole code: {what} ({name}).")
    return failed("invalid-close-code", text.format(what=violation.problem, name=violation.name), quote_talk(talk))


CHECK = Check(__name__, N_("Close codes are valid"), Stage.FRAMES, run)
