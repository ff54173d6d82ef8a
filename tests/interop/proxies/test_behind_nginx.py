"""The diagnosis of Socket.IO behind a real nginx, set up as people do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from tests.checks.diagnosing import finding, report_on
from tests.interop.proxies.fronts import PAGE, Site, found_at, nginx, two_nodes
from wsgui.core.causes import Side
from wsgui.core.findings import Level

UPGRADE = 'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";'


def passing(to: str = "app", more: str = "", at: str = "/") -> str:
    return f"location {at} {{ proxy_pass http://{to}; {UPGRADE} {more} }}"


SITES = {
    "configured well": Site(lines=passing(more="proxy_read_timeout 90s;")),
    "buffering, which harms no answer that is whole": Site(lines=passing(more="proxy_buffering on;")),
    "two nodes, by the client's address": Site(lines=passing("pair_by_address")),
    "no Upgrade headers": Site(
        lines="location / { proxy_pass http://app; }",
        cause="upgrade-headers-stripped", level=Level.POLLING_ONLY, side=Side.NGINX,
    ),
    "no Upgrade headers, websocket only": Site(
        lines="location / { proxy_pass http://app; }", values={"transports": ["websocket"]},
        cause="upgrade-headers-stripped", level=Level.CANNOT_CONNECT, side=Side.NGINX,
    ),
    "a short read time-out": Site(
        lines=passing(more="proxy_read_timeout 2s;"), slow=True,
        cause="idle-timeout", level=Level.WILL_DROP, side=Side.NGINX,
    ),
    "a short read time-out, polling only": Site(
        lines=passing(more="proxy_read_timeout 2s;"), slow=True, values={"transports": ["polling"]},
        cause="idle-timeout", level=Level.WILL_DROP, side=Side.NGINX,
    ),
    "the path stripped": Site(
        lines=passing("app/", at="/socket.io/"), cause="no-socketio", side=Side.NGINX,
    ),
    "a prefix that stays": Site(lines=passing(at="/api/"), values={"path": "/api/socket.io"}, cause="no-socketio"),
    "a prefix taken off": Site(lines=passing("app/", at="/api/"), values={"path": "/api/socket.io"}),
    "the query stripped": Site(
        lines=passing(more="rewrite ^ /socket.io/? break;"), cause="query-stripped", side=Side.NGINX
    ),
    "two nodes without affinity": Site(
        lines=passing("pair"), cause="no-session-affinity", level=Level.CANNOT_CONNECT, side=Side.NGINX
    ),
    "two nodes without affinity, websocket only": Site(lines=passing("pair"), values={"transports": ["websocket"]}),
    "nobody behind it": Site(lines=passing("gone"), cause="gateway-error", side=Side.NGINX),
    "a single-page application": Site(
        lines="root web; location / { try_files $uri /index.html; }",
        cause="html-instead-of-handshake", side=Side.NGINX,
    ),
    "another site answers": Site(lines="root web;", cause="no-socketio", side=Side.NGINX),
    "a password": Site(
        lines=passing(more='auth_basic "staging"; auth_basic_user_file nobody;'),
        cause="http-auth-required",
    ),
    "a redirect to https": Site(lines="return 301 https://127.0.0.1$request_uri;", cause="redirect", side=Side.NGINX),
    "a redirect to the slash": Site(
        lines=passing(at="/socket.io/"), values={"addTrailingSlash": False}, cause="redirect-slash"
    ),
    "a redirect that takes the slash": Site(
        lines=f"rewrite ^(.+)/$ $1 permanent; {passing()}", cause="redirect-slash", side=Side.NGINX
    ),
    "too few requests allowed": Site(
        before="limit_req_zone $binary_remote_addr zone=few:1m rate=1r/s;",
        lines=passing(more="limit_req zone=few burst=2 nodelay; limit_req_status 429;"),
        cause="rate-limited", side=Side.NGINX,
    ),
    "small bodies only": Site(
        lines=passing(more="client_max_body_size 1k;"), values={"auth": {"token": "t" * 2000}},
        cause="payload-too-large", side=Side.NGINX,
    ),
    "small headers only": Site(
        lines=f"large_client_header_buffers 1 1k; client_header_buffer_size 1k; {passing()}",
        values={"extraHeaders": {"X-Token": "t" * 2000}}, cause="headers-too-large", side=Side.NGINX,
    ),
    "a cache of handshakes": Site(
        before="proxy_cache_path cache keys_zone=cache:1m;",
        lines=passing(
            more="proxy_cache cache; proxy_cache_key $uri; proxy_cache_valid 200 1m; "
            "proxy_ignore_headers Cache-Control Set-Cookie Expires;"
        ),
        cause="handshake-cached", side=Side.NGINX,
    ),
    "CORS on both sides": Site(
        lines=passing(more=f"add_header Access-Control-Allow-Origin {PAGE};"), origin=PAGE,
        cause="cors-duplicate", side=Side.NGINX,
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def urls(node: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    folder = tmp_path_factory.mktemp("nginx")
    (folder / "web").mkdir()
    (folder / "web" / "index.html").write_text("<!doctype html><title>Shop</title><div id=root></div>")
    with two_nodes() as nodes, nginx(folder, nodes, SITES) as served:
        yield served


@pytest.mark.parametrize("name", SITES)
async def test_the_cause_is_found(name: str, urls: Mapping[str, str]) -> None:
    await found_at(urls[name], SITES[name])


async def test_who_leaves_the_slash_out_is_told_to_put_it_back(urls: Mapping[str, str]) -> None:
    report = await report_on(urls["a redirect to the slash"], {"addTrailingSlash": False})
    found = finding(report, "not-redirected")
    assert "addTrailingSlash on" in found.fix
    assert found.change.options == {"addTrailingSlash": None}
