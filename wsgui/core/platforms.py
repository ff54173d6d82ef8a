"""What stands before and behind a server, told from the headers of its answers and from error pages: one table.

It serves to put the fitting fix first, and says so in the report; no cause is ever found by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from wsgui.core.causes.cause import Cause, Fix, Side

Headers = Iterable[tuple[str, str]]
"""Name and value, in the order of the wire; a name may come more than once."""


class Role(StrEnum):
    """Where it stands, from the outside in."""

    HOSTING = "hosting"
    PROXY = "proxy"
    SERVER = "server"
    FRAMEWORK = "framework"


@dataclass(frozen=True)
class Platform:
    """A row. The names are proper names and are not translated."""

    id: str
    name: str
    role: Role
    signs: tuple[str, ...]
    """One is enough: a header's name, and after a blank a pattern that its value has to contain, in any case."""
    side: Side | None = None
    """Whose fixes fit; of hosting those that name this row's id."""
    page: str = ""
    """A pattern of its error pages, where its answers have no header of their own."""


def _hosting(key: str, name: str, *signs: str) -> Platform:
    return Platform(key, name, Role.HOSTING, signs, Side.HOSTING)


def _proxy(key: str, name: str, *signs: str, side: Side | None = None, page: str = "") -> Platform:
    return Platform(key, name, Role.PROXY, signs, side, page)


def _server(key: str, name: str, *signs: str, side: Side | None = None) -> Platform:
    return Platform(key, name, Role.SERVER, signs, side)


def _framework(key: str, name: str, *signs: str, side: Side | None = None) -> Platform:
    return Platform(key, name, Role.FRAMEWORK, signs, side)


PLATFORMS: Final[tuple[Platform, ...]] = (
    _hosting("cloudflare", "Cloudflare", "cf-ray", "server ^cloudflare"),
    _hosting("cloudfront", "Amazon CloudFront", "x-amz-cf-id", r"via \(CloudFront\)"),
    _hosting("fastly", "Fastly", "x-fastly-request-id", "x-served-by ^cache-"),
    _hosting("akamai", "Akamai", "x-akamai-request-id", "server ^AkamaiGHost"),
    _hosting("vercel", "Vercel", "x-vercel-id", "server ^Vercel"),
    _hosting("netlify", "Netlify", "x-nf-request-id", "server ^Netlify"),
    _hosting(
        *("heroku", "Heroku", r"via \bvegur\b|heroku-router", "server ^Heroku", "reporting-endpoints heroku-nel"),
        "set-cookie ^heroku-session-affinity=",
    ),
    _hosting("aws-alb", "AWS load balancer", "server ^awselb/", r"set-cookie ^AWSALB(?:TG|APP-\d)?(?:CORS)?="),
    _hosting("aws-apigateway", "AWS API Gateway", "x-amz-apigw-id", "apigw-requestid", "x-amzn-errortype"),
    _hosting("azure", "Azure App Service", "x-azure-ref", "set-cookie ^ARRAffinity(?:SameSite)?="),
    _hosting("render", "Render", "rndr-id", "x-render-origin-server", "x-render-routing"),
    _hosting("railway", "Railway", "x-railway-request-id", "x-railway-edge", "server ^railway"),
    _hosting("fly", "Fly.io", "fly-request-id", "server ^Fly/"),
    _hosting("google", "Google Cloud", r"via \b1\.1 google\b", "server ^Google Frontend", "x-cloud-trace-context"),
    _hosting("ngrok", "ngrok", "ngrok-error-code", "ngrok-trace-id", "ngrok-agent-ips"),
    _proxy("squid", "Squid", "x-squid-error", r"server ^squid\b", r"via \(squid\b"),
    _proxy("tinyproxy", "Tinyproxy", r"server ^tinyproxy\b", r"via \(tinyproxy\b"),
    _proxy("varnish", "Varnish", "x-varnish", r"via \bvarnish\b"),
    _proxy("nginx", "nginx", r"server ^(?:nginx|openresty)\b", side=Side.NGINX),
    _proxy(
        *("haproxy", "HAProxy", r"server ^haproxy\b", "set-cookie ^SERVERID="),
        side=Side.HAPROXY,
        page=r"<html><body><h1>\d{3} [^<]*</h1>\n[^<]*\n</body></html>\s*\Z",
    ),
    _proxy("caddy", "Caddy", r"server ^Caddy\b", r"via \bCaddy\b", side=Side.CADDY),
    _proxy("traefik", "Traefik", r"server ^traefik\b"),
    _proxy("envoy", "Envoy", "x-envoy-upstream-service-time", r"server ^(?:istio-)?envoy\b"),
    _proxy("apache", "Apache", r"server ^Apache\b(?!-Coyote)", side=Side.APACHE),
    _proxy("iis", "IIS", "server ^Microsoft-(?:IIS|HTTPAPI)/"),
    _server("kestrel", "Kestrel", r"server ^Kestrel\b"),
    _server("uvicorn", "uvicorn", r"server ^uvicorn\b", side=Side.PYTHON),
    _server("hypercorn", "Hypercorn", r"server ^hypercorn\b", side=Side.PYTHON),
    _server("daphne", "Daphne", r"server ^daphne\b", side=Side.PYTHON),
    _server("gunicorn", "gunicorn", r"server ^gunicorn\b", side=Side.PYTHON),
    _server("werkzeug", "Werkzeug (Flask)", "server ^Werkzeug/", side=Side.PYTHON),
    _server("aiohttp", "aiohttp", r"server \baiohttp/", side=Side.PYTHON),
    _server("tornado", "Tornado", "server ^TornadoServer/", side=Side.PYTHON),
    _server("websockets", "websockets", r"server \bwebsockets/\d", side=Side.PYTHON),
    _server("cowboy", "Cowboy", r"server ^Cowboy\b"),
    _framework("next", "Next.js", r"x-powered-by ^Next\.js\b", "x-nextjs-cache", side=Side.NODE),
    _framework("express", "Express", r"x-powered-by ^Express\b", side=Side.NODE),
    _framework("aspnet", "ASP.NET", r"x-powered-by ^ASP\.NET\b", "x-aspnet-version"),
    _framework("php", "PHP", "x-powered-by ^PHP/"),
)
"""From the outside in, by role."""

_LONGEST_VALUE = 4000
"""Characters of a header's value, or of a page, that are looked at."""


def recognise(headers: Headers, pages: Iterable[str] = ()) -> tuple[Platform, ...]:
    """The rows whose signs are in these headers, or whose error page is among ``pages``; the outermost first."""
    by_name: dict[str, list[str]] = {}
    for name, value in headers:
        by_name.setdefault(name.lower(), []).append(value[:_LONGEST_VALUE])
    starts = [page[:_LONGEST_VALUE] for page in pages]
    return tuple(
        platform
        for platform in PLATFORMS
        if any(_shows(sign, by_name) for sign in platform.signs)
        or (platform.page and any(re.match(platform.page, start) for start in starts))
    )


def names_of(platforms: Iterable[Platform]) -> str:
    """For the report: "Cloudflare, nginx, Express"."""
    return ", ".join(platform.name for platform in platforms)


def named_platforms(names: str) -> tuple[Platform, ...]:
    """The rows behind what :func:`names_of` gave."""
    wanted = names.split(", ")
    return tuple(platform for platform in PLATFORMS if platform.name in wanted)


def _shows(sign: str, by_name: Mapping[str, list[str]]) -> bool:
    header, _, pattern = sign.partition(" ")
    return any(re.search(pattern, value, re.IGNORECASE) for value in by_name.get(header, ()))


def fixes_for(cause: Cause, platforms: Sequence[Platform] = ()) -> tuple[Fix, ...]:
    """The fixes of a cause: those for what the server runs on first; those for other platforms last."""
    hosts = {platform.id for platform in platforms}
    sides = {platform.side for platform in platforms if platform.side is not Side.HOSTING}

    def rank(fix: Fix) -> int:
        if fix.platform:
            return 0 if fix.platform in hosts else 3
        return 1 if fix.side in sides else 2

    return tuple(sorted(cause.fixes, key=rank))
