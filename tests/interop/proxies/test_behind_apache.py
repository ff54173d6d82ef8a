"""The diagnosis of Socket.IO behind a real Apache, set up as people do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from tests.interop.proxies.fronts import PAGE, Site, apache, found_at, two_nodes
from wsgui.core.causes import Side
from wsgui.core.findings import Level

SITES = {
    "configured well": Site(lines='ProxyPass "/" "${app}/" upgrade=websocket timeout=90'),
    "no WebSocket": Site(
        lines='ProxyPass "/" "${app}/"', cause="upgrade-headers-stripped", level=Level.POLLING_ONLY, side=Side.APACHE
    ),
    "no WebSocket, websocket only": Site(
        lines='ProxyPass "/" "${app}/"', values={"transports": ["websocket"]},
        cause="upgrade-headers-stripped", level=Level.CANNOT_CONNECT, side=Side.APACHE,
    ),
    "two nodes without affinity": Site(
        lines='ProxyPass "/" "balancer://pair/"',
        cause="no-session-affinity", level=Level.CANNOT_CONNECT, side=Side.APACHE,
    ),
    "two nodes, by a cookie": Site(
        lines='Header add Set-Cookie "ROUTE=.%{BALANCER_WORKER_ROUTE}e; path=/" env=BALANCER_ROUTE_CHANGED\n'
        'ProxyPass "/" "balancer://pair/" stickysession=ROUTE',
        cause="affinity-needs-cookies",
    ),
    "a short time-out": Site(
        lines='ProxyPass "/" "${app}/" timeout=2', slow=True, values={"transports": ["polling"]},
        cause="idle-timeout", level=Level.WILL_DROP, side=Side.APACHE,
    ),
    "nobody behind it": Site(lines='ProxyPass "/" "${gone}/"', cause="gateway-error"),
    "the query stripped": Site(
        lines='RewriteEngine On\nRewriteRule "^(.*)$" "${app}$1" [P,QSD]', cause="query-stripped", side=Side.APACHE
    ),
    "the path stripped": Site(lines='ProxyPass "/socket.io/" "${app}/" upgrade=websocket', cause="no-socketio"),
    "forbidden": Site(
        lines='<Location "/">\nRequire all denied\n</Location>\nProxyPass "/" "${app}/"', cause="http-auth-required"
    ),
    "a redirect to https": Site(lines="Redirect permanent / https://127.0.0.1/", cause="redirect"),
    "CORS on both sides": Site(
        lines=f'ProxyPass "/" "${{app}}/" upgrade=websocket\nHeader always add Access-Control-Allow-Origin "{PAGE}"',
        origin=PAGE, cause="cors-duplicate", side=Side.APACHE,
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def urls(node: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    with two_nodes() as nodes, apache(tmp_path_factory.mktemp("apache"), nodes, SITES) as served:
        yield served


@pytest.mark.parametrize("name", SITES)
async def test_the_cause_is_found(name: str, urls: Mapping[str, str]) -> None:
    await found_at(urls[name], SITES[name])
