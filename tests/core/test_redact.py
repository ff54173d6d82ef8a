"""No secret leaves with a report, and nothing else is lost."""

from __future__ import annotations

import json

import pytest

from wsgui.core.findings import BrowserView, Evidence, Finding, Level, Report, Stage, Status, TransportRow
from wsgui.core.options import OptionValues
from wsgui.core.redact import MARK, Redaction, secrets_of


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Authorization: Bearer abc.def", f"Authorization: {MARK}"),
        ("proxy-authorization: Basic bWU6d29yZA==", f"proxy-authorization: {MARK}"),
        ("X-Api-Key: 12345", f"X-Api-Key: {MARK}"),
        ("Cookie: io=abc; theme=dark", f"Cookie: io={MARK}; theme={MARK}"),
        ("Set-Cookie: io=abc; Path=/; SameSite=Lax", f"Set-Cookie: io={MARK}; Path=/; SameSite=Lax"),
        ("GET /socket.io/?token=abc&EIO=4&t=x1", f"GET /socket.io/?token={MARK}&EIO=4&t=x1"),
        ("/?access_token=abc#end", f"/?access_token={MARK}#end"),
        ("/?apiKey=abc&user=me", f"/?apiKey={MARK}&user=me"),
        ("http://me:word@proxy:3128/", f"http://{MARK}@proxy:3128/"),
        ("→ 40{\"token\":\"abc\"}", f"→ 40{{{MARK}}}"),
        ("→ 40/admin,{\"token\":\"abc\"}", f"→ 40/admin,{{{MARK}}}"),
        ('← 40{"sid":"abc"}', '← 40{"sid":"abc"}'),
        ("Content-Type: text/html", "Content-Type: text/html"),
        ("/socket.io/?EIO=4&transport=polling&sid=abc", "/socket.io/?EIO=4&transport=polling&sid=abc"),
    ],
)  # fmt: skip
def test_what_looks_like_a_secret_is_taken_out(text: str, left: str) -> None:
    assert Redaction().text(text) == left


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_each_header_is_looked_at_alone(ending: str) -> None:
    text = ending.join(["HTTP/1.1 200 OK", "Set-Cookie: a=1", "Server: nginx", "Set-Cookie: b=2"])
    left = Redaction().text(text)
    assert "a=1" not in left
    assert "b=2" not in left
    assert "Server: nginx" in left


VALUES: OptionValues = {
    "auth": {"token": "open sesame", "deep": [{"pin": 987654}]},
    "extraHeaders": {"X-Tenant": "tenant-seven"},
    "query": {"token": "in-the-query", "room": "kitchen"},
    "proxy": "http://me:proxy-word@127.0.0.1:3128",
    "path": "/socket.io",
}


def test_secrets_are_the_options_that_are_marked_so() -> None:
    assert secrets_of(VALUES).keys() == {"open sesame", "987654", "tenant-seven", "in-the-query", "proxy-word"}


def test_a_short_secret_is_not_searched_for() -> None:
    assert secrets_of({"auth": {"pin": "12"}}) == {}


def test_a_report_keeps_no_secret_anywhere() -> None:
    secret = "open sesame"
    finding = Finding(
        id="x",
        stage=Stage.HTTP,
        status=Status.FAIL,
        summary=f"Said: {secret}",
        fix=f"Do not send {secret}",
        evidence=(Evidence(f"Answer to GET /?key={secret}", f"it was {secret}", 7),),
    )
    report = Report(
        url=f"http://host/?token={secret}",
        level=Level.CANNOT_CONNECT,
        causes=(),
        findings=(finding,),
        browser=BrowserView(allowed=False, reason=secret),
        transports=(TransportRow("polling", Status.FAIL, failure=secret),),
    )
    left = Redaction(secrets_of(VALUES)).report(report)
    assert secret not in json.dumps(left.as_json()) + str(left)
    assert left.findings[0].evidence[0].seq == 7
    assert left.findings[0].summary == f"Said: {MARK}"
