"""The options can be used as they are given: their files are there, their headers can be sent."""

from __future__ import annotations

import asyncio

from wsgui.checks.check import Check, Outcome, failed, passed
from wsgui.checks.probe.addresses import proxy
from wsgui.checks.probe.asking import common_headers
from wsgui.checks.probe.exchange import request
from wsgui.checks.probe.probe import Probe
from wsgui.core.findings import Stage
from wsgui.core.http1 import HttpError
from wsgui.core.i18n import N_, _
from wsgui.net.failures import UnusableOptionError
from wsgui.net.tls import tls_context


async def run(probe: Probe) -> Outcome:
    """What is wrong here is wrong before the first byte, and no cause on the server's side."""
    try:
        request("GET", "/", common_headers(probe, "polling", probe.origin))
        request("GET", "/", common_headers(probe, "websocket", probe.origin))
        await proxy(probe)
        if probe.address.secure:
            await asyncio.to_thread(tls_context, probe.values)
    except (UnusableOptionError, HttpError) as error:
        return failed(None, str(error))
    return passed(_("The options can be used."))


CHECK = Check(__name__, N_("The options can be used"), Stage.URL, run)
