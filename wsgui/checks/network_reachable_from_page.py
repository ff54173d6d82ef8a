"""The browser need not ask the user before a page of the internet may reach into the local network."""

from __future__ import annotations

from wsgui.checks.check import Check, Outcome, passed, warned
from wsgui.checks.probe.addresses import names
from wsgui.checks.probe.page import is_private, page_of
from wsgui.checks.probe.probe import Probe
from wsgui.core.findings import Evidence, Stage
from wsgui.core.i18n import N_, _


async def run(probe: Probe) -> Outcome:
    """Chrome asks from version 142 on; a page without TLS is refused in silence."""
    page = page_of(probe)
    addresses = (await names(probe)).addresses
    if addresses and all(map(is_private, addresses)) and not is_private(page.host) and "." in page.host:
        text = _(
            "A page at {origin} reaches into the local network ({address}): Chrome asks the user for permission first."
        )
        said = Evidence(_("Address of the server"), addresses[0])
        return warned("local-network-access", text.format(origin=page.origin, address=addresses[0]), said)
    return passed(_("Page and server are in networks that may talk to each other."))


CHECK = Check(__name__, N_("The page may reach the server's network"), Stage.BROWSER, run)
