"""What is sent by POST arrives, and what the server has is fetched by GET."""

from __future__ import annotations

from wsgui.checks.check import SOCKETIO, Check, Outcome, failed, passed, skipped
from wsgui.checks.probe.answers import Kind, read_answer
from wsgui.checks.probe.crowding import is_crowded_out
from wsgui.checks.probe.exchange import End, why_it_ended
from wsgui.checks.probe.probe import Probe
from wsgui.checks.probe.sessions import is_unknown_session, polling_join
from wsgui.checks.quoting import quote
from wsgui.core.findings import Part, Stage
from wsgui.core.i18n import N_, _

_CAUSES = {
    Kind.GATEWAY: "gateway-error",
    Kind.LOGIN: "http-auth-required",
    Kind.RATE_LIMIT: "rate-limited",
    Kind.TOO_LARGE: "payload-too-large",
    Kind.REDIRECT: "redirect",
    Kind.SLASH_REDIRECT: "redirect-slash",
    Kind.NEXTJS: "nextjs-answers",
    Kind.HTML: "html-instead-of-handshake",
}


async def run(probe: Probe) -> Outcome:
    """A session that is not found is for the check of the nodes; an answer that does not come, for the namespace."""
    if not probe.uses_polling:
        return skipped(_("The client does not poll."))
    joined = await polling_join(probe)
    for exchange in joined.exchanges:
        if is_unknown_session(exchange):
            return skipped(_("The session was not found."))
        if exchange.status == 200 or (exchange.method == "GET" and exchange.end is End.SILENT):
            continue
        if await is_crowded_out(probe, exchange):
            text = _("A request is refused while there are other connections, and not when there is none.")
            return failed("connection-limit", text, quote(exchange))
        answer = read_answer(exchange, probe.dialect.eio)
        why = why_it_ended(exchange) if answer.kind is Kind.NOTHING else f"{exchange.status} {answer.message}"
        text = _("The handshake was answered, but {method} within the session was not: {why}").format(
            method=exchange.method, why=why.strip()
        )
        cause = _CAUSES.get(
            answer.kind, "bad-request" if answer.kind is not Kind.NOTHING else "connection-closed-at-once"
        )
        return failed(cause, text, quote(exchange), breaks=Part.POLLING)
    return passed(_("Polling works: POST and GET reach the session."))


CHECK = Check(__name__, N_("A polling session works"), Stage.POLLING, run, SOCKETIO)
