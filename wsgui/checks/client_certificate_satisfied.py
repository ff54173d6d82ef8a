"""The server asks for no client certificate, or takes the one it is shown; it knows its own name."""

from __future__ import annotations

import ssl

from wsgui.checks.check import Check, Outcome, failed, passed, skipped
from wsgui.checks.probe.answers import Kind
from wsgui.checks.probe.front import front
from wsgui.checks.probe.probe import Probe
from wsgui.checks.quoting import quote
from wsgui.core.findings import Evidence, Stage
from wsgui.core.i18n import N_, _


async def run(probe: Probe) -> Outcome:
    """In TLS 1.3 the handshake succeeds, and the refusal comes in place of the answer."""
    if not probe.address.secure:
        return skipped(_("The URL is one without TLS."))
    found = await front(probe)
    error = found.exchange.error
    if isinstance(error, ssl.SSLError) and "CERTIFICATE" in str(error).upper():
        text = _("The server ends TLS because no client certificate was shown: {why}").format(why=error.reason or error)
        return failed("client-certificate-required", text, Evidence("TLS", str(error)))
    if found.kind is Kind.CLIENT_CERTIFICATE:
        text = _("The server answers that a client certificate is missing.")
        return failed("client-certificate-required", text, quote(found.exchange))
    if found.kind is Kind.WRONG_NAME:
        text = _("The server answers that it is not responsible for {host} (421).").format(host=probe.address.host)
        return failed("sni-rejected", text, quote(found.exchange))
    return passed(_("The server wants no client certificate, or takes the one it is shown."))


CHECK = Check(__name__, N_("The server takes the client as it is"), Stage.TLS, run)
