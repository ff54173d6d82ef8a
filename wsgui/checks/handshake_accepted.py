"""Engine.IO accepts the handshake, and its answer is a valid one."""

from __future__ import annotations

from wsgui.checks.check import SOCKETIO, Check, Outcome, failed, passed, skipped
from wsgui.checks.probe.answers import Answer, Kind
from wsgui.checks.probe.exchange import End
from wsgui.checks.probe.front import Front, front
from wsgui.checks.probe.origins import polling_wants_no_origin
from wsgui.checks.probe.probe import NotKnown, Probe
from wsgui.checks.probe.websocket import opening
from wsgui.checks.quoting import quote, quote_talk
from wsgui.core.findings import Change, Evidence, Stage
from wsgui.core.i18n import N_, _


async def run(probe: Probe) -> Outcome:
    """Only what Engine.IO itself says; what it says of the version and of an origin is for other checks."""
    found = await front(probe)
    match found.kind:
        case Kind.NOTHING:
            raise NotKnown(_("There was no HTTP answer."))
        case Kind.HANDSHAKE:
            raw = Evidence(_("Open packet"), found.answer.raw_handshake, found.exchange.seq)
            return passed(_("The handshake is accepted."), *([raw] if raw.text else []))
        case Kind.MALFORMED:
            return failed("handshake-malformed", _malformed(found), quote(found.exchange))
        case Kind.ENGINE_ERROR:
            return await _refused(probe, found, found.answer)
    return skipped(_("Engine.IO did not answer."))


def _malformed(found: Front) -> str:
    if found.exchange.end is End.TOO_LONG:
        return _("The handshake is longer than {n} KiB, and was not read to its end.").format(
            n=len(found.exchange.received) >> 10
        )
    return _("The handshake is not valid: {why}.").format(why=found.answer.message)


async def _refused(probe: Probe, found: Front, answer: Answer) -> Outcome:
    said = quote(found.exchange)
    if answer.code == 5:
        return skipped(_("The server refuses the version of the protocol."))
    if answer.code == 0:
        talk = await opening(probe)
        if not talk.is_agreed:
            return skipped(_("The transport is unknown to the server."))
        text = _("The server refuses polling (“Transport unknown”) and takes a WebSocket.")
        change = Change({"transports": ["websocket"]})
        return failed("websocket-only-server", text, said, quote_talk(talk), change=change)
    if answer.code == 1:
        text = _("The server does not know the session that the very first request names.")
        return failed("session-unknown", text, said)
    if await polling_wants_no_origin(probe):
        return skipped(_("It is the origin that the server refuses."))
    if answer.code == 4:
        text = _("The server's allowRequest refuses the client: “{said}”.").format(said=answer.message)
        return failed("forbidden-by-server", text, said)
    text = _("Engine.IO refuses the handshake: “{said}” (code {code}).").format(said=answer.message, code=answer.code)
    return failed("bad-request", text, said)


CHECK = Check(__name__, N_("The handshake is accepted"), Stage.HANDSHAKE, run, SOCKETIO)
