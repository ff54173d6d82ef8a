"""No proxy or platform answers in the place of a server that is not there."""

from __future__ import annotations

from wsgui.checks.check import Check, Outcome, failed, passed
from wsgui.checks.probe.answers import Kind
from wsgui.checks.probe.crowding import is_crowded_out
from wsgui.checks.probe.front import front
from wsgui.checks.probe.probe import NotKnown, Probe
from wsgui.checks.quoting import quote
from wsgui.core.findings import Stage
from wsgui.core.i18n import N_, _


async def run(probe: Probe) -> Outcome:
    """502, 503, 504 and what platforms have of their own."""
    found = await front(probe)
    if found.kind is Kind.NOTHING:
        raise NotKnown(_("There was no HTTP answer."))
    if found.kind is not Kind.GATEWAY:
        return passed(_("No proxy reports that the server behind it is gone."))
    text = _("A proxy answers in the place of the server ({status}): {said}")
    status = found.exchange.status
    if await is_crowded_out(probe, found.exchange):
        text = _("A proxy answers 503 while there are other connections, and not when there is none.")
        return failed("connection-limit", text, quote(found.exchange))
    return failed("gateway-error", text.format(status=status, said=found.answer.message or "–"), quote(found.exchange))


CHECK = Check(__name__, N_("The server behind the proxy answers"), Stage.HTTP, run)
