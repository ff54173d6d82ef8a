"""The cookies that the server sets come back from the page."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie

from wsgui.checks.check import SOCKETIO, Check, Outcome, failed, passed, warned
from wsgui.checks.probe.cors import with_credentials
from wsgui.checks.probe.page import Page, is_cross_site, page_of
from wsgui.checks.probe.polling import handshake_exchange
from wsgui.checks.probe.probe import Probe
from wsgui.checks.probe.sessions import needs_cookies
from wsgui.core.findings import Evidence, Stage
from wsgui.core.i18n import N_, _
from wsgui.core.visible import lines


async def run(probe: Probe) -> Outcome:
    """Matters where cookies are wanted, for affinity or for a login: ``SameSite`` keeps them from other sites."""
    page = page_of(probe)
    if not probe.uses_polling or not with_credentials(probe):
        return passed(_("The client sends no cookies to another origin."))
    exchange = await handshake_exchange(probe)
    for line in exchange.head.values("set-cookie") if exchange.head else []:
        if why := _blocked(probe, page, line):
            quoted = Evidence("Set-Cookie", lines(line), exchange.seq)
            if await needs_cookies(probe):
                text = _("{why} Without it the requests of a session reach different nodes.")
                return failed("cookie-blocked", text.format(why=why), quoted)
            return warned("cookie-blocked", why, quoted)
    return passed(_("No cookie of the handshake is kept from the page."))


def _blocked(probe: Probe, page: Page, line: str) -> str:
    try:
        cookies = SimpleCookie(line)
    except CookieError:
        return ""
    for name, morsel in cookies.items():
        same_site = str(morsel["samesite"]).lower()
        if morsel["secure"] and not probe.address.secure:
            return _("The cookie {name} is “Secure”, and the server is without TLS.").format(name=name)
        if not is_cross_site(probe, page):
            continue
        if same_site != "none":
            shown = morsel["samesite"] or _("nothing, which means Lax")
            text = _("The cookie {name} has SameSite={value}: a browser does not send it from {origin}.")
            return text.format(name=name, value=shown, origin=page.origin)
        if not morsel["secure"]:
            return _("The cookie {name} has SameSite=None without Secure: browsers drop it.").format(name=name)
    return ""


CHECK = Check(__name__, N_("Cookies come back"), Stage.BROWSER, run, SOCKETIO)
