"""``.env`` files: the variables that hold the URL of a Socket.IO or WebSocket server, as ``dotenv`` reads them.

Programs read these files in different ways (a shell, Docker, Next.js), so what only some of them understand is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from wsgui.core.i18n import N_, _
from wsgui.core.protocol import Protocol
from wsgui.imports.draft import Draft
from wsgui.imports.imported import Imported, NotImportedError
from wsgui.imports.source import Source

TITLE = N_(".env file")

_NAME = re.compile(r"\.env(\.|$)|\.env$", re.IGNORECASE)
_LINE = re.compile(r"[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)([ \t]*)=([ \t]*)")
_QUOTED = re.compile(r"""(["'`])((?:\\.|(?!\1)[^\\])*+)\1[ \t]*(\#[^\n]*)?$""", re.DOTALL | re.MULTILINE)
_ADDRESS = re.compile(
    r"(?:^|_)(?:SOCKETS?(?:_?IO)?|WEB_?SOCKETS?|WSS?|REALTIME)"
    r"(?:_(?:SERVER|API|BASE|BACKEND|HOST|GATEWAY|SERVICE))*_(?:URL|URI|ENDPOINT|ORIGIN|HOST|SERVER|ADDRESS)$"
)
_PATH = re.compile(r"(?:^|_)(?:SOCKETS?(?:_?IO)?|WEB_?SOCKETS?|WSS?|REALTIME)_PATH$")
_REFERENCE = re.compile(r"\$\{(\w+)(?::?-([^}]*))?\}|\$(\w+)")
_LOCAL = re.compile(r"(?:localhost|127\.\d+\.\d+\.\d+|\[::1\]|0\.0\.0\.0|[\w-]+\.localhost)(?::\d+)?$", re.IGNORECASE)
_LONGEST = 10_000
"""Characters of a value."""


class Variable(NamedTuple):
    """One assignment."""

    name: str
    value: str
    line: int
    quote: str
    spaces: bool
    """Whether there are blanks at the equals sign or at the end."""


def recognises(source: Source) -> bool:
    """By its name, or because every line of it is an assignment, a comment or empty."""
    if _NAME.search(source.name):
        return True
    lines = [line for line in source.text.splitlines()[:200] if line.strip() and not line.lstrip().startswith("#")]
    return bool(lines) and all(_LINE.match(line) for line in lines) and any(_address_in(line) for line in lines)


def read(source: Source) -> Sequence[Imported]:
    """A connection for each variable that holds an address."""
    variables = list(_variables(source))
    values = {variable.name: variable.value for variable in variables}
    last = {variable.name: variable for variable in variables}
    wanted = [variable for name, variable in last.items() if _ADDRESS.search(name.upper())]
    if not wanted:
        sentence = _("{name} has no variable such as NEXT_PUBLIC_SOCKETIO_URL, …_SOCKET_URL or …_WS_URL.")
        raise NotImportedError(sentence.format(name=source.name))
    paths = [variable for name, variable in last.items() if _PATH.search(name.upper())]
    given = [variable.name for variable in variables]
    found = []
    for variable in wanted:
        draft = Draft(source, variable.name)
        draft.twice([variable.name] if given.count(variable.name) > 1 else [])
        _take(draft, source, variable, values)
        if len(paths) == 1 and draft.protocol is not Protocol.WEBSOCKET:
            draft.option("path", paths[0].value)
            draft.changed(_("path is the value of {name}.").format(name=paths[0].name))
        found.append(draft.finish())
    return found


def _address_in(line: str) -> bool:
    match = _LINE.match(line)
    return match is not None and _ADDRESS.search(match[1].upper()) is not None


def _variables(source: Source) -> Iterator[Variable]:
    """The assignments; a quoted value may go over several lines."""
    text = source.text.replace("\r\n", "\n").replace("\r", "\n")
    place = line = 0
    while place < len(text):
        line += 1
        end = text.find("\n", place)
        end = len(text) if end < 0 else end
        if match := _LINE.match(text, place, end):
            start = match.end()
            spaces = bool(match[2] or match[3])
            if quoted := _QUOTED.match(text, start) if text[start : start + 1] in ("'", '"', "`") else None:
                body = quoted[2]
                value = body.replace("\\n", "\n").replace('\\"', '"') if quoted[1] == '"' else body
                yield Variable(match[1], value[:_LONGEST], line, quoted[1], spaces)
                line += quoted[0].count("\n")
                place = quoted.end() + 1
                continue
            raw = re.split(r"\s#", text[start:end], maxsplit=1)[0]
            yield Variable(match[1], raw.strip()[:_LONGEST], line, "", spaces or raw != raw.rstrip())
        place = end + 1


def _take(draft: Draft, source: Source, variable: Variable, values: dict[str, str]) -> None:
    value = _expanded(draft, variable, values)
    where = _("{file}, line {line}").format(file=source.name, line=variable.line)
    if variable.quote:
        draft.warn(
            _(
                "{where}: the value is in quotes. dotenv and Next.js take them off; docker run --env-file does not, "
                "and the URL then begins with a quote."
            ).format(where=where)
        )
    if variable.spaces or value != value.strip():
        draft.warn(
            _("{where}: there are spaces around the value. A shell and Docker stumble over them.").format(where=where)
        )
    url = value.strip()
    if not variable.quote and url[:1] in ("'", '"', "`"):
        draft.warn(_("{where}: a quote is opened and not closed.").format(where=where))
        url = url.strip("'\"`")
    if not url or url in ("undefined", "null"):
        draft.left(variable.name, _("It has no value in line {line}.").format(line=variable.line))
        return
    draft.where = where
    draft.protocol = _protocol(draft, variable.name, url)
    draft.url = _with_scheme(draft, where, url)
    _look_at(draft, source, where)


def _expanded(draft: Draft, variable: Variable, values: dict[str, str]) -> str:
    """The value with the other variables of the file in it, as Next.js does it; not within single quotes."""
    if variable.quote == "'" or "$" not in variable.value:
        return variable.value
    unknown: list[str] = []

    def replace(match: re.Match[str]) -> str:
        name = match[1] or match[3]
        if name in values and name != variable.name:
            return values[name]
        if match[2] is None:
            unknown.append(name)
        return match[2] or ""

    value = _REFERENCE.sub(replace, variable.value)[:_LONGEST]
    for name in unknown:
        draft.left(f"${name}", _("The file gives it no value."))
    if value != variable.value:
        draft.changed(_("The variables of the file that {name} names were filled in.").format(name=variable.name))
    return value


def _protocol(draft: Draft, name: str, url: str) -> Protocol:
    """Socket.IO unless both the name and the scheme speak of WebSocket alone."""
    if re.search(r"SOCKET_?IO", name.upper()) or not url.lower().startswith(("ws://", "wss://")):
        return Protocol.SOCKETIO
    if re.search(r"(?:^|_)(?:WSS?|WEB_?SOCKETS?)_", name.upper()):
        return Protocol.WEBSOCKET
    draft.warn(_("The file does not say whether this is Socket.IO or a plain WebSocket; choose the other if it fails."))
    return Protocol.SOCKETIO


def _with_scheme(draft: Draft, where: str, url: str) -> str:
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", url):
        return url
    rest = url.lstrip("/")
    secure = not _LOCAL.match(rest.split("/")[0])
    scheme = ("ws" if draft.protocol is Protocol.WEBSOCKET else "http") + ("s" if secure else "")
    draft.changed(
        _("{where}: the URL has no scheme; {scheme}:// was added. io() would take that of the page.").format(
            where=where, scheme=scheme
        )
    )
    return f"{scheme}://{rest}"


def _look_at(draft: Draft, source: Source, where: str) -> None:
    try:
        parts = urlsplit(draft.url)
        host = parts.netloc.rpartition("@")[2]
    except ValueError:
        return  # what is wrong with the URL is told when it is read
    is_production = re.search(r"prod", source.name, re.IGNORECASE) is not None
    if is_production and _LOCAL.match(host):
        draft.warn(
            _("{where}: this is the file for production, and {host} is every visitor’s own computer.").format(
                where=where, host=host
            )
        )
    elif is_production and parts.scheme in ("http", "ws"):
        draft.warn(
            _("{where}: no TLS in production. A page that came by https may not connect to {scheme}://.").format(
                where=where, scheme=parts.scheme
            )
        )
    if draft.protocol is Protocol.WEBSOCKET:
        return
    if parts.path.rstrip("/") == "/socket.io":
        draft.option("path", "/socket.io")
        draft.url = draft.url.replace(parts.path, "", 1)
        draft.changed(
            _("{where}: /socket.io is the HTTP path, which is asked for anyway; it was taken off the URL.").format(
                where=where
            )
        )
