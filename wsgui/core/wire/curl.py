"""An exchange as the command line that makes it again with curl, for a POSIX shell with ``$'…'`` (bash, zsh)."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

from wsgui.core.records import Kind, Record
from wsgui.core.wire.facts import header, headers, text
from wsgui.core.ws_frames import utf8

_SCHEMES = {"ws": "http", "wss": "https"}
_OWN = {"user-agent": "User-Agent", "accept": "Accept"}
"""Headers that curl writes by itself unless it is told not to."""
_FORM = "content-type"
"""And this one with a body."""
_LEFT_OUT = frozenset({"content-length", "transfer-encoding"})
"""Headers that curl must work out itself."""


def as_curl(record: Record) -> str:
    """The command. Secrets stand in it as they are; it is meant for the person who has them already.

    Of a WebSocket handshake it shows both heads and the frames that follow (``-i -N``), and it keeps to HTTP/1.1:
    HTTP/2 has no Upgrade.
    """
    url = _url(text(record, "url"))
    parts = ["curl", "--http1.1", "-i", "-N"] if record.kind is Kind.WS_OPEN else ["curl", "--http1.1", "-i"]
    if re.search(r"[\[\]{}]", url):
        parts.append("-g")
    if proxy := text(record, "proxy"):
        parts.append(f"-x {quote(proxy)}")
    body = text(record, "request_body")
    method = text(record, "method") or "GET"
    if method != ("POST" if body else "GET"):
        parts.append(f"-X {quote(method)}")
    lines = [" ".join(parts) + f" {quote(url)}"]
    lines += [f"-H {quote(line)}" for line in _header_lines(record, url, has_body=bool(body))]
    if header(headers(record, "request_headers"), "accept-encoding"):
        lines.append("--compressed")
    if body:
        lines.append(f"--data-raw {quote(body)}")
    return " \\\n  ".join(lines)


def quote(word: str) -> str:
    """A word for the shell. Control characters are written as escapes, so that it can be pasted into a terminal."""
    word = utf8(word).decode()
    if word.isprintable():
        return shlex.quote(word)
    escaped = word.replace("\\", "\\\\").replace("'", "\\'")
    return "$'" + "".join(map(_escaped, escaped)) + "'"


def _escaped(character: str) -> str:
    """What is not seen as the octal digits of its bytes: three of them, or a digit behind it would belong to them."""
    if character.isprintable():
        return character
    return "".join(f"\\{byte:03o}" for byte in character.encode())


def _header_lines(record: Record, url: str, *, has_body: bool) -> Iterator[str]:
    pairs = headers(record, "request_headers")
    try:
        host = urlsplit(url).netloc.rpartition("@")[2]
    except ValueError:
        host = ""
    for name, value in pairs:
        lower = name.lower()
        if lower in _LEFT_OUT or (lower == "host" and value == host):
            continue
        yield f"{name}: {value}" if value else f"{name};"  # with a colon and nothing else, curl leaves it out
    names = {name.lower() for name, _value in pairs}
    own = {**_OWN, _FORM: "Content-Type"} if has_body else _OWN
    yield from (f"{name}:" for lower, name in own.items() if lower not in names)


def _url(url: str) -> str:
    try:
        parts = urlsplit(url)
        return urlunsplit(parts._replace(scheme=_SCHEMES.get(parts.scheme, parts.scheme)))
    except ValueError:
        return url
