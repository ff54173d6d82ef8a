"""Content-Security-Policy, as far as it concerns connections: ``connect-src`` (CSP level 3, section 6.7)."""

from __future__ import annotations

from urllib.parse import urlsplit

_PORTS = {"http": 80, "ws": 80, "https": 443, "wss": 443}
_UPGRADED = {
    "http": ("http", "https"),
    "ws": ("ws", "wss", "http", "https"),
    "https": ("https",),
    "wss": ("wss", "https"),
}
"""The scheme of a source -> the schemes that it also covers."""


def directive(policy: str) -> str:
    """The directive of a policy that governs connections; empty if there is none."""
    found: dict[str, str] = {}
    for part in policy.split(";"):
        name, _space, value = part.strip().partition(" ")
        found.setdefault(name.lower(), f"{name} {value}".strip())
    return found.get("connect-src") or found.get("default-src") or ""


def allows(policy: str, url: str, origin: str) -> bool:
    """Whether a page of ``origin`` with this policy may connect to ``url``."""
    governing = directive(policy)
    if not governing:
        return True
    return any(_matches(source, url, origin) for source in governing.split()[1:])


def _matches(source: str, url: str, origin: str) -> bool:
    parts = urlsplit(url)
    match source.lower():
        case "'none'":
            return False
        case "'self'":
            page = urlsplit(origin)
            same_place = (page.hostname, _port(page.scheme, page.port)) == (
                parts.hostname,
                _port(parts.scheme, parts.port),
            )
            return same_place and parts.scheme in (page.scheme, {"http": "ws", "https": "wss"}.get(page.scheme))
        case "*":
            return True
        case scheme if scheme.endswith(":") and "/" not in scheme:
            return parts.scheme in _UPGRADED.get(scheme[:-1], (scheme[:-1],))
    scheme, separator, rest = source.partition("://")
    if not separator:
        scheme, rest = urlsplit(origin).scheme, source
    host, _slash, _path = rest.partition("/")
    name, _colon, port = (
        host.rpartition(":") if host.rpartition(":")[2].isdigit() or host.endswith(":*") else (host, "", "")
    )
    covered = _UPGRADED.get(scheme.lower(), (scheme,))
    if parts.scheme not in covered and not (not separator and parts.scheme in ("ws", "wss", "https")):
        return False
    if name.startswith("*."):
        if not (parts.hostname or "").endswith(name[1:].lower()):
            return False
    elif name.lower() != parts.hostname:
        return False
    return port == "*" or _port(parts.scheme, int(port) if port else None) == _port(parts.scheme, parts.port)


def _port(scheme: str, port: int | None) -> int:
    return port or _PORTS.get(scheme, 0)
