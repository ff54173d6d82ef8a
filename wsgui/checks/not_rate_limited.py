"""The server takes as many requests as one connection needs."""

from __future__ import annotations

from contextlib import suppress

from wsgui.checks.check import Check, Outcome, failed, passed
from wsgui.checks.probe.answers import Kind, read_answer
from wsgui.checks.probe.exchange import Exchange
from wsgui.checks.probe.front import front
from wsgui.checks.probe.polling import second_handshake, third_handshake
from wsgui.checks.probe.probe import NotKnown, Probe
from wsgui.checks.probe.sessions import polling_join
from wsgui.checks.probe.websocket import opening
from wsgui.checks.quoting import quote
from wsgui.core.findings import Stage
from wsgui.core.i18n import N_, _


async def run(probe: Probe) -> Outcome:
    """A Socket.IO connection is four or five requests within a moment, which some limits are too small for."""
    found = await front(probe)
    if found.kind is Kind.NOTHING:
        raise NotKnown(_("There was no HTTP answer."))
    text = _("The server refuses because there were too many requests ({status}): {said}")
    if found.kind is Kind.RATE_LIMIT:
        said = found.answer.message or "–"
        return failed("rate-limited", text.format(status=found.exchange.status, said=said), quote(found.exchange))
    for exchange in await _others(probe):
        answer = read_answer(exchange)
        if answer.kind is Kind.RATE_LIMIT:
            said = answer.message or "–"
            return failed("rate-limited", text.format(status=exchange.status, said=said), quote(exchange))
    return passed(_("No request was refused for coming too soon."))


async def _others(probe: Probe) -> list[Exchange]:
    """The requests that follow the first one."""
    found: list[Exchange] = []
    if probe.uses_polling:
        with suppress(NotKnown):
            found += (await polling_join(probe)).exchanges
            found += [await second_handshake(probe), await third_handshake(probe)]
    if probe.uses_websocket:
        found.append((await opening(probe)).exchange)
    return found


CHECK = Check(__name__, N_("Requests are not limited"), Stage.HTTP, run)
