"""How findings and verdicts are called in the panel: a sign, a word, and the tone of the style sheet."""

from __future__ import annotations

from wsgui.core.findings import Finding, Level, Report, Status
from wsgui.core.i18n import N_, _

STATUS_WORD = {
    Status.PASS: N_("✓ Passed"),
    Status.WARN: N_("! Warning"),
    Status.FAIL: N_("✗ Failed"),
    Status.SKIP: N_("– Not checked"),
}
STATUS_TONE = {Status.PASS: "good", Status.WARN: "warning", Status.FAIL: "bad", Status.SKIP: "muted"}
CONSEQUENCE = N_("↳ Follows")
REMARK = N_("! Remark")

LEVEL_WORD = {
    Level.HEALTHY: N_("Works"),
    Level.BROWSER_FAILS: N_("Fails in a browser"),
    Level.WILL_DROP: N_("Will drop"),
    Level.POLLING_ONLY: N_("Polling only"),
    Level.CANNOT_CONNECT: N_("Fails"),
}
LEVEL_TONE = {
    Level.HEALTHY: "good",
    Level.BROWSER_FAILS: "warning",
    Level.WILL_DROP: "warning",
    Level.POLLING_ONLY: "warning",
    Level.CANNOT_CONNECT: "bad",
}

TRANSPORT_WORD = {
    "polling": N_("Polling"),
    "websocket": N_("WebSocket"),
    "upgrade": N_("Polling, then WebSocket"),
}


def word_of(finding: Finding, report: Report) -> str:
    """Its status in a word, translated."""
    if finding.id in report.consequences:
        return _(CONSEQUENCE)
    if finding.status is Status.WARN and not finding.is_problem:
        return _(REMARK)
    return _(STATUS_WORD[finding.status])


def tone_of(finding: Finding, report: Report) -> str:
    """The tone that goes with it."""
    return "muted" if finding.id in report.consequences else STATUS_TONE[finding.status]


def in_order(report: Report) -> list[Finding]:
    """The findings as they are shown: each root with what follows from it, then remarks, what passed, and the rest."""
    problems = [each for each in report.findings if each.is_problem]
    roots = [each for each in problems if each.id not in report.consequences]
    place = {cause: number for number, cause in enumerate(report.causes)}
    roots.sort(key=lambda each: place.get(each.cause or "", len(place)))
    ordered: list[Finding] = []
    for root in roots:
        ordered.append(root)
        ordered += [each for each in problems if report.consequences.get(each.id) == root.id]
    rank = {Status.WARN: 0, Status.PASS: 1, Status.SKIP: 2}
    others = [each for each in report.findings if not each.is_problem]
    return ordered + sorted(others, key=lambda each: rank.get(each.status, 3))
