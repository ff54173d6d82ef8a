"""A redirect as a browser follows it for polling: by itself, CORS applied at every stop (Fetch, “HTTP-redirect fetch”).

A WebSocket is never redirected, and neither is socket.io-client in Node: they fail where a page gets through.
"""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from wsgui.checks.probe.answers import Kind, read_answer
from wsgui.checks.probe.asking import ask, common_headers
from wsgui.checks.probe.cors import asked_headers, judge, with_credentials
from wsgui.checks.probe.encryption import Handshake, encryption
from wsgui.checks.probe.exchange import Exchange
from wsgui.checks.probe.page import is_cross_origin
from wsgui.checks.probe.polling import handshake_exchange
from wsgui.checks.probe.probe import NotKnown, Probe, fact
from wsgui.core.address import AddressError, read_address
from wsgui.core.option_types import Protocol
from wsgui.net.session import Target

_MOST_STOPS = 3
_KEEPS_METHOD = frozenset({307, 308})
"""After the others a POST comes as a GET, and the first message is lost."""


@fact
async def page_gets_through(probe: Probe) -> bool:
    """Whether a page's polling arrives in spite of the redirects. With headers of its own it is not tried."""
    if not probe.origin or not probe.uses_polling or asked_headers(probe):
        return False
    origin, is_foreign = probe.origin, is_cross_origin(probe)
    exchange = await handshake_exchange(probe)
    for _stop in range(_MOST_STOPS):
        if exchange.status not in _KEEPS_METHOD or not _may_read(probe, exchange, origin, is_foreign=is_foreign):
            return False
        url = urljoin(exchange.url, exchange.header("location"))
        if is_foreign and _origin(url) != _origin(exchange.url):
            origin = "null"  # who sent it here might be anybody
        is_foreign = is_foreign or _origin(url) != probe.origin
        found = await _stop_at(probe, url, origin)
        if found is None:
            return False
        exchange = found
        if read_answer(exchange, probe.dialect.eio).kind is Kind.HANDSHAKE:
            return _may_read(probe, exchange, origin, is_foreign=is_foreign)
    return False


def _may_read(probe: Probe, exchange: Exchange, origin: str, *, is_foreign: bool) -> bool:
    if exchange.head is None or not is_foreign:
        return exchange.head is not None
    cause, _sentence = judge(exchange.head, origin, credentials=with_credentials(probe))
    return not cause


async def _stop_at(probe: Probe, url: str, origin: str) -> Exchange | None:
    """Ask there as the browser would, without what the options have for the first server alone."""
    parts = urlsplit(url)
    values = {name: value for name, value in probe.values.items() if name in ("ca", "proxy")}
    try:
        address = read_address(f"{parts.scheme}://{parts.netloc}", Protocol.WEBSOCKET)
    except AddressError:
        return None
    other = Probe(Target(address, values, protocol=Protocol.WEBSOCKET), limits=probe.limits, tap=probe.tap)
    try:
        if address.secure and (await encryption(other)).end is not Handshake.AGREED:
            return None
        async with probe.turn():
            target = f"{parts.path or '/'}?{parts.query}"
            return await ask(other, "GET", target, common_headers(other, "polling", origin))
    except NotKnown:
        return None
    finally:
        await other.close()


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
