"""What must not leave the house: credentials in headers, cookies, queries, ``auth``, payloads and the user's options.

A secret becomes ``•••`` where it stood; names stay, because it is they that say what was sent. What was taken out is
counted by name, for the person to see.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from wsgui.core.findings import Evidence, Finding, Report
from wsgui.core.option_values import OptionValue, OptionValues
from wsgui.core.options import OPTION
from wsgui.core.proxy import ProxyAddressError, read_proxy
from wsgui.core.records import Direction, Kind, Record

MARK = "•••"
SHORTEST = 4
"""Characters: a shorter word would be found where it is none of the user's."""

_WORD = r"(?:token(?!s)|secret|passw(?:or)?d|passphrase|api[_-]?key|apikey|signature)"
_CREDENTIALS = r"(?:proxy-)?authorization|x-api-key|x-auth-token|x-access-token|x-csrf-token|api-key"
_HEADERS = re.compile(rf"^({_CREDENTIALS})(\s*:\s*)(.+)$", re.IGNORECASE | re.MULTILINE)
_COOKIES = re.compile(r"^((?:set-)?cookie)(\s*:\s*)(.+)$", re.IGNORECASE | re.MULTILINE)
_COOKIE_PAIR = re.compile(r"([^=;\s]+)=([^;]*)")
_ATTRIBUTES = frozenset({"path", "domain", "expires", "max-age", "samesite", "priority"})
_QUERY = re.compile(
    rf"([?&])([\w.-]*{_WORD}[\w.-]*|auth|key|jwt|sig|code|access)=([^&\s#\"'<>\\]+)",
    re.IGNORECASE,
)
_FIELD = re.compile(
    rf"(\\*)\"([\w.-]*{_WORD}[\w.-]*|authorization|jwt)\1\"(\s*:\s*)"
    r"(?:\1\"(?:[^\"\\]|\\.)*?\1\"|-?\d[\d.eE+-]*)",
    re.IGNORECASE,
)
"""A member of a JSON object, which may itself stand in a JSON text."""
_USER_INFO = re.compile(r"(\w+://)[^/\s@:\"']+(?::[^/\s@\"']*)?@")
_SHOWN_CONNECT = re.compile(r"^(→ 40(?:/[^,{]*,)?)\{.*$", re.MULTILINE)
"""As the evidence of a finding quotes it."""
_SENT_CONNECT = re.compile(r"(?:^|(?<=\x1e))(4?0(?:/[^,{\x1e]*,)?)\{[^\x1e]*")
"""As it is on the wire, and as a record has it."""
_NAMES_A_SECRET = re.compile(r"token|secret|passw|api.?key|^auth|^key$|jwt|signature", re.IGNORECASE)
_SECRET_HEADERS = re.compile(rf"{_CREDENTIALS}|cookie", re.IGNORECASE)
_HINT = re.compile(rf"{_WORD}|auth|cookie|key|jwt|sig=|code=|access=|@", re.IGNORECASE)
"""Without it nothing else is found either; most records have nothing of the kind."""


def secrets_of(values: OptionValues) -> dict[str, str]:
    """The secrets among the user's options, the longest first, and where each stands."""
    found: dict[str, str] = {}
    for name, value in values.items():
        if name == "query" and isinstance(value, Mapping):
            for key, each in value.items():
                if names_a_secret(key):
                    found |= dict.fromkeys(_texts(each), f"query.{key}")
        elif name == "proxy" and isinstance(value, str):
            try:
                found[read_proxy(value).password] = name
            except ProxyAddressError:
                found[value] = name
        elif name in OPTION and OPTION[name].secret:
            found |= dict.fromkeys(_texts(value), name)
    kept = [text for text in found if len(text) >= SHORTEST]
    return {text: found[text] for text in sorted(kept, key=lambda text: (-len(text), text))}


def names_a_secret(name: str) -> bool:
    """Whether a header or a query parameter of this name holds a credential."""
    return bool(_NAMES_A_SECRET.search(name) or _SECRET_HEADERS.fullmatch(name))


class Redaction:
    """Takes out what is known to be a secret, and what looks like one.

    ``secrets``: texts, and what to call them. ``taken`` counts what was taken out, by name.
    """

    def __init__(self, secrets: Mapping[str, str] | None = None) -> None:
        self._secrets = dict(secrets or {})
        self.taken: Counter[str] = Counter()

    @property
    def summary(self) -> str:
        """What was taken out, for people: the names, the most frequent first. Empty if it was nothing."""
        return ", ".join(f"{name} ×{times}" if times > 1 else name for name, times in self.taken.most_common())

    def text(self, text: str) -> str:
        """``text`` without secrets."""
        for secret, name in self._secrets.items():
            if secret in text:
                self.taken[name] += text.count(secret)
                text = text.replace(secret, MARK)
        if not _HINT.search(text) and not text.startswith("→ 40"):
            return text
        text = _HEADERS.sub(lambda found: f"{found[1]}{found[2]}{self._take(found[1], found[3])}", text)
        text = _COOKIES.sub(self._cookies, text)
        text = _QUERY.sub(lambda found: f"{found[1]}{found[2]}={self._take(found[2], found[3])}", text)
        text = _FIELD.sub(self._field, text)
        text = _SHOWN_CONNECT.sub(lambda found: f"{found[1]}{{{self._take('auth')}}}", text)
        return _USER_INFO.sub(lambda found: f"{found[1]}{self._take('user:password@')}@", text)

    def record(self, record: Record) -> Record:
        """The record without secrets. Where something was taken out, the bytes of the frames are left out, too."""
        facts = {name: self._fact(name, value) for name, value in record.facts.items()} if record.facts else None
        data = record.data
        if isinstance(data, str):
            if record.direction is Direction.OUT and record.kind is Kind.ENGINE:
                data = self._sent(data)
            data = self.text(data)
        elif data is not None:
            data = self._bytes(data)
        if data == record.data and facts == record.facts:
            raw = None if record.raw is None else self._bytes(record.raw)
            return record if raw == record.raw else record._replace(raw=raw)
        return record._replace(data=data, facts=facts, raw=None)

    def report(self, report: Report) -> Report:
        """The report without secrets."""
        return replace(
            report,
            url=self.text(report.url),
            findings=tuple(map(self._finding, report.findings)),
            browser=replace(report.browser, reason=self.text(report.browser.reason)),
            transports=tuple(replace(row, failure=self.text(row.failure)) for row in report.transports),
        )

    def _finding(self, finding: Finding) -> Finding:
        return replace(
            finding,
            summary=self.text(finding.summary),
            fix=self.text(finding.fix),
            evidence=tuple(
                Evidence(self.text(each.label), self.text(each.text), each.seq) for each in finding.evidence
            ),
        )

    def _fact(self, name: str, value: object) -> object:
        if isinstance(value, str):
            return self.text(self._sent(value) if name == "request_body" else value)
        if isinstance(value, bytes):
            return self._bytes(value)
        if isinstance(value, Mapping):
            return {key: self._fact(str(key), each) for key, each in value.items()}
        if isinstance(value, list | tuple):
            if name.endswith("headers"):
                return [self._header(pair) for pair in value]
            return [self._fact("", each) for each in value]
        return value

    def _header(self, pair: object) -> object:
        match pair:
            case [str() as name, str() as value]:
                start = f"{name}: "
                return [name, self.text(start + value).removeprefix(start)]
        return self._fact("", pair)

    def _sent(self, text: str) -> str:
        """Without what is asked of the server when a namespace is joined."""
        return _SENT_CONNECT.sub(lambda found: f'{found[1]}{{"{self._take("auth")}":"{MARK}"}}', text)

    def _bytes(self, data: bytes) -> bytes:
        """As many bytes as before: lengths stand before them, in frames as in MessagePack."""
        for secret, name in self._secrets.items():
            plain = secret.encode("utf-8", "surrogatepass")
            if plain in data:
                self.taken[name] += data.count(plain)
                data = data.replace(plain, b"*" * len(plain))
        return data

    def _take(self, name: str, value: str = "") -> str:
        if value != MARK:
            self.taken[name] += 1
        return MARK

    def _cookies(self, found: re.Match[str]) -> str:
        def pair(each: re.Match[str]) -> str:
            name, value = each.groups()
            return each[0] if name.lower() in _ATTRIBUTES else f"{name}={self._take(f'{found[1]}: {name}', value)}"

        return found[1] + found[2] + _COOKIE_PAIR.sub(pair, found[3])

    def _field(self, found: re.Match[str]) -> str:
        quote = found[1] + '"'
        if not found[0].endswith(f"{quote}{MARK}{quote}"):
            self.taken[found[2]] += 1
        return f"{quote}{found[2]}{quote}{found[3]}{quote}{MARK}{quote}"


def _texts(value: OptionValue) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield str(value)
