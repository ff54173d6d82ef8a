"""The page's own Content-Security-Policy allows the connection."""

from __future__ import annotations

import asyncio
import re

from wsgui.checks.check import Check, Outcome, failed, passed, skipped
from wsgui.checks.probe.addresses import names
from wsgui.checks.probe.asking import ask, common_headers
from wsgui.checks.probe.exchange import Exchange
from wsgui.checks.probe.page import is_private, page_of
from wsgui.checks.probe.policy import allows, directive
from wsgui.checks.probe.probe import NotKnown, Probe, fact
from wsgui.checks.quoting import quote
from wsgui.core.address import AddressError, read_address
from wsgui.core.findings import Evidence, Stage
from wsgui.core.i18n import N_, _
from wsgui.core.option_types import Protocol
from wsgui.net.session import Target

_PATIENCE = 1.0
"""Seconds: the page is not what is diagnosed, and often only stands on somebody's desk."""
_META = re.compile(
    r"<meta[^>]+http-equiv=[\"']?content-security-policy[\"']?[^>]*content=(\"[^\"]*\"|'[^']*')", re.IGNORECASE
)


@fact
async def page(probe: Probe) -> Exchange:
    """The root of the page's origin. Raises :class:`NotKnown` if it cannot be had quickly.

    A server that is not on the internet is no reason to send a request there.
    """
    shown = page_of(probe)
    try:
        address = read_address(shown.origin, Protocol.WEBSOCKET)
    except AddressError as error:
        raise NotKnown(str(error)) from error
    if not is_private(shown.host) and all(map(is_private, (await names(probe)).addresses)):
        raise NotKnown(_("The page is on the internet, and the server is not: the page is not asked for."))
    values = {name: value for name, value in probe.values.items() if name in ("ca", "rejectUnauthorized", "proxy")}
    other = Probe(Target(address, values, protocol=Protocol.WEBSOCKET), limits=probe.limits, tap=probe.tap)
    try:
        async with asyncio.timeout(_PATIENCE):
            return await ask(other, "GET", "/", common_headers(other, "polling", None))
    except TimeoutError as error:
        raise NotKnown(_("The page could not be read in time.")) from error
    finally:
        await other.close()


async def run(probe: Probe) -> Outcome:
    """``connect-src``, or ``default-src`` in its place, must name the server for each scheme that is used."""
    exchange = await page(probe)
    if exchange.head is None:
        raise NotKnown(_("The page could not be read."))
    policies = exchange.head.values("content-security-policy")
    policies += [found[1:-1] for found in _META.findall(exchange.text[:200_000])]
    if not policies:
        return skipped(_("The page at {origin} has no Content-Security-Policy.").format(origin=probe.origin))
    urls = [probe.address.url("/")] if probe.uses_polling else []
    urls += [probe.address.url("/", websocket=True)] if probe.uses_websocket else []
    for policy in policies:
        for url in urls:
            if not allows(policy, url, probe.origin):
                text = _("The page's Content-Security-Policy does not allow {url}: {directive}").format(
                    url=url, directive=directive(policy)
                )
                return failed("csp-blocks", text, Evidence("Content-Security-Policy", policy[:2000]), quote(exchange))
    return passed(_("The page's Content-Security-Policy allows the connection."))


CHECK = Check(__name__, N_("The page's policy allows the connection"), Stage.BROWSER, run)
