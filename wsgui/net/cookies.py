"""The cookies that a connection keeps, as ``CookieJar`` of engine.io-client keeps them on Node.

A jar belongs to one connection and so to one server: path, domain and ``Secure`` are not looked at, the values go back
as they came. Only the end of a cookie's life counts.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from email.utils import parsedate_to_datetime
from http.cookies import BaseCookie, Morsel, SimpleCookie

from aiohttp import DummyCookieJar
from yarl import URL


class NodeCookieJar(DummyCookieJar):
    """aiohttp's session asks it before each request and shows it each ``Set-Cookie``."""

    def __init__(self) -> None:
        super().__init__()
        self._cookies: dict[str, tuple[Morsel[str], float]] = {}

    def update_cookies_from_headers(self, headers: Sequence[str], response_url: URL) -> None:
        """Keep what the ``Set-Cookie`` headers of an answer say."""
        for header in headers:
            self._keep(header)

    def filter_cookies(self, request_url: URL) -> BaseCookie[str]:
        """All that are alive."""
        found: SimpleCookie = SimpleCookie()
        for morsel in self:
            found[morsel.key] = morsel
        return found

    def __iter__(self) -> Iterator[Morsel[str]]:
        now = time.time()
        return iter([morsel for morsel, ends in self._cookies.values() if ends > now])

    def __len__(self) -> int:
        return sum(1 for _morsel in self)

    def _keep(self, header: str) -> None:
        pair, *attributes = header.split("; ")
        name, separator, value = (part.strip() for part in pair.partition("="))
        if not separator or not name:
            return
        morsel: Morsel[str] = Morsel()
        value = value[1:-1] if value.startswith('"') else value
        morsel.set(name, value, value)
        self._cookies[name] = morsel, _end(attributes)


def _end(attributes: Sequence[str]) -> float:
    """When a cookie is over, in seconds since 1970: the last of its two attributes decides, a broken one at once."""
    ends = float("inf")
    for attribute in attributes:
        key, _separator, value = (part.strip() for part in attribute.partition("="))
        try:
            match key.lower():
                case "max-age":
                    ends = time.time() + int(value) if int(value) > 0 else 0.0
                case "expires":
                    ends = parsedate_to_datetime(value).timestamp()
        except ValueError:
            ends = 0.0
    return ends
