"""No login, challenge or warning page stands before the server."""

from __future__ import annotations

from wsgui.checks.check import Check, Outcome, failed, passed
from wsgui.checks.probe.answers import Kind
from wsgui.checks.probe.front import front
from wsgui.checks.probe.probe import NotKnown, Probe
from wsgui.checks.quoting import quote
from wsgui.core.findings import Stage
from wsgui.core.i18n import N_, _


async def run(probe: Probe) -> Outcome:
    """401, 403 and the pages of gateways that want a person; a refusal by Engine.IO itself is another matter."""
    found = await front(probe)
    if found.kind is Kind.NOTHING:
        raise NotKnown(_("There was no HTTP answer."))
    if found.kind is not Kind.LOGIN:
        return passed(_("Nobody asks for a login first."))
    text = _("A login, a challenge or a refusal stands before the server ({status}): {said}")
    status = found.exchange.status
    return failed(
        "http-auth-required", text.format(status=status, said=found.answer.message or "–"), quote(found.exchange)
    )


CHECK = Check(__name__, N_("No login stands before the server"), Stage.HTTP, run)
