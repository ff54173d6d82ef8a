"""The 101 is one that a browser takes."""

from __future__ import annotations

from wsgui.checks.check import Check, Outcome, failed, passed, skipped
from wsgui.checks.probe.probe import NotKnown, Probe
from wsgui.checks.probe.websocket import opening
from wsgui.checks.quoting import quote, quote_request
from wsgui.core.findings import Stage
from wsgui.core.i18n import N_, _


async def run(probe: Probe) -> Outcome:
    """RFC 6455, section 4.1, and what Chrome and Node make of it: also where other clients look away."""
    if not probe.uses_websocket:
        return skipped(_("The client uses no WebSocket."))
    talk = await opening(probe)
    if talk.exchange.status != 101:
        raise NotKnown(_("The WebSocket was not opened."))
    if talk.fault:
        return failed(talk.fault, talk.wrong, quote(talk.exchange), quote_request(talk.exchange))
    agreed = ", ".join(filter(None, [_("compression") if talk.compresses else "", talk.protocol]))
    if not agreed:
        return passed(_("The answer to the upgrade is right."))
    return passed(_("The answer to the upgrade is right; agreed on: {what}.").format(what=agreed))


CHECK = Check(__name__, N_("The answer to the upgrade is right"), Stage.WEBSOCKET, run)
