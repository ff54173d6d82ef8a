"""What must not leave the house with a report: credentials in headers, queries, ``auth`` and the user's own options.

A secret becomes ``•••`` where it stood; names stay, because it is they that say what was sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from wsgui.core.findings import Evidence, Finding, Report
from wsgui.core.option_values import OptionValue, OptionValues
from wsgui.core.options import OPTION
from wsgui.core.proxy import ProxyAddressError, read_proxy

MARK = "•••"
_SHORTEST = 4
"""Characters: a shorter word would be found where it is none of the user's."""

_HEADERS = re.compile(
    r"^((?:proxy-)?authorization|x-api-key|x-auth-token|x-access-token|x-csrf-token|api-key)(\s*:\s*)(.+)$",
    re.IGNORECASE | re.MULTILINE,
)
_COOKIES = re.compile(r"^((?:set-)?cookie)(\s*:\s*)(.+)$", re.IGNORECASE | re.MULTILINE)
_COOKIE_PAIR = re.compile(r"([^=;\s]+)=([^;]*)")
_ATTRIBUTES = frozenset({"path", "domain", "expires", "max-age", "samesite", "priority"})
_QUERY = re.compile(
    r"([?&](?:[\w.-]*(?:token|secret|passw(?:or)?d|api[_-]?key|apikey|signature)[\w.-]*|auth|key|jwt|sig|code|access))"
    r"=([^&\s#\"'<>]*)",
    re.IGNORECASE,
)
_USER_INFO = re.compile(r"(\w+://)[^/\s@:]+(?::[^/\s@]*)?@")
_CONNECT = re.compile(r"^(→ 40(?:/[^,{]*,)?)\{.*$", re.MULTILINE)
_NAMES_A_SECRET = re.compile(r"token|secret|passw|api.?key|^auth|^key$|jwt|signature", re.IGNORECASE)


def secrets_of(values: OptionValues) -> tuple[str, ...]:
    """The texts among the user's options that are secrets, the longest first."""
    found: set[str] = set()
    for name, value in values.items():
        if name == "query" and isinstance(value, Mapping):
            found.update(text for key, each in value.items() if _NAMES_A_SECRET.search(key) for text in _texts(each))
        elif name == "proxy" and isinstance(value, str):
            try:
                found.add(read_proxy(value).password)
            except ProxyAddressError:
                found.add(value)
        elif name in OPTION and OPTION[name].secret:
            found.update(_texts(value))
    return tuple(sorted((text for text in found if len(text) >= _SHORTEST), key=lambda text: (-len(text), text)))


def redact_text(text: str, secrets: Iterable[str] = ()) -> str:
    """``text`` without what is known, or looks like, a secret."""
    for secret in secrets:
        text = text.replace(secret, MARK)
    text = _HEADERS.sub(lambda found: f"{found[1]}{found[2]}{MARK}", text)
    text = _COOKIES.sub(lambda found: found[1] + found[2] + _COOKIE_PAIR.sub(_pair, found[3]), text)
    text = _QUERY.sub(lambda found: f"{found[1]}={MARK}", text)
    text = _CONNECT.sub(lambda found: f"{found[1]}{{{MARK}}}", text)
    return _USER_INFO.sub(lambda found: f"{found[1]}{MARK}@", text)


def redact_report(report: Report, values: OptionValues) -> Report:
    """The report as it may be handed on."""
    secrets = secrets_of(values)
    return replace(
        report,
        url=redact_text(report.url, secrets),
        findings=tuple(_finding(finding, secrets) for finding in report.findings),
        browser=replace(report.browser, reason=redact_text(report.browser.reason, secrets)),
        transports=tuple(replace(row, failure=redact_text(row.failure, secrets)) for row in report.transports),
    )


def _finding(finding: Finding, secrets: tuple[str, ...]) -> Finding:
    return replace(
        finding,
        summary=redact_text(finding.summary, secrets),
        fix=redact_text(finding.fix, secrets),
        evidence=tuple(
            Evidence(redact_text(each.label, secrets), redact_text(each.text, secrets), each.seq)
            for each in finding.evidence
        ),
    )


def _pair(found: re.Match[str]) -> str:
    return found[0] if found[1].lower() in _ATTRIBUTES else f"{found[1]}={MARK}"


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
