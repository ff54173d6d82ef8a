"""The address of a proxy as people and environments write it, and which hosts are reached without one.

``http://user:password@host:port``; a bare ``host:port`` is an HTTP proxy, as everywhere. ``socks5`` and ``socks4`` look
the server's name up here, ``socks5h``, ``socks4a`` and ``socks`` let the proxy do it, as in curl and Node's agents.
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from wsgui.core.i18n import _

if TYPE_CHECKING:
    from wsgui.core.option_values import OptionValues

SCHEMES: Final[Mapping[str, int]] = MappingProxyType(
    {"http": 80, "https": 443, "socks4": 1080, "socks4a": 1080, "socks5": 1080, "socks5h": 1080, "socks": 1080}
)
"""What a proxy may speak -> the port taken where the address names none."""


class ProxyAddressError(ValueError):
    """It cannot be the address of a proxy; the message is a sentence."""


@dataclass(frozen=True)
class ProxyAddress:
    """Where a proxy is and what it speaks; ``host`` of IPv6 without brackets."""

    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = ""

    def __str__(self) -> str:
        """Without the credentials, for people."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"

    @property
    def is_socks(self) -> bool:
        return self.scheme.startswith("socks")


def read_proxy(text: str) -> ProxyAddress:
    """Raises :class:`ProxyAddressError`."""
    text = text.strip()
    url = text if "://" in text else f"http://{text}"
    scheme = url.partition("://")[0].lower()
    if scheme not in SCHEMES:
        known = ", ".join(SCHEMES)
        raise ProxyAddressError(_("A proxy may be {known}, not “{scheme}”.").format(known=known, scheme=scheme))
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or any(character.isspace() for character in url) or port == 0:
        raise ProxyAddressError(_("A proxy is written as http://host:port or http://user:password@host:port."))
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ProxyAddressError(_("After the port of a proxy nothing may follow."))
    credentials = unquote(parts.username or ""), unquote(parts.password or "")
    return ProxyAddress(scheme, host, port or SCHEMES[scheme], *credentials)


def environment_proxy(environment: Mapping[str, str], *, secure: bool) -> str:
    """What the environment says for a server with or without TLS; empty if nothing. Lower case wins, as in curl."""
    for name in ("https_proxy" if secure else "http_proxy", "all_proxy"):
        for spelling in (name, name.upper()):
            if text := environment.get(spelling, "").strip():
                return text
    return ""


def is_exempt(environment: Mapping[str, str], host: str, port: int) -> bool:
    """Whether ``NO_PROXY`` names the host.

    It is a list of ``*``, names (which cover what is below them), addresses and networks (``10.0.0.0/8``), each but
    the networks perhaps with a port.
    """
    listed = environment.get("no_proxy") or environment.get("NO_PROXY") or ""
    return any(_covers(entry, host.lower().rstrip("."), port) for entry in listed.lower().replace(",", " ").split())


def with_default_proxy(
    values: OptionValues, default: str, host: str, port: int, environment: Mapping[str, str] = os.environ
) -> OptionValues:
    """The options with a default proxy where they name none.

    Not for this machine, as in browsers, and not where ``NO_PROXY`` names the host.
    """
    if not default or values.get("proxy") or _is_this_machine(host) or is_exempt(environment, host, port):
        return values
    return {**values, "proxy": default}


def _is_this_machine(host: str) -> bool:
    name = host.lower().rstrip(".")
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")


def _covers(entry: str, host: str, port: int) -> bool:
    if entry == "*":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        address = None
    try:
        network = ipaddress.ip_network(entry.strip("[]"), strict=False)
    except ValueError:
        network = None
    if network is not None:
        return address is not None and address in network
    name, colon, wanted = entry.rpartition(":")
    if colon and wanted.isdigit():
        return int(wanted) == port and _covers(name, host, port)
    name = entry.removeprefix("*").lstrip(".").rstrip(".")
    return bool(name) and (host == name or (address is None and host.endswith(f".{name}")))
