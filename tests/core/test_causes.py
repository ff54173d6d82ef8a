"""The table of causes: every id once, texts that are sentences, fixes that can be applied and read."""

from __future__ import annotations

import ast
import re

import pytest
import tree_sitter_javascript
from tree_sitter import Language, Parser

from wsgui.core.causes import CAUSES, CODE_LANGUAGE, SECTIONS, SIDE_LABEL, Cause, Fix, Side
from wsgui.core.findings import Stage
from wsgui.core.option_types import Protocol
from wsgui.core.options import check_values
from wsgui.core.platforms import PLATFORMS, Role

IDS = """
url-missing path-used-as-namespace path-without-slash name-not-resolved connection-refused localhost-family
connection-timeout packets-lost not-http connection-closed-at-once port-blocked-by-browser local-network-access
http-to-tls-port tls-to-http-port certificate-expired certificate-not-yet-valid certificate-wrong-host
certificate-self-signed certificate-unknown-issuer tls-intercepted tls-version tls-cipher client-certificate-required
sni-rejected http2-only tls-timeout mixed-content
redirect redirect-slash html-instead-of-handshake nextjs-answers wrong-path missing-trailing-slash no-socketio
gateway-error query-stripped handshake-cached http-auth-required rate-limited headers-too-large http-timeout
server-overloaded
websocket-only-server polling-only-server session-unknown forbidden-by-server bad-request protocol-too-old
protocol-too-new handshake-malformed plain-websocket-server socketio-not-plain-websocket
cors-missing cors-origin-mismatch cors-wildcard-credentials cors-no-credentials cors-duplicate cors-preflight-refused
origin-rejected cookie-blocked csp-blocks
no-session-affinity affinity-needs-cookies
upgrade-headers-stripped upgrade-refused upgrade-not-handled upgrade-unanswered upgrade-no-open-packet upgrade-closed
handshake-101-invalid subprotocol-mismatch extension-mismatch proxy-refused proxy-auth-required proxy-unreachable
second-upgrade-handler invalid-close-code masked-server-frame frame-invalid utf8-invalid compression-broken
dropped-without-close
auth-rejected connect-unanswered connect-slow namespace-unknown packet-rejected server-disconnects
idle-timeout ping-timeout heartbeat-too-long payload-too-large upgrade-timeout connection-limit proxy-buffering
""".split()  # noqa: SIM905 - read as text
"""The ids that reports and scripts rely on: none is renamed or taken away."""

FIXES = [
    pytest.param(fix, id=f"{cause.id}-{place}-{fix.side}")
    for cause in CAUSES.values()
    for place, fix in enumerate(cause.fixes)
]
CODE = [param for param in FIXES if isinstance(fix := param.values[0], Fix) and fix.code]

each_cause = pytest.mark.parametrize("cause", CAUSES.values(), ids=lambda cause: cause.id)


def test_every_id_has_exactly_one_row() -> None:
    rows = [cause.id for _, causes in SECTIONS for cause in causes]
    assert sorted(rows) == sorted(IDS)


LOWER_NAMES = "aiohttp|http-proxy-middleware|python-socketio|uvicorn"


def is_sentence(text: str) -> bool:
    """Begins with a capital, a figure or what is quoted, ends with a mark, and has no blank too many."""
    return (
        bool(re.fullmatch(rf'(?:[A-Z0-9“"/]|{LOWER_NAMES}).*[.:)]', text, re.DOTALL))
        and "  " not in text
        and text == text.strip()
    )


@each_cause
def test_texts_are_sentences(cause: Cause) -> None:
    sentences = [cause.title, cause.explanation, cause.signature, *(fix.text for fix in cause.fixes)]
    assert [text for text in sentences if not is_sentence(text)] == []
    assert len(cause.title) <= 110
    assert "!" not in cause.title + cause.explanation
    if cause.why_not_produced:
        assert is_sentence(cause.why_not_produced)


@each_cause
def test_the_explanation_has_two_sentences_or_a_few_more(cause: Cause) -> None:
    assert 2 <= len(re.findall(r"[.!?](?: |$)", cause.explanation)) <= 4


@each_cause
def test_somebody_can_mend_it(cause: Cause) -> None:
    assert cause.fixes
    assert len({(fix.side, fix.platform, fix.text) for fix in cause.fixes}) == len(cause.fixes)


@each_cause
def test_explains_causes_and_stages_that_there_are(cause: Cause) -> None:
    assert [key for key in cause.explains if not isinstance(key, Stage) and key not in CAUSES] == []
    assert cause.id not in cause.explains
    assert cause.id not in set(Stage)  # else an id would stand for a stage


@pytest.mark.parametrize("fix", FIXES)
def test_what_a_click_changes_is_valid(fix: Fix) -> None:
    given = {name: value for name, value in fix.change.options.items() if value is not None}
    check_values(given)
    check_values(dict.fromkeys(fix.change.options))  # None gives the default back: the names have to be real, too
    if fix.change:
        assert fix.side is Side.CLIENT
    assert fix.change.protocol is None or fix.change.protocol in Protocol


@pytest.mark.parametrize("fix", FIXES)
def test_platforms_are_known(fix: Fix) -> None:
    known = {platform.id for platform in PLATFORMS if platform.role in {Role.HOSTING, Role.FRAMEWORK}}
    assert fix.platform == "" or fix.platform in known


def test_every_side_has_a_name_and_a_language() -> None:
    assert SIDE_LABEL.keys() == CODE_LANGUAGE.keys() == set(Side)


@pytest.mark.parametrize("fix", CODE)
def test_snippets_parse(fix: Fix) -> None:
    match CODE_LANGUAGE[fix.side]:
        case "js":
            tree = Parser(Language(tree_sitter_javascript.language())).parse(fix.code.encode())
            assert not tree.root_node.has_error, fix.code
        case "python":
            compile(fix.code, "snippet", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        case _:
            assert fix.code.count("{") == fix.code.count("}")


@pytest.mark.parametrize("fix", CODE)
def test_snippets_fit_into_a_panel(fix: Fix) -> None:
    assert max(map(len, fix.code.splitlines())) <= 110
    assert fix.code == fix.code.strip()


OPTION_NAMES = {
    "socket.io": "path addTrailingSlash cors transports allowUpgrades allowRequest allowEIO3 pingInterval pingTimeout "
    "upgradeTimeout maxHttpBufferSize perMessageDeflate cookie destroyUpgrade",
    "cors": "origin credentials allowedHeaders",
    "cookie": "name sameSite secure httpOnly",
}
"""What the Node snippets may give to ``new Server(httpServer, {...})``; read in socket.io 4.8 and cors 2.8."""


@pytest.mark.parametrize("fix", [param for param in CODE if "new Server(httpServer, {" in str(param.values[0])])
def test_options_of_a_node_server_are_real(fix: Fix) -> None:
    known = set(" ".join(OPTION_NAMES.values()).split())
    call = fix.code.split("new Server(httpServer, {", 1)[1].split("});", 1)[0]
    assert set(re.findall(r"(?:^|[{,]\s*)(\w+):", call, re.MULTILINE)) <= known


def test_the_error_of_errors_says_what_the_numbers_mean() -> None:
    two, sent = CAUSES["second-upgrade-handler"], CAUSES["invalid-close-code"]
    assert "random" in two.explanation
    assert "1002" in two.explanation
    assert "noServer: true" in two.fixes[0].code
    assert "destroyUpgrade: false" in two.fixes[0].code
    assert all(code in sent.explanation for code in ("1005", "1006", "1015", "5000"))
    assert any('ws.on("error"' in fix.code for fix in sent.fixes)
