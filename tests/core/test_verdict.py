"""From findings to a verdict: roots and consequences, levels by what the client wants, and the words of it."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsgui.core.causes import CAUSES
from wsgui.core.findings import Change, Evidence, Finding, Level, Part, Report, Stage, Status, Verdict
from wsgui.core.option_types import Protocol
from wsgui.core.option_values import OptionValues
from wsgui.core.platforms import PLATFORMS
from wsgui.core.verdict import Wish, conclude, headline, wish

DEFAULT = Wish()
WEBSOCKET = Wish(("websocket",), upgrades=True)
POLLING = Wish(("polling",), upgrades=True)


def found(stage: Stage, cause: str | None = None, status: Status = Status.FAIL, **more: object) -> Finding:
    finding = Finding(id=f"{stage}-{cause}", stage=stage, status=status, summary="What was seen.", cause=cause)
    return Finding(**{**vars(finding), **more})


def verdict(*findings: Finding, wanted: Wish = DEFAULT) -> Report:
    return conclude("http://localhost", findings, wanted)


def test_nothing_wrong_is_healthy() -> None:
    report = verdict(
        found(Stage.TCP, status=Status.PASS), found(Stage.TLS, status=Status.SKIP), found(Stage.URL, status=Status.WARN)
    )
    assert (report.verdict, report.level, report.cause) == (Verdict.OK, Level.HEALTHY, None)
    assert headline(report) == "The connection works."


@pytest.mark.parametrize(
    ("findings", "causes"),
    [
        # the first in order of stage, whatever the order in which they came
        ([(Stage.NAMESPACE, "auth-rejected"), (Stage.TLS, "certificate-expired")], "certificate-expired auth-rejected"),
        # what cannot be known after a failure
        ([(Stage.TCP, "connection-refused"), (Stage.HTTP, "http-timeout")], "connection-refused"),
        ([(Stage.URL, "url-missing"), (Stage.NAME, "name-not-resolved")], "url-missing"),
        ([(Stage.PROXY, "proxy-refused"), (Stage.TCP, "connection-timeout")], "proxy-refused"),
        ([(Stage.HTTP, "rate-limited"), (Stage.POLLING, "session-unknown")], "rate-limited"),
        # a handshake that is not there says nothing about CORS, and something about mixed content
        ([(Stage.HTTP, "gateway-error"), (Stage.BROWSER, "cors-missing")], "gateway-error"),
        ([(Stage.PATH, "wrong-path"), (Stage.WEBSOCKET, "upgrade-not-handled")], "wrong-path"),
        ([(Stage.HTTP, "gateway-error"), (Stage.BROWSER, "mixed-content")], "gateway-error mixed-content"),
        # a bad certificate ends nothing: the rest is looked at without it
        ([(Stage.TLS, "certificate-expired"), (Stage.BROWSER, "cors-missing")], "certificate-expired cors-missing"),
        # a later stage can explain an earlier one
        ([(Stage.HANDSHAKE, "bad-request"), (Stage.BROWSER, "origin-rejected")], "origin-rejected"),
        ([(Stage.HANDSHAKE, "session-unknown"), (Stage.AFFINITY, "no-session-affinity")], "no-session-affinity"),
        (
            [(Stage.AFFINITY, "no-session-affinity"), (Stage.AFFINITY, "affinity-needs-cookies")],
            "affinity-needs-cookies",
        ),
        ([(Stage.AFFINITY, "no-session-affinity"), (Stage.UPGRADE, "upgrade-closed")], "no-session-affinity"),
        ([(Stage.HANDSHAKE, "websocket-only-server"), (Stage.PATH, "query-stripped")], "query-stripped"),
        ([(Stage.WEBSOCKET, "upgrade-closed"), (Stage.FRAMES, "second-upgrade-handler")], "second-upgrade-handler"),
        ([(Stage.FRAMES, "second-upgrade-handler"), (Stage.FRAMES, "invalid-close-code")], "second-upgrade-handler"),
        ([(Stage.HEARTBEAT, "heartbeat-too-long"), (Stage.LIFETIME, "idle-timeout")], "idle-timeout"),
        ([(Stage.NAMESPACE, "namespace-unknown"), (Stage.URL, "path-used-as-namespace")], "path-used-as-namespace"),
        # a chain ends at its first
        (
            [(Stage.HTTP, "gateway-error"), (Stage.WEBSOCKET, "upgrade-refused"), (Stage.UPGRADE, "upgrade-closed")],
            "gateway-error",
        ),
        # the same seen twice is one
        ([(Stage.HANDSHAKE, "bad-request"), (Stage.WEBSOCKET, "bad-request")], "bad-request"),
        ([(Stage.URL, "mixed-content"), (Stage.BROWSER, "mixed-content")], "mixed-content"),
        # and what has nothing to do with each other stays apart
        ([(Stage.BROWSER, "csp-blocks"), (Stage.BROWSER, "mixed-content")], "csp-blocks mixed-content"),
    ],
)
def test_roots_and_consequences(findings: list[tuple[Stage, str]], causes: str) -> None:
    for order in itertools.permutations(findings):
        report = verdict(*(found(stage, cause) for stage, cause in order))
        if " " in causes and len({stage for stage, _ in findings}) == 1:
            assert set(report.causes) == set(causes.split())
        else:
            assert " ".join(report.causes) == causes
        assert len(report.consequences) == len(findings) - len(report.causes)
        assert [finding.stage.position for finding in report.findings] == sorted(
            finding.stage.position for finding in report.findings
        )


def test_a_failure_without_a_cause_is_a_consequence_too() -> None:
    report = verdict(found(Stage.WEBSOCKET, "upgrade-headers-stripped"), found(Stage.UPGRADE))
    assert report.consequences == {"upgrade-None": "websocket-upgrade-headers-stripped"}
    assert verdict(found(Stage.UPGRADE)).level is Level.POLLING_ONLY


@pytest.mark.parametrize(
    ("cause", "stage", "wanted", "level"),
    [
        ("connection-refused", Stage.TCP, DEFAULT, Level.CANNOT_CONNECT),
        ("upgrade-headers-stripped", Stage.WEBSOCKET, DEFAULT, Level.POLLING_ONLY),
        ("upgrade-headers-stripped", Stage.WEBSOCKET, WEBSOCKET, Level.CANNOT_CONNECT),
        ("upgrade-headers-stripped", Stage.WEBSOCKET, POLLING, Level.HEALTHY),
        ("upgrade-headers-stripped", Stage.WEBSOCKET, Wish(upgrades=False), Level.HEALTHY),
        ("upgrade-headers-stripped", Stage.WEBSOCKET, Wish(("websocket", "polling")), Level.CANNOT_CONNECT),
        (
            "upgrade-headers-stripped",
            Stage.WEBSOCKET,
            Wish(("websocket", "polling"), falls_back=True),
            Level.POLLING_ONLY,
        ),
        ("websocket-only-server", Stage.HANDSHAKE, DEFAULT, Level.CANNOT_CONNECT),
        ("websocket-only-server", Stage.HANDSHAKE, Wish(falls_back=True), Level.HEALTHY),
        ("websocket-only-server", Stage.HANDSHAKE, WEBSOCKET, Level.HEALTHY),
        ("no-session-affinity", Stage.AFFINITY, DEFAULT, Level.CANNOT_CONNECT),
        ("no-session-affinity", Stage.AFFINITY, WEBSOCKET, Level.HEALTHY),
        ("polling-only-server", Stage.HANDSHAKE, DEFAULT, Level.POLLING_ONLY),
        ("cors-missing", Stage.BROWSER, DEFAULT, Level.BROWSER_FAILS),
        ("idle-timeout", Stage.LIFETIME, DEFAULT, Level.WILL_DROP),
        ("payload-too-large", Stage.LIMITS, DEFAULT, Level.WILL_DROP),
    ],
)
def test_how_bad_it_is_depends_on_what_is_wanted(cause: str, stage: Stage, wanted: Wish, level: Level) -> None:
    report = verdict(found(stage, cause), wanted=wanted)
    assert report.level is level
    assert report.causes == (() if level is Level.HEALTHY else (cause,))


def test_a_warning_degrades_and_does_not_fail() -> None:
    assert verdict(found(Stage.TCP, "localhost-family", Status.WARN)).level is Level.WILL_DROP
    assert verdict(found(Stage.BROWSER, "cors-missing", Status.WARN)).level is Level.BROWSER_FAILS


def test_what_keeps_from_connecting_comes_before_what_degrades() -> None:
    report = verdict(found(Stage.WEBSOCKET, "upgrade-refused"), found(Stage.NAMESPACE, "auth-rejected"))
    assert report.causes == ("auth-rejected", "upgrade-refused")
    assert report.level is Level.CANNOT_CONNECT


def test_a_check_may_know_better_what_it_breaks() -> None:
    self_signed = found(Stage.TLS, "certificate-self-signed", breaks=Part.BROWSER)
    assert verdict(self_signed).level is Level.BROWSER_FAILS


@pytest.mark.parametrize(
    ("values", "protocol", "expected"),
    [
        ({}, Protocol.SOCKETIO, Wish(("polling", "websocket"))),
        ({"transports": ["websocket"], "tryAllTransports": True}, Protocol.SOCKETIO, Wish(("websocket",), True, True)),
        ({"upgrade": False}, Protocol.SOCKETIO, Wish(("polling", "websocket"), upgrades=False)),
        ({}, Protocol.WEBSOCKET, Wish(("websocket",), upgrades=False)),
    ],
)
def test_the_options_say_what_is_wanted(values: OptionValues, protocol: Protocol, expected: Wish) -> None:
    assert wish(values, protocol) == expected


def test_the_headline_is_the_verdict_the_cause_and_the_fix() -> None:
    nginx = next(platform for platform in PLATFORMS if platform.id == "nginx")
    report = conclude("u", [found(Stage.WEBSOCKET, "upgrade-headers-stripped")], DEFAULT, [nginx])
    assert headline(report) == (
        "It connects, but stays on HTTP long-polling: the WebSocket does not work. "
        "A proxy drops the headers that ask for a WebSocket. nginx: Pass the headers Upgrade and Connection on."
    )
    assert "proxy_set_header Upgrade" in report.findings[0].code


def test_without_a_cause_the_headline_says_what_the_first_problem_is() -> None:
    finding = found(Stage.URL, summary="Port 99999 does not exist.")
    assert headline(verdict(finding)) == "The connection fails. Port 99999 does not exist."


def test_the_fix_of_a_check_stands() -> None:
    change = Change(options={"path": "/api/socket.io"})
    finding = found(Stage.PATH, "wrong-path", fix="Socket.IO answers at /api/socket.io/.", change=change)
    report = verdict(finding)
    assert report.findings[0].fix == "Socket.IO answers at /api/socket.io/."
    assert report.findings[0].change == change


def test_a_report_as_json_has_the_promised_shape() -> None:
    evidence = Evidence("Answer to the handshake", "HTTP/1.1 400 Bad Request", seq=7)
    report = verdict(found(Stage.WEBSOCKET, "upgrade-headers-stripped", evidence=(evidence,), seconds=0.12345))
    assert {**report.as_json(), "findings": [], "server": {}} == {
        "url": "http://localhost",
        "verdict": "degraded",
        "level": "polling-only",
        "cause": "upgrade-headers-stripped",
        "causes": ["upgrade-headers-stripped"],
        "findings": [],
        "server": {},
        "browser": {"allowed": None, "reason": ""},
    }
    [finding] = report.findings
    assert finding.as_json() == {
        "id": "websocket-upgrade-headers-stripped",
        "stage": "websocket",
        "status": "fail",
        "cause": "upgrade-headers-stripped",
        "summary": "What was seen.",
        "evidence": [{"label": "Answer to the handshake", "text": "HTTP/1.1 400 Bad Request"}],
        "fix": f"{finding.fix}\n{finding.code}",
        "seconds": 0.123,
    }
    assert " ".join(report.server.as_json()) == (
        "eio allow_eio3 ping_interval ping_timeout max_payload upgrades transports cookie cors platform"
    )


FINDINGS = st.builds(
    found,
    stage=st.sampled_from(Stage),
    cause=st.sampled_from([*CAUSES, None]),
    status=st.sampled_from(Status),
)


@given(
    st.lists(FINDINGS, max_size=12, unique_by=lambda finding: finding.id),
    st.sampled_from([DEFAULT, WEBSOCKET, POLLING]),
)
def test_whatever_is_found_has_a_root(findings: list[Finding], wanted: Wish) -> None:
    report = conclude("u", findings, wanted)
    problems = {finding.id for finding in findings if finding.is_problem}
    assert report.consequences.keys() <= problems
    assert not set(report.consequences.values()) & report.consequences.keys()  # roots are no consequences
    assert bool(problems) == bool(problems - report.consequences.keys())
    assert (report.verdict is Verdict.OK) >= bool(not problems)
    assert headline(report).endswith((".", ":", ")"))
