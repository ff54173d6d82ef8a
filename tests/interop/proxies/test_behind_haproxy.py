"""The diagnosis of Socket.IO behind a real HAProxy, set up as people do.

It leaves no mark on what passes through it, so its fix comes first only where it has answered itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from tests.interop.proxies.fronts import PAGE, Site, found_at, haproxy, two_nodes
from wsgui.core.causes import Side
from wsgui.core.findings import Level

BY_COOKIE = "balance roundrobin\ncookie SERVERID insert indirect nocache"
ONLY_WEBSOCKET = {"transports": ["websocket"]}

SITES = {
    "configured well": Site(lines=""),
    "two nodes, by the client's address": Site(lines="balance source", behind="pair"),
    "two nodes, by a cookie that comes back": Site(
        lines=BY_COOKIE, behind="pair", values={"withCredentials": True}
    ),
    "two nodes, by a cookie": Site(
        lines=BY_COOKIE, behind="pair", cause="affinity-needs-cookies", level=Level.CANNOT_CONNECT
    ),
    "two nodes without affinity": Site(
        lines="balance roundrobin", behind="pair", cause="no-session-affinity", level=Level.CANNOT_CONNECT,
    ),
    "two nodes without affinity, websocket only": Site(
        lines="balance roundrobin", behind="pair", values=ONLY_WEBSOCKET
    ),
    "no Upgrade header": Site(
        lines="http-request del-header upgrade\nhttp-request del-header connection",
        cause="upgrade-headers-stripped", level=Level.POLLING_ONLY,
    ),
    "no WebSocket": Site(
        lines="http-request deny if { req.hdr(upgrade) -i websocket }",
        cause="upgrade-refused", level=Level.POLLING_ONLY, side=Side.HAPROXY,
    ),
    "a short time-out for tunnels": Site(
        lines="timeout tunnel 2s", slow=True, cause="idle-timeout", level=Level.WILL_DROP,
    ),
    "a short time-out for answers": Site(
        lines="timeout server 2s", slow=True, values={"transports": ["polling"]},
        cause="idle-timeout", level=Level.WILL_DROP, side=Side.HAPROXY,
    ),
    "nobody behind it": Site(lines="", behind="gone", cause="gateway-error", side=Side.HAPROXY),
    "a password": Site(
        lines="http-request auth unless { http_auth(nobody) }", cause="http-auth-required"
    ),
    "a redirect to https": Site(lines="http-request redirect scheme https", cause="redirect"),
    "the path changed": Site(lines="http-request replace-path /socket.io(/)?(.*) /\\2", cause="no-socketio"),
    "CORS on both sides": Site(
        lines=f"http-response add-header Access-Control-Allow-Origin {PAGE}", origin=PAGE, cause="cors-duplicate"
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def urls(node: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    with two_nodes() as nodes, haproxy(tmp_path_factory.mktemp("haproxy"), nodes, SITES) as served:
        yield served


@pytest.mark.parametrize("name", SITES)
async def test_the_cause_is_found(name: str, urls: Mapping[str, str]) -> None:
    await found_at(urls[name], SITES[name])
