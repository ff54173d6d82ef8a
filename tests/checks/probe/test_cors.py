"""CORS and Content-Security-Policy, rule by rule."""

from __future__ import annotations

import pytest

from wsgui.checks.probe.cors import judge
from wsgui.checks.probe.policy import allows
from wsgui.core.http1 import parse_head

PAGE = "https://app.example.com"
ALLOW = "Access-Control-Allow-Origin"
CREDENTIALS = "Access-Control-Allow-Credentials: true"


@pytest.mark.parametrize(
    ("headers", "credentials", "cause"),
    [
        ([], False, "cors-missing"),
        (["Vary: Origin"], True, "cors-missing"),
        ([f"{ALLOW}: *"], False, ""),
        ([f"{ALLOW}: {PAGE}"], False, ""),
        ([f"{ALLOW}: {PAGE}/"], False, "cors-origin-mismatch"),
        ([f"{ALLOW}: http://app.example.com"], False, "cors-origin-mismatch"),
        ([f"{ALLOW}: null"], False, "cors-origin-mismatch"),
        ([f"{ALLOW}: *", CREDENTIALS], True, "cors-wildcard-credentials"),
        ([f"{ALLOW}: {PAGE}"], True, "cors-no-credentials"),
        ([f"{ALLOW}: {PAGE}", "Access-Control-Allow-Credentials: True"], True, "cors-no-credentials"),
        ([f"{ALLOW}: {PAGE}", CREDENTIALS], True, ""),
        ([f"{ALLOW}: *", f"{ALLOW}: *"], False, "cors-duplicate"),
        ([f"{ALLOW}: *, *"], False, "cors-duplicate"),
    ],
)
def test_an_answer_is_withheld_for_one_reason(headers: list[str], credentials: bool, cause: str) -> None:
    head = parse_head("\r\n".join(["HTTP/1.1 200 OK", *headers]).encode())
    assert judge(head, PAGE, credentials=credentials)[0] == cause


@pytest.mark.parametrize(
    ("policy", "url", "allowed"),
    [
        ("script-src 'self'", "wss://other.example/", True),
        ("connect-src 'none'", "wss://app.example.com/", False),
        ("connect-src *", "wss://other.example/", True),
        ("default-src 'self'", "https://app.example.com/", True),
        ("default-src 'self'", "wss://app.example.com/", True),
        ("default-src 'self'", "wss://other.example/", False),
        ("default-src 'none'; connect-src wss:", "wss://other.example/", True),
        ("connect-src wss:", "https://other.example/", True),
        ("connect-src https:", "wss://other.example/", False),
        ("connect-src https://api.example.com", "https://api.example.com/", True),
        ("connect-src https://api.example.com", "wss://api.example.com/", False),
        ("connect-src wss://api.example.com", "wss://api.example.com/", True),
        ("connect-src wss://api.example.com:8443", "wss://api.example.com/", False),
        ("connect-src wss://api.example.com:*", "wss://api.example.com:8443/", True),
        ("connect-src *.example.com", "wss://api.example.com/", True),
        ("connect-src *.example.com", "wss://example.com/", False),
        ("connect-src api.example.com", "https://api.example.com/", True),
    ],
)
def test_a_policy_allows_what_it_names(policy: str, url: str, allowed: bool) -> None:
    assert allows(policy, url, PAGE) is allowed
