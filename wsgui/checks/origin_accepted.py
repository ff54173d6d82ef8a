"""The server itself accepts the page's origin."""

from __future__ import annotations

from wsgui.checks.check import Check, Outcome, failed, passed
from wsgui.checks.probe.answers import Kind
from wsgui.checks.probe.origins import polling_wants_no_origin, websocket_wants_no_origin
from wsgui.checks.probe.page import page_of
from wsgui.checks.probe.polling import answer, bare_handshake, handshake_exchange
from wsgui.checks.probe.probe import Probe
from wsgui.checks.probe.websocket import bare_opening, opening
from wsgui.checks.quoting import quote, quote_talk
from wsgui.core.findings import Stage
from wsgui.core.i18n import N_, _


async def run(probe: Probe) -> Outcome:
    """The same request without an Origin tells a server that looks at it from one that refuses everybody."""
    page = page_of(probe)
    text = _("The server refuses the origin {origin}: the same request without it is accepted.").format(
        origin=page.origin
    )
    if probe.speaks_socketio:
        if (await answer(probe)).kind is Kind.ORIGIN_REFUSED:
            said = (await answer(probe)).message
            why = _("The server refuses the origin {origin}: “{said}”").format(origin=page.origin, said=said)
            return failed("origin-rejected", why, quote(await handshake_exchange(probe)))
        if await polling_wants_no_origin(probe):
            quoted = quote(await handshake_exchange(probe)), quote(await bare_handshake(probe))
            return failed("origin-rejected", text, *quoted)
    if probe.uses_websocket and await websocket_wants_no_origin(probe):
        return failed("origin-rejected", text, quote_talk(await opening(probe)), quote_talk(await bare_opening(probe)))
    return passed(_("The server does not refuse the origin {origin}.").format(origin=page.origin))


CHECK = Check(__name__, N_("The server accepts the origin"), Stage.BROWSER, run)
