"""What each type of option accepts: one function per :class:`OptionType`.

A function takes a value as a form, a file or a snippet gave it, brings it to its one normal shape, or refuses it with
a sentence that says what is wrong and what is allowed.
"""

from __future__ import annotations

import ipaddress
import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from wsgui.core.i18n import N_, _
from wsgui.core.option_values import OptionError, OptionValue, literal, same_value
from wsgui.core.proxy import ProxyAddressError, read_proxy

if TYPE_CHECKING:
    from wsgui.core.option_types import Option

TRANSPORT_NAMES = ("polling", "websocket", "webtransport")
MSGPACK_MODULE = "socket.io-msgpack-parser"

_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_MAX_EXACT_INTEGER = 2**53


class OptionType(StrEnum):
    """What kind of value an option takes, and so which editor it gets."""

    BOOLEAN = "boolean"
    NUMBER = "number"
    TEXT = "text"
    PATH = "path"
    IP_ADDRESS = "ip address"
    PROXY = "proxy"
    """The URL of a proxy."""
    CHOICE = "choice"
    TRANSPORTS = "transports"
    """A list of transport names; the order counts."""
    TOKENS = "tokens"
    """A list of names, as in ``Sec-WebSocket-Protocol``."""
    QUERY = "query"
    HEADERS = "headers"
    OBJECT = "object"
    OBJECT_OR_BOOLEAN = "object or boolean"
    TRANSPORT_OPTIONS = "transport options"
    FILE = "file"
    """A path, or the PEM text itself."""
    FILES = "files"
    """One :attr:`FILE`, or a list of them."""
    OPAQUE = "opaque"
    """Carried, never looked at: what it is in JavaScript (a function, a class) has no counterpart here."""


def _boolean(option: Option, value: OptionValue) -> OptionValue:
    if not isinstance(value, bool):
        raise option.refuse(N_("{option} must be true or false, not {value}."), value)
    return value


def _number(option: Option, value: OptionValue) -> OptionValue:
    if value is False and option.allows_false:
        return False
    if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value):
        raise option.refuse(N_("{option} must be {range}, not {value}."), value, range=allowed_numbers(option))
    if value == math.inf and option.allows_infinity:
        return math.inf
    fits = (option.minimum is None or value >= option.minimum) and (option.maximum is None or value <= option.maximum)
    if not fits or math.isinf(value) or (option.whole and value != int(value)):
        raise option.refuse(N_("{option} must be {range}, not {value}."), value, range=allowed_numbers(option))
    return int(value) if value == int(value) else value


def allowed_numbers(option: Option) -> str:
    """What a number option may be, in words: ``a whole number from 0 to 5 ms, or Infinity``."""
    words = _("a whole number") if option.whole else _("a number")
    if option.minimum is not None and option.maximum is not None:
        words += _(" from {minimum:g} to {maximum:.0f}").format(minimum=option.minimum, maximum=option.maximum)
    elif option.minimum is not None:
        words += _(" from {minimum:g} up").format(minimum=option.minimum)
    if option.unit:
        words += f" {option.unit}"
    if option.allows_infinity:
        words += _(", or Infinity")
    if option.allows_false:
        words += _(", or false")
    return words


def _text(option: Option, value: OptionValue) -> str:
    if not isinstance(value, str):
        raise option.refuse(N_("{option} must be a text in quotes, not {value}."), value)
    if control := next((character for character in value if ord(character) < 32 or ord(character) == 127), None):
        raise option.refuse(N_("{option} must not contain the control character {value}."), control)
    return value


def _path(option: Option, value: OptionValue) -> OptionValue:
    path = _text(option, value)
    if not path.startswith("/"):
        raise option.refuse(N_('{option} must begin with "/", as in "/socket.io"; {value} does not.'), value)
    if mark := next((mark for mark in "?#" if mark in path), None):
        raise option.refuse(N_('{option} must not contain "{mark}": parameters belong in query.'), value, mark=mark)
    # The client drops one slash and adds its own (addTrailingSlash), so with or without is the same path.
    return path.removesuffix("/") or "/"


def _ip_address(option: Option, value: OptionValue) -> OptionValue:
    try:
        return str(ipaddress.ip_address(_text(option, value)))
    except ValueError as error:
        if isinstance(error, OptionError):
            raise
        raise option.refuse(N_("{option} must be an IP address such as 192.0.2.7, not {value}."), value) from None


def _proxy(option: Option, value: OptionValue) -> OptionValue:
    try:
        read_proxy(text := _text(option, value).strip())
    except ProxyAddressError as error:
        raise OptionError(option.name, str(error)) from None
    return text


def _choice(option: Option, value: OptionValue) -> OptionValue:
    if option.name == "parser" and value == MSGPACK_MODULE:
        return "msgpack"
    for choice in option.choices:
        if same_value(choice, value):
            return choice
    raise option.refuse(
        N_("{option} must be one of {choices}, not {value}."), value, choices=", ".join(map(literal, option.choices))
    )


def _transports(option: Option, value: OptionValue) -> OptionValue:
    if not isinstance(value, list | tuple):
        raise option.refuse(N_('{option} must be a list such as ["polling", "websocket"], not {value}.'), value)
    if not value:
        raise option.refuse(N_('{option} is empty; JavaScript says "No transports available". Name at least one.'))
    for name in value:
        if name not in TRANSPORT_NAMES:
            raise option.refuse(N_("{option} knows polling, websocket and webtransport, not {value}."), name)
        if value.count(name) > 1:
            raise option.refuse(N_("{option} names {value} twice."), name)
    return list(value)


def _tokens(option: Option, value: OptionValue) -> OptionValue:
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list | tuple):
        raise option.refuse(N_("{option} must be a name or a list of names, not {value}."), value)
    for name in names:
        if not isinstance(name, str) or not _TOKEN.fullmatch(name):
            raise option.refuse(N_("{option}: {value} is no valid name (no spaces, commas, quotes or slashes)."), name)
        if names.count(name) > 1:
            raise option.refuse(N_("{option} names {value} twice, which JavaScript refuses."), name)
    return list(names)


def _query(option: Option, value: OptionValue) -> OptionValue:
    if isinstance(value, str):  # the client takes "a=1&b=2" as well
        return dict(parse_qsl(value.removeprefix("?"), keep_blank_values=True))
    return _texts_by_name(option, value)


def _headers(option: Option, value: OptionValue) -> OptionValue:
    headers = _texts_by_name(option, value)
    for name, text in headers.items():
        if not _TOKEN.fullmatch(name):
            raise option.refuse(N_("{option}: {value} is no valid header name."), name)
        if any((ord(character) < 32 and character != "\t") or ord(character) == 127 for character in text):
            raise option.refuse(N_("{option}: {name} must not contain line breaks or control characters."), name=name)
        if any(ord(character) > 255 for character in text):
            raise option.refuse(
                N_("{option}: {name} contains a character that a header cannot carry (beyond Latin-1)."), name=name
            )
    return headers


def _texts_by_name(option: Option, value: OptionValue) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise option.refuse(
            N_('{option} must be an object of texts such as {{ "name": "value" }}, not {value}.'), value
        )
    texts: dict[str, str] = {}
    for name, entry in value.items():
        if isinstance(entry, str):
            texts[name] = entry
        elif isinstance(entry, bool | int | float):  # JavaScript makes texts of these by itself
            texts[name] = literal(_plain_json(option, entry))
        else:
            raise option.refuse(N_("{option}: the value of {name} must be a text, not {value}."), entry, name=name)
    return texts


def _object(option: Option, value: OptionValue) -> OptionValue:
    if not isinstance(value, Mapping):
        raise option.refuse(N_('{option} must be an object such as {{ "token": "abc" }}, not {value}.'), value)
    return _plain_json(option, value)


def _object_or_boolean(option: Option, value: OptionValue) -> OptionValue:
    if isinstance(value, bool):
        return value
    if not isinstance(value, Mapping):
        raise option.refuse(
            N_('{option} must be an object such as {{ "threshold": 1024 }}, or false, not {value}.'), value
        )
    return _plain_json(option, value)


def _transport_options(option: Option, value: OptionValue) -> OptionValue:
    if not isinstance(value, Mapping):
        raise option.refuse(N_('{option} must be an object such as {{ "polling": {{ … }} }}, not {value}.'), value)
    checked: dict[str, OptionValue] = {}
    for name, entries in value.items():
        if name not in TRANSPORT_NAMES:
            raise option.refuse(N_("{option} has keys polling, websocket and webtransport, not {value}."), name)
        if not isinstance(entries, Mapping):
            raise option.refuse(N_("{option}: {name} must be an object of options, not {value}."), entries, name=name)
        given = {key: entry for key, entry in entries.items() if entry is not None}
        checked[name] = {key: _nested(option, f"{name}.{key}", key, entry) for key, entry in given.items()}
    return checked


def _nested(option: Option, place: str, key: str, value: OptionValue) -> OptionValue:
    """The value of an option within another; the sentence says where it stands, the error belongs to the outer one."""
    check = {"extraHeaders": _headers, "query": _query}.get(key, _plain_json)
    try:
        return check(replace(option, name=f"{option.name}.{place}"), value)
    except OptionError as error:
        raise OptionError(option.name, error.sentence) from None


def _file(option: Option, value: OptionValue) -> OptionValue:
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise option.refuse(N_("{option} must be the path of a file, or PEM text, not {value}."), value)
    return value.strip() + "\n" if is_pem(value) else value


def is_pem(value: str) -> bool:
    """Whether ``value`` is the text of a certificate or key itself, and not the path of a file."""
    return "-----BEGIN " in value


def _files(option: Option, value: OptionValue) -> OptionValue:
    if isinstance(value, list | tuple):
        return [_file(option, entry) for entry in value] or None
    return _file(option, value)


def _plain_json(option: Option, value: OptionValue) -> OptionValue:
    """``value`` as ``JSON.stringify`` would see it: whole floats are integers, and there is no ``Infinity``."""
    if isinstance(value, Mapping):
        return {key: _plain_json(option, entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain_json(option, entry) for entry in value]
    if isinstance(value, float):
        if not math.isfinite(value):
            raise option.refuse(N_("{option} is sent as JSON, which has no {value}."), value)
        return int(value) if value.is_integer() and abs(value) < _MAX_EXACT_INTEGER else value
    return value


def _opaque(_option: Option, value: OptionValue) -> OptionValue:
    return value


CHECKS: dict[OptionType, Callable[[Option, OptionValue], OptionValue]] = {
    OptionType.BOOLEAN: _boolean,
    OptionType.NUMBER: _number,
    OptionType.TEXT: _text,
    OptionType.PATH: _path,
    OptionType.IP_ADDRESS: _ip_address,
    OptionType.PROXY: _proxy,
    OptionType.CHOICE: _choice,
    OptionType.TRANSPORTS: _transports,
    OptionType.TOKENS: _tokens,
    OptionType.QUERY: _query,
    OptionType.HEADERS: _headers,
    OptionType.OBJECT: _object,
    OptionType.OBJECT_OR_BOOLEAN: _object_or_boolean,
    OptionType.TRANSPORT_OPTIONS: _transport_options,
    OptionType.FILE: _file,
    OptionType.FILES: _files,
    OptionType.OPAQUE: _opaque,
}


def _parse_number(option: Option, text: str) -> OptionValue:
    words: dict[str, OptionValue] = {"infinity": math.inf, "∞": math.inf, "false": False}
    if text.lower() in words:
        return words[text.lower()]
    try:
        return float(text) if re.search("[.eE]", text) else int(text)
    except ValueError:
        raise option.refuse(N_("{option} must be {range}, not {value}."), text, range=allowed_numbers(option)) from None


def _parse_json(option: Option, text: str) -> OptionValue:
    try:
        value: OptionValue = json.loads(text)
    except json.JSONDecodeError as error:
        raise option.refuse(
            N_("{option}: JSON broken at line {line}, column {column}: {reason}."),
            line=error.lineno,
            column=error.colno,
            reason=error.msg,
        ) from None
    return value


PARSERS: dict[OptionType, Callable[[Option, str], OptionValue]] = {
    OptionType.NUMBER: _parse_number,
    OptionType.OBJECT: _parse_json,
    OptionType.OBJECT_OR_BOOLEAN: _parse_json,
    OptionType.TRANSPORT_OPTIONS: _parse_json,
    OptionType.OPAQUE: _parse_json,
}
