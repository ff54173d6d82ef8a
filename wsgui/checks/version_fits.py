"""Client and server speak the same version of the protocol."""

from __future__ import annotations

from wsgui.checks.check import SOCKETIO, Check, Outcome, failed, passed, skipped
from wsgui.checks.probe.answers import Kind
from wsgui.checks.probe.front import front
from wsgui.checks.probe.polling import answer, handshake_exchange
from wsgui.checks.probe.probe import NotKnown, Probe
from wsgui.checks.probe.websocket import opening
from wsgui.checks.quoting import quote, quote_rest, quote_talk
from wsgui.core.findings import Change, Evidence, Stage
from wsgui.core.i18n import N_, _
from wsgui.core.option_types import Protocol

_UNSUPPORTED = b"Unsupported protocol version"


async def run(probe: Probe) -> Outcome:
    """Version 2 puts a length before each packet, and joins the root namespace unasked; version 4 says code 5."""
    found = await front(probe)
    own = await answer(probe)
    said = quote(await handshake_exchange(probe))
    if own.kind is Kind.OTHER_VERSION:
        return _too_old(said) if probe.is_v2 else _too_new(said)
    if own.kind is Kind.ENGINE_ERROR and own.code == 5 and found.kind is not Kind.HANDSHAKE:
        return _too_old(said) if probe.is_v2 else _too_new(said)
    if probe.uses_websocket and found.kind is Kind.HANDSHAKE:
        talk = await opening(probe)
        if _UNSUPPORTED in talk.rest:
            return _too_old(quote_rest(talk))
        if not probe.is_v2 and talk.is_agreed and talk.texts[1:2] == ["40"]:
            return _too_new(quote_talk(talk))
    if found.kind is Kind.NOTHING:
        raise NotKnown(_("There was no HTTP answer."))
    if found.kind is not Kind.HANDSHAKE:
        return skipped(_("There was no handshake."))
    return passed(_("Both speak Engine.IO {eio}.").format(eio=probe.dialect.eio))


def _too_old(said: Evidence) -> Outcome:
    text = _("The client speaks Engine.IO 3 (Socket.IO 2), which the server does not allow.")
    return failed("protocol-too-old", text, said, change=Change(protocol=Protocol.SOCKETIO))


def _too_new(said: Evidence) -> Outcome:
    text = _("The client speaks Engine.IO 4 (Socket.IO 3 and 4), and the server Engine.IO 3 (Socket.IO 2).")
    return failed("protocol-too-new", text, said, change=Change(protocol=Protocol.SOCKETIO_V2))


CHECK = Check(__name__, N_("Client and server speak the same version"), Stage.VERSION, run, SOCKETIO)
