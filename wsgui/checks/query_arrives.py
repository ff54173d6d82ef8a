"""The query of the URL arrives at the server."""

from __future__ import annotations

from wsgui.checks.check import SOCKETIO, Check, Outcome, failed, passed, skipped
from wsgui.checks.probe.answers import BARE_ERRORS, Kind
from wsgui.checks.probe.front import front
from wsgui.checks.probe.probe import NotKnown, Probe
from wsgui.checks.probe.websocket import opening
from wsgui.checks.quoting import quote
from wsgui.core.findings import Stage
from wsgui.core.i18n import N_, _


async def run(probe: Probe) -> Outcome:
    """``Transport unknown`` for polling alone is a server that has no polling; for both, the query was lost."""
    found = await front(probe)
    if found.kind is Kind.NOTHING:
        raise NotKnown(_("There was no HTTP answer."))
    if found.kind is not Kind.ENGINE_ERROR or found.answer.code != 0:
        return (
            passed(_("The query arrives.")) if found.kind is Kind.HANDSHAKE else skipped(_("Nothing is known of it."))
        )
    upgrade = (await opening(probe)).exchange
    if BARE_ERRORS.get(upgrade.text.strip()) == 0 or '"Transport unknown"' in upgrade.text:
        text = _("Both transports are unknown to the server: the query with “transport=” did not arrive.")
        return failed("query-stripped", text, quote(found.exchange), quote(upgrade))
    return passed(_("The query arrives."))


CHECK = Check(__name__, N_("The query arrives"), Stage.HTTP, run, SOCKETIO)
