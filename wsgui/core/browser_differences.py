"""Where a browser does something else than this program with the same URL and options, and why the result may differ.

Only what applies is said: each row has the condition under which it does. Sources: Fetch (forbidden headers, CORS,
redirects), the WebSocket API of HTML, Mixed Content, and what the option table says of each option.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit

from wsgui.core.i18n import N_, _
from wsgui.core.option_types import Protocol
from wsgui.core.option_values import OptionValues


@dataclass(frozen=True)
class Page:
    """A page that would make the connection."""

    url: str
    """Of the server."""
    origin: str
    values: OptionValues
    protocol: Protocol

    @property
    def is_foreign(self) -> bool:
        """Whether the server has another origin than the page; without an origin nothing is known."""
        return bool(self.origin) and _origin(self.origin) != _origin(self.url)

    @property
    def is_secure_only(self) -> bool:
        """Whether an https page meets a URL without TLS."""
        return urlsplit(self.origin).scheme == "https" and urlsplit(self.url).scheme in ("http", "ws")


class _Difference(NamedTuple):
    topic: str
    here: str
    browser: str
    applies: Callable[[Page], bool]


def _has(*names: str) -> Callable[[Page], bool]:
    return lambda page: any(page.values.get(name) not in (None, "", {}, [], ()) for name in names)


_DIFFERENCES = (
    _Difference(
        N_("CORS"),
        N_("Shows every answer, whatever it allows."),
        N_("Gives the page an answer of another origin only if Access-Control-Allow-Origin allows it."),
        lambda page: page.is_foreign and page.protocol is not Protocol.WEBSOCKET,
    ),
    _Difference(
        N_("WebSocket from another origin"),
        N_("Sends the origin that is typed here, or none."),
        N_("Always sends the page's Origin. CORS does not hold for it: the server has to decide."),
        lambda page: page.is_foreign,
    ),
    _Difference(
        N_("Mixed content"),
        N_("Connects to a URL without TLS."),
        N_("Refuses a connection without TLS from an https page, before anything is sent."),
        lambda page: page.is_secure_only,
    ),
    _Difference(
        N_("extraHeaders"),
        N_("Sends them with every request, the one for the WebSocket too."),
        N_("Sends them with polling only, after a preflight; on a WebSocket never."),
        _has("extraHeaders"),
    ),
    _Difference(
        N_("Certificates"),
        N_("Takes what the TLS options say."),
        N_("Takes its own list of authorities. No option of a page changes that."),
        lambda page: (
            page.values.get("rejectUnauthorized") is False or _has("ca", "cert", "key", "pfx", "passphrase")(page)
        ),
    ),
    _Difference(
        N_("Proxy"),
        N_("Takes the proxy of the options, or of the environment."),
        N_("Takes the proxy of its own settings or of the system."),
        _has("proxy"),
    ),
    _Difference(
        N_("Cookies"),
        N_("Keeps them for this run, without regard to SameSite."),
        N_("Sends them to another site only if they say SameSite=None and Secure, and withCredentials is on."),
        lambda page: page.is_foreign or page.values.get("withCredentials") is True,
    ),
    _Difference(
        N_("Redirects"),
        N_("Shows a redirect as what it is; a Socket.IO client does not follow it on a WebSocket."),
        N_("Follows it for polling, if CORS allows it there too; on a WebSocket never."),
        lambda page: page.protocol is not Protocol.WEBSOCKET,
    ),
)


@dataclass(frozen=True)
class DifferenceRow:
    """A row of the table, translated."""

    topic: str
    here: str
    browser: str


def difference_rows(page: Page) -> tuple[DifferenceRow, ...]:
    """The differences that apply."""
    return tuple(
        DifferenceRow(_(each.topic), _(each.here), _(each.browser)) for each in _DIFFERENCES if each.applies(page)
    )


_PORTS = {"http": 80, "ws": 80, "https": 443, "wss": 443}
_SAME = {"ws": "http", "wss": "https"}


def _origin(url: str) -> tuple[str, str, int | None]:
    try:
        parts = urlsplit(url if "//" in url else f"//{url}")
        port = parts.port
    except ValueError:
        return (url, "", None)
    return (_SAME.get(parts.scheme, parts.scheme), parts.hostname or "", port or _PORTS.get(parts.scheme))
