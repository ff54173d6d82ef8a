"""The handshake with a SOCKS proxy, and what its refusals mean."""

from __future__ import annotations

import socket

from python_socks import ProxyError as SocksError
from python_socks import ProxyTimeoutError, ProxyType
from python_socks.async_.asyncio import Proxy as SocksProxy

from wsgui.core.i18n import _
from wsgui.net.proxy import Proxy, ProxyError


async def open_socks(proxy: Proxy, at: str, host: str, port: int, local: tuple[str, int] | None) -> socket.socket:
    """A socket to ``host`` through the proxy at the IP address ``at``; a name is left to the proxy to look up.

    Raises :class:`ProxyError`, and ``OSError`` if the proxy cannot be reached.
    """
    address = proxy.address
    kind = ProxyType.SOCKS4 if address.scheme.startswith("socks4") else ProxyType.SOCKS5
    socks = SocksProxy(kind, at, address.port, address.user or None, address.password or None, rdns=True)
    try:
        return await socks.connect(host, port, local_addr=local)
    except ProxyTimeoutError as error:
        raise ProxyError(proxy.option, _("The proxy {proxy} does not answer").format(proxy=proxy)) from error
    except SocksError as error:
        raise ProxyError(proxy.option, _refusal(proxy, error)) from error


def _refusal(proxy: Proxy, error: SocksError) -> str:
    why = str(error)
    if "authentication method" in why.lower():
        if not proxy.address.user:
            text = _("The proxy {proxy} wants a user name and a password: {scheme}://user:password@host:port")
            return text.format(proxy=proxy, scheme=proxy.address.scheme)
        return _("The proxy {proxy} knows no way to take a user name and password").format(proxy=proxy)
    if "authentication failure" in why.lower():
        return _("The proxy {proxy} does not accept this user name and password").format(proxy=proxy)
    if error.error_code is None:
        return _("What answers at {proxy} is no such proxy: {why}").format(proxy=proxy, why=why or type(error).__name__)
    code = int(error.error_code)
    return _("The proxy {proxy} refuses to connect: {why} ({code})").format(proxy=proxy, why=why, code=code)
