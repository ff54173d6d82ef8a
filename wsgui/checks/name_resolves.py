"""The host name has an address."""

from __future__ import annotations

from wsgui.checks.check import Check, Outcome, failed, passed, skipped
from wsgui.checks.probe.addresses import names, proxy
from wsgui.checks.probe.probe import Probe
from wsgui.core.findings import Evidence, Stage
from wsgui.core.i18n import N_, _
from wsgui.net.proxy import ProxyError


async def run(probe: Probe) -> Outcome:
    """Behind a proxy it is the proxy that looks the name up."""
    try:
        if await proxy(probe) is not None:
            return skipped(_("The proxy looks the name up."))
    except ProxyError:
        return skipped(_("The proxy cannot be used."))
    found = await names(probe)
    host = probe.address.host
    if found.error:
        text = _("{host} has no address: {why}").format(host=host, why=found.error)
        return failed("name-not-resolved", text, Evidence(_("Name looked up"), host))
    listed = Evidence(_("Addresses"), "\n".join(found.addresses))
    return passed(_("{host} has the address {first}").format(host=host, first=", ".join(found.addresses[:3])), listed)


CHECK = Check(__name__, N_("The host name has an address"), Stage.NAME, run)
