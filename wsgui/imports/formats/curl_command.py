"""A ``curl`` command, as people share it and as the developer tools of browsers copy a request.

The options that say where and how to connect are taken; what curl would have read, sent or written is told.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterator, Sequence
from types import MappingProxyType
from typing import Final

from wsgui.core.i18n import N_, _
from wsgui.core.protocol import Protocol
from wsgui.imports.careful_json import mapping
from wsgui.imports.draft import Draft
from wsgui.imports.imported import Imported, NotImportedError
from wsgui.imports.request import take_header, take_url
from wsgui.imports.shell_words import split
from wsgui.imports.source import Source

TITLE = N_("curl command")

_COMMAND = re.compile(r"\s*(?:[$>%]\s+)?curl(?:\.exe)?(?=\s)", re.IGNORECASE)
_LARGEST = 1_000_000
"""Characters."""

_LONG: Final = MappingProxyType(
    {"H": "header", "b": "cookie", "u": "user", "A": "user-agent", "e": "referer", "k": "insecure", "x": "proxy"}
    | {"E": "cert", "X": "request", "d": "data", "F": "form", "o": "output", "K": "config", "T": "upload-file"}
    | {"m": "max-time", "c": "cookie-jar", "D": "dump-header", "w": "write-out", "U": "proxy-user", "r": "range"}
    | {"G": "get", "I": "head", "L": "location", "s": "silent", "S": "show-error", "v": "verbose", "i": "include"}
    | {"N": "no-buffer", "g": "globoff", "f": "fail", "O": "remote-name", "n": "netrc", "t": "telnet-option"}
)  # fmt: skip
"""The short options, as the long ones that they stand for."""
_TAKING = (
    "header cookie user user-agent referer proxy cert key cacert pass request data data-raw data-binary data-ascii "
    "data-urlencode json form output config upload-file max-time connect-timeout cookie-jar dump-header write-out "
    "proxy-user range url ciphers capath interface resolve connect-to retry cert-type key-type oauth2-bearer "
    "proxy-header noproxy unix-socket form-string limit-rate max-redirs retry-delay preproxy socks5 socks5-hostname "
    "tls-max dns-servers telnet-option pinnedpubkey aws-sigv4 trace trace-ascii stderr"
)
_WITH_WORD: Final = frozenset(_TAKING.split())
"""The options that a word belongs to."""
_SHOWING = (
    "silent show-error verbose include no-buffer globoff fail compressed location http1.1 http2 http1.0 "
    "no-progress-meter progress-bar get path-as-is"
)
_WITHOUT_EFFECT: Final = frozenset(_SHOWING.split())
"""What says how curl shows or fetches, and nothing of the connection."""
_DATA: Final = ("data", "data-raw", "data-binary", "data-ascii", "json")
_CONNECT: Final = re.compile(r"(?:\d+:)?40(/[^,]*,)?(\{.*\})?")


def recognises(source: Source) -> bool:
    """By its first word."""
    return _COMMAND.match(source.text) is not None


def read(source: Source) -> Sequence[Imported]:
    """The one connection of the command."""
    if len(source.text) > _LARGEST:
        raise NotImportedError(_("{name} is too long for a command.").format(name=source.name))
    match = _COMMAND.match(source.text)
    assert match is not None
    words, live = split(source.text[match.end() :], source.name)
    given = list(_options(words))
    urls = [word for name, word in given if name == "url"]
    if not urls:
        raise NotImportedError(_("{name}: there is no URL in the curl command.").format(name=source.name))
    draft = Draft(source, urls[0])
    if _wants_websocket(urls[0], given):
        draft.protocol = Protocol.WEBSOCKET
    if "EIO=" in urls[0]:
        draft.protocol = Protocol.SOCKETIO
    take_url(draft, _with_scheme(draft, urls[0]))
    if draft.protocol is Protocol.WEBSOCKET and draft.url.lower().startswith("http"):
        draft.url = "ws" + draft.url[4:]
        draft.changed(_("The scheme is ws or wss now, as new WebSocket() has it."))
    for name, word in given:
        _take(draft, name, word)
    for word in urls[1:]:
        draft.left(word, _("Only the first URL of the command is taken."))
    for word in live:
        draft.warn(_("A shell would have filled something in here: {word}").format(word=word))
    return [draft.finish()]


def _options(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Long names with their words; a URL is a word of ``url``."""
    waiting = list(reversed(words))
    while waiting:
        word = waiting.pop()
        if not word.startswith("-") or word == "-":
            yield "url", word
        elif word.startswith("--"):
            name, separator, value = word[2:].partition("=")
            if name in _WITH_WORD:
                yield name, value if separator else waiting.pop() if waiting else ""
            else:
                yield name, ""
        else:
            for place in range(1, len(word)):
                name = _LONG.get(word[place], f"-{word[place]}")
                if name in _WITH_WORD:
                    yield name, word[place + 1 :] or (waiting.pop() if waiting else "")
                    break
                yield name, ""


def _wants_websocket(url: str, given: Sequence[tuple[str, str]]) -> bool:
    upgrades = (name == "header" and re.match(r"upgrade\s*:\s*websocket", word, re.IGNORECASE) for name, word in given)
    return url.lower().startswith(("ws://", "wss://")) or any(upgrades)


def _with_scheme(draft: Draft, url: str) -> str:
    if "://" in url:
        return url
    draft.changed(_("The URL has no scheme; http:// was added, as curl does."))
    return f"http://{url}"


def _take(draft: Draft, name: str, word: str) -> None:
    if name in _WITHOUT_EFFECT or name == "url":
        return
    if name in _TAKEN:
        _TAKEN[name](draft, word)
    elif name in _DATA:
        _take_data(draft, word)
    else:
        draft.left(
            name if name.startswith("-") else f"--{name}", _("It says nothing of the connection, or is not known here.")
        )


def _header(draft: Draft, word: str) -> None:
    if word.startswith("@"):
        draft.left(f"-H {word}", _("No file is read."))
        return
    name, separator, value = word.partition(":")
    if separator and value.strip():
        take_header(draft, name, value.strip())
    elif word.endswith(";"):
        take_header(draft, word[:-1], "")


def _cookie(draft: Draft, word: str) -> None:
    if "=" in word:
        draft.header("Cookie", word)
    else:
        draft.left(f"-b {word}", _("No file is read."))


def _user(draft: Draft, word: str) -> None:
    draft.header("Authorization", f"Basic {base64.b64encode(word.encode()).decode()}")
    draft.changed(_("The user and the password are now the header Authorization."))


def _cert(draft: Draft, word: str) -> None:
    path, _separator, passphrase = word.partition(":")
    draft.option("cert", path)
    if passphrase:
        draft.option("passphrase", passphrase)


def _proxy(draft: Draft, word: str) -> None:
    draft.option("proxy", word if "://" in word else f"http://{word}")


def _timeout(draft: Draft, word: str) -> None:
    if re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,3})?", word):
        draft.option("timeout", round(float(word) * 1000))


def _take_data(draft: Draft, word: str) -> None:
    """Of a polling request, the packet that joins a namespace is taken; all else was sent once, and is told."""
    if match := _CONNECT.fullmatch(word.split("\x1e")[0]):
        namespace = (match[1] or "").rstrip(",").partition("?")[0]
        try:
            auth = mapping(json.loads(match[2])) if match[2] else {}
        except (ValueError, RecursionError):
            auth = {}
        if namespace:
            draft.namespaces[namespace] = auth or None
        elif auth:
            draft.options({"auth": json.loads(match[2])})
        draft.changed(_("The packet that joins a namespace is now a namespace or auth."))
    elif word.startswith("@"):
        draft.left(f"-d {word}", _("No file is read."))
    else:
        draft.left(f"-d {word}", _("It is sent once, and belongs to no connection."))


_TAKEN: Final[MappingProxyType[str, Callable[[Draft, str], None]]] = MappingProxyType(
    {
        "header": _header,
        "cookie": _cookie,
        "user": _user,
        "user-agent": lambda draft, word: draft.header("User-Agent", word),
        "referer": lambda draft, word: draft.header("Referer", word),
        "oauth2-bearer": lambda draft, word: draft.header("Authorization", f"Bearer {word}"),
        "insecure": lambda draft, _word: draft.option("rejectUnauthorized", False),
        "cacert": lambda draft, word: draft.option("ca", word),
        "cert": _cert,
        "key": lambda draft, word: draft.option("key", word),
        "pass": lambda draft, word: draft.option("passphrase", word),
        "ciphers": lambda draft, word: draft.option("ciphers", word),
        "proxy": _proxy,
        "connect-timeout": _timeout,
        "request": lambda _draft, _word: None,
    }
)
"""What says how to connect -> what takes it."""
