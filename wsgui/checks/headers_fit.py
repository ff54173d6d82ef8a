"""URL and headers are no larger than the server takes."""

from __future__ import annotations

from wsgui.checks.check import Check, Outcome, failed, passed
from wsgui.checks.probe.answers import Kind
from wsgui.checks.probe.front import front
from wsgui.checks.probe.probe import NotKnown, Probe
from wsgui.checks.quoting import quote
from wsgui.core.findings import Stage
from wsgui.core.i18n import N_, _


async def run(probe: Probe) -> Outcome:
    """Node takes 16 KiB of headers, nginx 8 KiB; tokens belong into auth."""
    found = await front(probe)
    if found.kind is Kind.NOTHING:
        raise NotKnown(_("There was no HTTP answer."))
    if found.kind is not Kind.TOO_LARGE:
        return passed(_("URL and headers are not too large."))
    text = _("URL or headers are too large for the server ({status}): {said}")
    status = found.exchange.status
    return failed(
        "headers-too-large", text.format(status=status, said=found.answer.message or "–"), quote(found.exchange)
    )


CHECK = Check(__name__, N_("The headers fit"), Stage.HTTP, run)
