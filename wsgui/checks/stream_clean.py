"""Behind the 101 nothing stands but WebSocket frames, and none that a client must refuse."""

from __future__ import annotations

from wsgui.checks.check import Check, Outcome, failed, passed, skipped
from wsgui.checks.probe.conversation import Stop, Talk
from wsgui.checks.probe.front import works
from wsgui.checks.probe.probe import NotKnown, Probe
from wsgui.checks.probe.websocket import joining, need, opening
from wsgui.checks.quoting import quote_rest, quote_talk
from wsgui.core.findings import Stage
from wsgui.core.i18n import N_, _
from wsgui.core.ws_frames import read_head

_BY_CODE = {
    "WS_ERR_UNEXPECTED_MASK": "masked-server-frame",
    "WS_ERR_INVALID_UTF8": "utf8-invalid",
    "Z_DATA_ERROR": "compression-broken",
}
"""The error code of the ``ws`` library -> the cause; every other one is ``frame-invalid``."""
_HTTP = b"HTTP/1."


async def run(probe: Probe) -> Outcome:
    """The text of an HTTP answer inside of the stream says who else has answered the upgrade."""
    if not probe.uses_websocket:
        return skipped(_("The client uses no WebSocket."))
    first = need(await opening(probe))
    talks = [first]
    if works(first) and first.stop is Stop.OPEN:
        talks.append(await joining(probe))
    for talk in talks:
        if talk.violation:
            return _judge(talk)
    for talk in talks[:1]:
        if talk.stop in (Stop.FIN, Stop.RESET) and (talk.messages or not probe.speaks_socketio):
            if talk.rest:
                text = _("The connection ended in the middle of a frame.")
                return failed("frame-invalid", text, quote_talk(talk), quote_rest(talk))
            text = _("The connection ended {ms:.0f} ms after it was opened, without a close frame.")
            return failed("dropped-without-close", text.format(ms=talk.stopped * 1e3), quote_talk(talk))
        if talk.stop is Stop.CLOSE_FRAME and talk.messages and talk.close and not talk.close.violation:
            text = _("The server closed the WebSocket {ms:.0f} ms after it was opened: {code} {reason}").format(
                ms=talk.stopped * 1e3, code=talk.close.code, reason=talk.close.reason
            )
            return failed("upgrade-closed", text.strip(), quote_talk(talk))
        if talk.echo and talk.echo.code in (1002, 1007) and probe.speaks_socketio:
            text = _("The server took an ordinary close frame for a broken one ({code}): two programs read the stream.")
            return failed("second-upgrade-handler", text.format(code=talk.echo.code), quote_talk(talk))
    return passed(_("Nothing but proper frames in {n:.1f} s.").format(n=probe.limits.watch), quote_talk(first))


def _judge(talk: Talk) -> Outcome:
    violation = talk.violation
    if violation is None:
        raise NotKnown(_("The stream is clean."))
    quoted = (quote_rest(talk), quote_talk(talk))
    if _HTTP in talk.rest:
        start = talk.rest[talk.rest.index(_HTTP) :].split(b"\r\n")[0].decode("latin-1")
        if b"Unsupported protocol version" in talk.rest:
            raise NotKnown(_("The server refuses the version of the protocol inside of the stream."))
        text = _(
            "In the WebSocket's stream stands an HTTP answer, “{start}”: two programs answered the same upgrade, "
            "and browsers say “Invalid frame header”."
        ).format(start=start)
        return failed("second-upgrade-handler", text, *quoted)
    cause = _BY_CODE.get(violation.name, "frame-invalid")
    if violation.name == "WS_ERR_UNEXPECTED_RSV_1":
        found = read_head(talk.rest)
        if found and found[0].opcode in (1, 2) and not talk.compresses:
            cause = "compression-broken"
    text = _("The server sends what a client must refuse: {what} ({code}).").format(
        what=violation.problem, code=violation.name
    )
    return failed(cause, text, *quoted)


CHECK = Check(__name__, N_("The WebSocket carries proper frames only"), Stage.FRAMES, run)
