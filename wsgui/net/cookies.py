"""The cookies that a connection keeps, as ``CookieJar`` of engine.io-client keeps them on Node.

A jar belongs to one connection and so to one server: path, domain and ``Secure`` are not looked at, the values go back
as they came. Only the end of a cookie's life counts.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from email.utils import parsedate_to_datetime


class CookieJar:
    """What ``Set-Cookie`` headers brought and is to be sent back."""

    def __init__(self) -> None:
        self._cookies: dict[str, tuple[str, float]] = {}

    def keep(self, headers: Iterable[str]) -> None:
        """Keep what the ``Set-Cookie`` headers of an answer say."""
        for header in headers:
            self._keep(header)

    @property
    def header(self) -> str:
        """The value of the header ``Cookie``: all that are alive; empty for none."""
        now = time.time()
        return "; ".join(f"{name}={value}" for name, (value, ends) in self._cookies.items() if ends > now)

    def _keep(self, header: str) -> None:
        pair, *attributes = header.split("; ")
        name, separator, value = (part.strip() for part in pair.partition("="))
        if not separator or not name:
            return
        self._cookies[name] = (value[1:-1] if value.startswith('"') else value), _end(attributes)


def _end(attributes: Sequence[str]) -> float:
    """When a cookie is over, in seconds since 1970: the last of its two attributes decides, a broken one at once."""
    ends = float("inf")
    for attribute in attributes:
        key, _separator, value = (part.strip() for part in attribute.partition("="))
        try:
            match key.lower():
                case "max-age":
                    ends = time.time() + float(value) if float(value) > 0 else 0.0
                case "expires":
                    ends = parsedate_to_datetime(value).timestamp()
        except (ValueError, OverflowError):
            ends = 0.0
    return ends
