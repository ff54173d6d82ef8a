"""The URL as a person types it, read the way ``io(url)`` reads it.

For Socket.IO the path is the *namespace*, not the HTTP path, and the query goes with every request. What ``io()``
accepts in silence and people then search for is said in ``notes``; what cannot work is refused with one sentence. For
a plain WebSocket path and query are what they are, as ``new WebSocket(url)`` reads them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

from wsgui.core.i18n import _
from wsgui.core.option_types import Protocol

_SECURE = {"http": False, "ws": False, "https": True, "wss": True}


class AddressError(ValueError):
    """The URL cannot be used; the message is a sentence for the person who typed it."""

    is_missing = False
    """Whether it was never set, or only in part: it is empty, a word that stands for nothing, or has no scheme."""


class _MissingError(AddressError):
    is_missing = True


@dataclass(frozen=True)
class Address:
    """A server's address: ``host`` in ASCII (IDNA, IPv6 without brackets), ``port`` always a number."""

    secure: bool
    host: str
    port: int
    namespace: str = "/"
    query: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    target: str = "/"
    """Plain WebSocket: the path and the query of the handshake, encoded. ``namespace`` and ``query`` are not used."""
    credentials: str = ""
    """Plain WebSocket: ``user:password`` of the URL, still encoded, which is how ``ws`` sends them."""

    @property
    def netloc(self) -> str:
        """Host and port as they stand in a URL; the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.secure else 80) else f"{host}:{self.port}"

    def url(self, path: str = "", query: Mapping[str, str] | None = None, *, websocket: bool = False) -> str:
        """The URL of a request to this server, its query encoded as JavaScript's ``encodeURIComponent`` does."""
        scheme = ("ws" if websocket else "http") + ("s" if self.secure else "")
        return f"{scheme}://{self.netloc}{encode_target(path, query or {})}"


def encode_target(path: str, query: Mapping[str, str]) -> str:
    """Path and query as they stand in a request.

    Of the path only what HTTP cannot carry is encoded, the query as JavaScript's ``encodeURIComponent`` does it.
    """
    path = _encode_path(path)
    pairs = "&".join([f"{_encode(key)}={_encode(value)}" for key, value in query.items()])
    return f"{path}?{pairs}" if pairs else path


@lru_cache(maxsize=16)
def _encode_path(path: str) -> str:
    return quote(path, safe="/%:@!$&'()*+,;=~|[]^?{}`\\", errors="replace")


@lru_cache(maxsize=64)  # all but the time stamp is in the URL of every poll
def _encode(text: str) -> str:
    return quote(text, safe="!'()*-._~", errors="replace")


def read_address(text: str, protocol: Protocol = Protocol.SOCKETIO) -> Address:
    """Read what was typed into the URL field. Raises :class:`AddressError`."""
    text = text.strip()
    if not text:
        raise _MissingError(_("Enter the server's URL, for example http://localhost:3000."))
    if text in ("undefined", "null"):
        raise _MissingError(
            _("The URL is the word “{word}”: the variable that should hold it was not set.").format(word=text)
        )
    scheme, separator, rest = text.partition("://")
    if not separator:
        raise _MissingError(
            _("The URL has no scheme. Write http://{text} or, for TLS, https://{text}.").format(text=text.lstrip("/"))
        )
    if scheme.lower() not in _SECURE:
        raise AddressError(_("“{scheme}://” cannot be connected to. Use http, https, ws or wss.").format(scheme=scheme))
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    if match := re.search(r"\s", authority):
        raise AddressError(
            _("There is a space in the host “{host}”. Remove it.").format(
                host=authority[: match.start()] + "␣" + authority[match.end() :]
            )
        )
    return _split(text, scheme.lower(), authority, protocol)


def read_origin(text: str) -> str:
    """An origin as a browser sends it: scheme, host, and the port where it is not the scheme's own; empty if none.

    Raises :exc:`AddressError`, whose message is a sentence.
    """
    text = text.strip()
    if not text:
        return ""
    if not text.lower().startswith(("http://", "https://")):
        raise AddressError(_("An origin begins with http:// or https://, such as https://app.example.com."))
    address = read_address(text, Protocol.WEBSOCKET)
    if address.target != "/":
        raise AddressError(_("An origin ends after the host and the port: it has no path."))
    return address.url()


def _split(text: str, scheme: str, authority: str, protocol: Protocol) -> Address:
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise AddressError(_("The host “{host}” is not valid: {error}.").format(host=authority, error=error)) from error
    if not parts.hostname:
        raise AddressError(_("The URL names no host. Write it after {scheme}://.").format(scheme=scheme))
    secure = _SECURE[scheme]
    host, port = _host(parts.hostname), _port(authority, secure)
    if protocol is Protocol.WEBSOCKET:
        if parts.fragment:
            raise AddressError(_("The URL has a part after #, which JavaScript refuses for a WebSocket. Remove it."))
        credentials = authority.rpartition("@")[0]
        return Address(secure, host, port, target=_target(parts.path, parts.query), credentials=credentials)
    namespace = parts.path if parts.path not in ("", "/") else "/"
    return Address(
        secure=secure,
        host=host,
        port=port,
        namespace=namespace,
        query=_query(parts.query),
        notes=tuple(_notes(namespace, parts.username is not None, bool(parts.fragment))),
    )


def _target(path: str, query: str) -> str:
    """Path and query as a browser requests them: dots resolved, encoded what must be, the rest left alone."""
    *folders, name = path.replace("\\", "/").split("/")[1:] or [""]
    resolved: list[str] = []
    for folder in [*folders, name] if name in (".", "..") else folders:
        if folder == "..":
            del resolved[-1:]
        elif folder != ".":
            resolved.append(folder)
    path = "/" + "/".join([*resolved, "" if name in (".", "..") else name])
    encoded = quote(path, safe="/%:@!$&'()*+,;=~|[]^", errors="replace")
    return encoded + ("?" + quote(query, safe="/%:@!$&()*+,;=~|[]^\\?{}`", errors="replace") if query else "")


def _query(text: str) -> dict[str, str]:
    """As engine.io-client reads it: a plus sign is a plus sign, and the last of several equal names counts."""
    pairs = (pair.partition("=") for pair in text.split("&")) if text else ()
    return {unquote(name): unquote(value) for name, _separator, value in pairs}


def _host(host: str) -> str:
    if host.isascii():
        if re.search(r"[^A-Za-z0-9.:_%-]", host):
            raise AddressError(_("The host “{host}” has a character that no host name has.").format(host=host))
        return host
    import idna  # few hosts need it

    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise AddressError(_("The host “{host}” is no valid name: {error}.").format(host=host, error=error)) from error


def _port(authority: str, secure: bool) -> int:
    match = re.search(r":([^:\]]*)$", authority.rpartition("@")[2])
    if match is None or not match[1]:
        return 443 if secure else 80
    if not re.fullmatch(r"[0-9]{1,9}", match[1], re.ASCII):
        raise AddressError(_("“{port}” is no port. A port is a number from 1 to 65535.").format(port=match[1]))
    if not 1 <= int(match[1]) <= 65535:
        raise AddressError(_("Port {port} does not exist. Ports go from 1 to 65535.").format(port=match[1]))
    return int(match[1])


def _notes(namespace: str, credentials: bool, fragment: bool) -> list[str]:
    notes = []
    if namespace != "/":
        notes.append(
            _(
                "The URL's path {path} is the Socket.IO namespace, not the HTTP path. "
                "If the server's path was meant, set the option “path”."
            ).format(path=namespace)
        )
    if credentials:
        notes.append(_("The user name and password in the URL are not sent: socket.io-client drops them."))
    if fragment:
        notes.append(_("The part after # is not sent to a server."))
    return notes
