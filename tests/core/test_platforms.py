"""Platforms from headers, and the fixes that fit them first."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsgui.core.causes import CAUSES, Cause, Side
from wsgui.core.platforms import PLATFORMS, fixes_for, names_of, recognise


@pytest.mark.parametrize(
    ("headers", "names"),
    [
        ([("Server", "Vercel"), ("X-Vercel-Id", "fra1::abc")], "Vercel"),
        ([("server", "cloudflare"), ("cf-ray", "8f-FRA")], "Cloudflare"),
        ([("Via", "1.1 vegur")], "Heroku"),
        ([("Via", "2.0 heroku-router"), ("X-Powered-By", "Express")], "Heroku, Express"),
        ([("Set-Cookie", "AWSALB=x; Path=/"), ("Set-Cookie", "AWSALBCORS=x; SameSite=None")], "AWS load balancer"),
        ([("Server", "awselb/2.0")], "AWS load balancer"),
        ([("x-amz-apigw-id", "a")], "AWS API Gateway"),
        ([("Via", "1.1 0123.cloudfront.net (CloudFront)")], "Amazon CloudFront"),
        ([("Set-Cookie", "ARRAffinity=1;Path=/"), ("Server", "Microsoft-IIS/10.0")], "Azure App Service, IIS"),
        ([("X-Powered-By", "ASP.NET"), ("Server", "Kestrel")], "Kestrel, ASP.NET"),
        ([("Via", "1.1 google")], "Google Cloud"),
        ([("rndr-id", "1"), ("cf-ray", "2"), ("x-render-origin-server", "Render")], "Cloudflare, Render"),
        ([("server", "railway-edge")], "Railway"),
        ([("Server", "Fly/1234 (2026)"), ("fly-request-id", "1")], "Fly.io"),
        ([("x-nf-request-id", "1")], "Netlify"),
        ([("Server", "nginx/1.22.1"), ("X-Powered-By", "Next.js")], "nginx, Next.js"),
        ([("SERVER", "OpenResty")], "nginx"),
        ([("Set-Cookie", "SERVERID=app1; path=/")], "HAProxy"),
        ([("Server", "Caddy")], "Caddy"),
        ([("Via", "1.1 Caddy")], "Caddy"),
        ([("Server", "Apache/2.4.62 (Debian)")], "Apache"),
        ([("Server", "Apache-Coyote/1.1")], ""),
        ([("Server", "envoy"), ("x-envoy-upstream-service-time", "3")], "Envoy"),
        ([("Server", "Cowboy")], "Cowboy"),
        ([("Server", "uvicorn")], "uvicorn"),
        ([("Server", "gunicorn")], "gunicorn"),
        ([("Server", "Python/3.11 aiohttp/3.14.5")], "aiohttp"),
        ([("Server", "Werkzeug/3.0 Python/3.11")], "Werkzeug (Flask)"),
        ([("Via", "1.1 proxy (squid/5.7)")], "Squid"),
        ([("Server", "my-server"), ("Content-Type", "text/plain")], ""),
        ([], ""),
    ],
)
def test_headers_give_it_away(headers: list[tuple[str, str]], names: str) -> None:
    assert names_of(recognise(headers)) == names


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ("<html><body><h1>503 Service Unavailable</h1>\nNo server is available.\n</body></html>\n", "HAProxy"),
        ("<html><body><h1>403 Forbidden</h1>\nRequest forbidden by administrative rules.\n</body></html>", "HAProxy"),
        ("<html><body><h1>Welcome</h1>\nto my page\n</body></html>\n", ""),
        ("<html><head><title>503</title></head><body><h1>503 Service Unavailable</h1>\n</body></html>", ""),
        ("<" * 10_000_000, ""),
    ],
)
def test_an_error_page_gives_it_away(page: str, names: str) -> None:
    assert names_of(recognise([], [page])) == names


def test_ids_are_unique_and_signs_are_patterns() -> None:
    assert len({platform.id for platform in PLATFORMS}) == len(PLATFORMS)
    for platform in PLATFORMS:
        assert platform.signs
        for sign in platform.signs:
            header, _, pattern = sign.partition(" ")
            assert header == header.lower()
            re.compile(pattern)


@given(st.lists(st.tuples(st.text(), st.text())))
def test_any_headers_will_do(headers: list[tuple[str, str]]) -> None:
    assert set(recognise(headers)) <= set(PLATFORMS)


def test_a_long_value_takes_no_long_time() -> None:
    assert recognise([("Server", "x" * 10_000_000), ("Via", "(" * 1_000_000)]) == ()


def test_the_fitting_fix_comes_first() -> None:
    cause = CAUSES["no-session-affinity"]
    assert fixes_for(cause)[0] is cause.fixes[0]
    heroku = recognise([("Via", "1.1 vegur"), ("X-Powered-By", "Express")])
    assert fixes_for(cause, heroku)[0].platform == "heroku"
    assert fixes_for(cause, heroku)[1].side is Side.NODE
    assert fixes_for(cause, recognise([("Server", "Caddy")]))[0].side is Side.CADDY
    assert {fix.platform for fix in fixes_for(cause, heroku)[-2:]} <= {"azure", "google", "vercel"}


@pytest.mark.parametrize("cause", CAUSES.values(), ids=lambda cause: cause.id)
def test_no_fix_is_lost(cause: Cause) -> None:
    for platform in PLATFORMS:
        assert sorted(map(repr, fixes_for(cause, [platform]))) == sorted(map(repr, cause.fixes))
