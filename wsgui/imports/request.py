"""What a request of another program says of a connection: its URL, headers, query and authorization.

A URL may be the one that a page gives to ``io()``, or one of the requests that a client made of it
(``/socket.io/?EIO=4&transport=polling``); the second is brought back to the first.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit, urlunsplit

from wsgui.core.i18n import _
from wsgui.core.option_values import OptionValue
from wsgui.core.protocol import Protocol
from wsgui.imports.careful_json import mapping, text_of
from wsgui.imports.draft import Draft

OF_TRANSPORT = frozenset(
    {"connection", "upgrade", "content-length", "transfer-encoding", "accept-encoding", "content-type"}
    | {"sec-websocket-key", "sec-websocket-version", "sec-websocket-extensions"}
)  # fmt: skip
"""Headers that every client makes itself."""
_OF_ENGINE = ("EIO", "transport", "sid", "t", "b64", "j")
_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")


def take_url(draft: Draft, url: str) -> None:
    """Set the URL, and what follows from it; ``draft.protocol`` must be what is known of it by now."""
    url = url.strip()
    try:
        parts = urlsplit(url)
        pairs = [pair.partition("=") for pair in parts.query.split("&")] if parts.query else []
        query = {unquote(name): unquote(value) for name, _mark, value in pairs}
    except ValueError:
        draft.url = url
        return
    if "EIO" not in query or "transport" not in query or draft.protocol is Protocol.WEBSOCKET:
        draft.url = url
        return
    draft.protocol = Protocol.SOCKETIO_V2 if query["EIO"] == "3" else Protocol.SOCKETIO
    scheme = {"ws": "http", "wss": "https"}.get(parts.scheme, parts.scheme)
    draft.url = urlunsplit((scheme, parts.netloc, "", "", ""))
    draft.changed(_("The URL was one of the client's own requests; it is now the one that is given to io()."))
    draft.option("path", parts.path or "/")
    if query["transport"] == "websocket" and "sid" not in query:
        draft.option("transports", ["websocket"])
    if rest := {name: value for name, value in query.items() if name not in _OF_ENGINE}:
        draft.option("query", rest)


def take_header(draft: Draft, name: str, value: str) -> None:
    """Take a header: as an option where there is one for it, not at all where every client makes its own."""
    lower = name.strip().lower()
    if lower in OF_TRANSPORT:
        return
    if lower == "host":
        draft.left("Host", _("The host is the one of the URL."))
    elif lower == "sec-websocket-protocol":
        draft.option("protocols", [each.strip() for each in value.split(",") if each.strip()])
    elif lower == "origin" and draft.protocol is not Protocol.SOCKETIO_V2:
        draft.option("origin", value)
    elif not _TOKEN.fullmatch(name.strip()):
        draft.left(name, _("It is no valid name of a header."))
    else:
        draft.header(name.strip(), value)


def take_authorization(draft: Draft, kind: str, given: Mapping[str, object]) -> None:
    """Make headers of the ways to authorize that other programs have; ``given`` has the names that they share."""
    values = {name: text_of(value) for name, value in given.items()}
    match kind:
        case "" | "none" | "noauth" | "inherit":
            return
        case "bearer":
            scheme = values.get("prefix") or "Bearer"
            draft.header("Authorization", f"{scheme} {values.get('token', '')}")
        case "basic":
            pair = f"{values.get('username', '')}:{values.get('password', '')}"
            draft.header("Authorization", f"Basic {base64.b64encode(pair.encode()).decode()}")
        case "apikey" | "api-key" if values.get("in", values.get("addTo", "header")).lower() in (
            "query",
            "queryparams",
        ):
            draft.option("query", {values.get("key", ""): values.get("value", "")})
        case "apikey" | "api-key":
            take_header(draft, values.get("key", ""), values.get("value", ""))
        case _:
            draft.left(kind, _("This way to authorize has no counterpart here; set a header or auth."))
            return
    draft.changed(_("The authorization “{kind}” is now a header or a parameter of the query.").format(kind=kind))


def take_query(draft: Draft, pairs: Mapping[str, str]) -> None:
    """Add parameters: to the option for Socket.IO, to the URL for a plain WebSocket."""
    if not pairs:
        return
    if draft.protocol is Protocol.WEBSOCKET:
        from urllib.parse import urlencode

        known = {pair.partition("=")[0] for pair in draft.url.partition("?")[2].split("&")}
        if new := {name: value for name, value in pairs.items() if name not in known}:
            draft.url += ("&" if "?" in draft.url else "?") + urlencode(new, safe="{}<> ")
        return
    query: dict[str, OptionValue] = {name: value for name, value in pairs.items() if name not in _OF_ENGINE}
    if query:
        draft.url = draft.url.partition("?")[0]
        draft.option("query", query)


def enabled_pairs(entries: list[object], name: str = "key") -> list[tuple[str, str]]:
    """Name and value of the entries of a list that are not switched off, as all these programs write headers."""
    rows = [mapping(entry) for entry in entries]
    on = [row for row in rows if not row.get("disabled") and row.get("enabled", True) and row.get("active", True)]
    return [(text_of(row.get(name)), text_of(row.get("value"))) for row in on if text_of(row.get(name))]
