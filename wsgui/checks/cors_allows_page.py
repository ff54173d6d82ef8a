"""The page may read the server's answers: CORS allows its origin."""

from __future__ import annotations

from wsgui.checks.check import SOCKETIO, Check, Outcome, failed, passed, skipped
from wsgui.checks.probe.answers import Kind
from wsgui.checks.probe.cors import judge, with_credentials
from wsgui.checks.probe.page import is_cross_origin, page_of
from wsgui.checks.probe.polling import answer, handshake_exchange
from wsgui.checks.probe.probe import NotKnown, Probe
from wsgui.checks.quoting import quote
from wsgui.core.findings import Stage
from wsgui.core.i18n import N_, _


async def run(probe: Probe) -> Outcome:
    """Only of a handshake that is good: of a 502 browsers say “CORS” as well, and it is not the cause."""
    page = page_of(probe)
    if not probe.uses_polling:
        return passed(_("CORS does not apply to a WebSocket, and the client does not poll."))
    if not is_cross_origin(probe):
        return passed(_("Page and server have the same origin."))
    exchange = await handshake_exchange(probe)
    if exchange.head is None or (await answer(probe)).kind not in (Kind.HANDSHAKE, Kind.OTHER_VERSION):
        if exchange.head and not exchange.header("access-control-allow-origin"):
            return skipped(
                _("The browser would speak of CORS, because the answer has no such header; the answer itself is wrong.")
            )
        raise NotKnown(_("There was no polling handshake."))
    cause, text = judge(exchange.head, page.origin, credentials=with_credentials(probe))
    if cause:
        return failed(cause, text, quote(exchange))
    allowed = exchange.header("access-control-allow-origin")
    return passed(_("The server allows {origin}: Access-Control-Allow-Origin: {value}").format(
        origin=page.origin, value=allowed), quote(exchange))  # fmt: skip


CHECK = Check(__name__, N_("CORS allows the page"), Stage.BROWSER, run, SOCKETIO)
