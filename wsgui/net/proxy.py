"""Which proxy a connection takes, and what its refusals mean.

As in a browser WebSockets and TLS go through a tunnel; of an HTTP proxy plain requests are asked by their whole URL.
"""

from __future__ import annotations

import base64
import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass

from wsgui.core.http1 import Head
from wsgui.core.i18n import _
from wsgui.core.options import OptionValues, value_of
from wsgui.core.proxy import ProxyAddress, ProxyAddressError, environment_proxy, is_exempt, read_proxy
from wsgui.net.failures import UnusableOptionError


class ProxyError(UnusableOptionError):
    """The proxy cannot be reached, or refuses. ``option`` is the one that named it."""


@dataclass(frozen=True)
class Proxy:
    """A proxy and the option that named it."""

    address: ProxyAddress
    option: str

    def __str__(self) -> str:
        return str(self.address)

    @property
    def authorization(self) -> str:
        """The value of the header ``Proxy-Authorization``; empty without credentials."""
        if not self.address.user:
            return ""
        credentials = f"{self.address.user}:{self.address.password}".encode()
        return f"Basic {base64.b64encode(credentials).decode('ascii')}"

    def refusal(self, answer: Head) -> ProxyError:
        """What an answer that is no success means."""
        status, reason, asked = answer.status, answer.reason, answer.value("proxy-authenticate") or ""
        if status not in (401, 407):  # tinyproxy answers 401 to wrong credentials
            text = _("The proxy {proxy} refuses to connect: {status} {reason}")
        elif asked and "basic" not in asked.lower():
            text = _("The proxy {proxy} wants to be told who asks, by {scheme}; only Basic is known here")
        elif self.address.user:
            text = _("The proxy {proxy} does not accept this user name and password ({status})")
        else:
            text = _("The proxy {proxy} wants a user name and a password (407): http://user:password@host:port")
        return ProxyError(self.option, text.format(proxy=self, status=status, reason=reason, scheme=asked))

    def unreachable(self, error: OSError) -> ProxyError:
        """What a failed attempt to connect to the proxy means."""
        known = error.errno and error.errno > 0 and not isinstance(error, socket.gaierror)
        why = os.strerror(error.errno) if known and error.errno else error.strerror or str(error)
        return ProxyError(self.option, _("The proxy {proxy} cannot be reached: {why}").format(proxy=self, why=why))


@dataclass(frozen=True)
class WayOut:
    """The proxy settings of one session."""

    values: OptionValues
    environment: Mapping[str, str]

    @property
    def may_encrypt(self) -> bool:
        """Whether the connection to the proxy may be one with TLS."""
        named = [
            value_of(self.values, "proxy"),
            *(environment_proxy(self.environment, secure=s) for s in (False, True)),
        ]
        return any(str(text or "").lower().startswith("https:") for text in named)

    def proxy_for(self, host: str, port: int, *, secure: bool) -> Proxy | None:
        """The proxy of a server; ``None`` to go without. Raises :class:`ProxyError` for a broken variable."""
        if own := value_of(self.values, "proxy"):
            return Proxy(read_proxy(str(own)), "proxy")
        option = "proxyFromEnvironment"
        text = environment_proxy(self.environment, secure=secure) if value_of(self.values, option) else ""
        if not text or is_exempt(self.environment, host, port):
            return None
        try:
            return Proxy(read_proxy(text), option)
        except ProxyAddressError as error:
            raise ProxyError(option, _("The environment names a bad proxy: {why}").format(why=error)) from error
