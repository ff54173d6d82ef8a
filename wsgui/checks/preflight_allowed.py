"""The server allows the headers that the page wants to send."""

from __future__ import annotations

from wsgui.checks.check import SOCKETIO, Check, Outcome, failed, passed
from wsgui.checks.probe.answers import Kind
from wsgui.checks.probe.cors import asked_headers, judge, preflight, with_credentials
from wsgui.checks.probe.page import is_cross_origin, page_of
from wsgui.checks.probe.polling import answer
from wsgui.checks.probe.probe import NotKnown, Probe
from wsgui.checks.quoting import quote
from wsgui.core.findings import Stage
from wsgui.core.i18n import N_, _


async def run(probe: Probe) -> Outcome:
    """A browser asks with OPTIONS before it sends a header of its own (``extraHeaders``)."""
    page = page_of(probe)
    wanted = asked_headers(probe)
    if not probe.uses_polling or not wanted or not is_cross_origin(probe):
        return passed(_("The browser does not ask first: there is no header of the page's own."))
    if (await answer(probe)).kind not in (Kind.HANDSHAKE, Kind.OTHER_VERSION):
        raise NotKnown(_("There was no polling handshake."))
    exchange = await preflight(probe)
    head = exchange.head
    if head is None or not 200 <= head.status < 300:
        text = _("The browser asks with OPTIONS whether it may send {headers}, and the answer is {status}.").format(
            headers=", ".join(wanted), status=exchange.status or exchange.end.value
        )
        return failed("cors-preflight-refused", text, quote(exchange))
    credentials = with_credentials(probe)
    cause, text = judge(head, page.origin, credentials=credentials)
    if cause:
        return failed("cors-preflight-refused", text, quote(exchange))
    allowed = {name.strip().lower() for name in (head.value("access-control-allow-headers") or "").split(",")}
    anything = "*" in allowed and not credentials
    missing = [name for name in wanted if name not in allowed and not (anything and name != "authorization")]
    if missing:
        text = _("The server does not allow the header {name} (Access-Control-Allow-Headers: {allowed}).").format(
            name=", ".join(missing), allowed=", ".join(sorted(allowed)) or "–"
        )
        return failed("cors-preflight-refused", text, quote(exchange))
    return passed(_("The server allows {headers}.").format(headers=", ".join(wanted)), quote(exchange))


CHECK = Check(__name__, N_("The page's headers are allowed"), Stage.BROWSER, run, SOCKETIO)
