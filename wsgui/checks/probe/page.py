"""The page's origin, as a browser sees it beside the server's."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from wsgui.checks.probe.probe import NotKnown, Probe
from wsgui.core.i18n import _


@dataclass(frozen=True)
class Page:
    """A page's origin, read."""

    origin: str
    secure: bool
    host: str


def page_of(probe: Probe) -> Page:
    """The page. Raises :class:`NotKnown` if no origin was given."""
    if not probe.origin:
        raise NotKnown(_("No origin of a web page was given."))
    parts = urlsplit(probe.origin)
    return Page(probe.origin, parts.scheme == "https", parts.hostname or "")


def is_cross_origin(probe: Probe) -> bool:
    """Whether the page is of another origin than the server."""
    return probe.origin.rstrip("/") != probe.address.url()


def is_cross_site(probe: Probe, page: Page) -> bool:
    """Whether a cookie of the server is a third party's to the page: another registrable domain, or another scheme.

    Without the public suffix list the last two labels are taken for it, which errs for ``co.uk`` and its like.
    """
    if page.secure is not probe.address.secure:
        return True
    return _site(page.host) != _site(probe.address.host)


def is_loopback(host: str) -> bool:
    """Whether a browser takes the host for this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_private(address: str) -> bool:
    """Whether an IP address, or the name of this machine, is not on the public internet."""
    if is_loopback(address):
        return True
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    return found.is_private or found.is_link_local


def _site(host: str) -> str:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return ".".join(host.lower().rstrip(".").split(".")[-2:])
    return host
