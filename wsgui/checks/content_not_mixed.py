"""A page that came over https uses https or wss itself."""

from __future__ import annotations

from wsgui.checks.check import Check, Outcome, failed, passed
from wsgui.checks.probe.page import is_loopback, page_of
from wsgui.checks.probe.probe import Probe
from wsgui.core.findings import Evidence, Stage
from wsgui.core.i18n import N_, _


async def run(probe: Probe) -> Outcome:
    """Browsers let plain connections to this machine pass, and no others."""
    page = page_of(probe)
    url = probe.address.url()
    if page.secure and not probe.address.secure and not is_loopback(probe.address.host):
        text = _("A browser forbids a page at {origin} to use {url}, which is without TLS (mixed content).")
        return failed("mixed-content", text.format(origin=page.origin, url=url), Evidence(_("Page"), page.origin))
    return passed(_("Page and server go together: {origin} and {url}.").format(origin=page.origin, url=url))


CHECK = Check(__name__, N_("The content is not mixed"), Stage.BROWSER, run)
