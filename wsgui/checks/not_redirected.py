"""The server answers where it is asked, without sending the client elsewhere."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from wsgui.checks.check import Check, Outcome, failed, passed
from wsgui.checks.probe.answers import Kind
from wsgui.checks.probe.front import Front, front
from wsgui.checks.probe.probe import NotKnown, Probe
from wsgui.checks.quoting import quote
from wsgui.core.findings import NO_CHANGE, Change, Stage
from wsgui.core.i18n import N_, _


async def run(probe: Probe) -> Outcome:
    """Redirects are not followed: a WebSocket never follows one, and a browser's request to another origin may not."""
    found = await front(probe)
    if found.kind is Kind.NOTHING:
        raise NotKnown(_("There was no HTTP answer."))
    location = found.answer.location
    if found.kind is Kind.SLASH_REDIRECT:
        wants = urlsplit(location).path.endswith("/")
        text = _("The server redirects to the same path {how}: {url}").format(
            how=_("with a slash at its end") if wants else _("without the slash at its end"), url=location
        )
        if wants:
            fix = _("Ask for the path with the slash: leave the option addTrailingSlash on.")
            change = Change({"addTrailingSlash": None})
            return failed("redirect-slash", text, quote(found.exchange), fix=fix, change=change)
        change = Change({"addTrailingSlash": False}) if not probe.is_v2 else NO_CHANGE
        return failed("redirect-slash", text, quote(found.exchange), change=change)
    if found.kind is Kind.REDIRECT:
        status = found.exchange.status
        text = _("The server redirects to {url} ({status}).").format(url=location or "?", status=status)
        return failed("redirect", text, quote(found.exchange), change=_change(probe, found))
    return passed(_("The server does not redirect."))


def _change(probe: Probe, found: Front) -> Change:
    """The same URL at the place that the server names, if it names another one."""
    try:
        told = urlsplit(urljoin(found.exchange.url, found.answer.location))
    except ValueError:
        return NO_CHANGE
    if not told.netloc or told.netloc == urlsplit(found.exchange.url).netloc:
        secure = told.scheme in ("https", "wss")
        if secure is probe.address.secure:
            return NO_CHANGE
    path = probe.address.namespace.rstrip("/") if probe.speaks_socketio else told.path
    return Change(url=f"{told.scheme}://{told.netloc}{path}")


CHECK = Check(__name__, N_("The server does not redirect"), Stage.HTTP, run)
