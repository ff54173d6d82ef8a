"""The report as Markdown, to be pasted into an issue."""

from __future__ import annotations

import re

from wsgui.core.bug_report import BugReport
from wsgui.core.causes import CAUSES
from wsgui.core.findings import Finding, Report, Status
from wsgui.core.i18n import N_, _
from wsgui.core.verdict import headline
from wsgui.core.visible import lines, one_line

SUFFIX = ".md"
TITLE = N_("Markdown")

SIGN = {Status.PASS: "✓", Status.WARN: "!", Status.FAIL: "✗", Status.SKIP: "–"}
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def write(report: BugReport) -> str:
    """The diagnosis, what was tried, what happened; what is from the server is never taken for markup."""
    parts = [f"# {_plain(report.url)}"]
    if report.diagnosis:
        parts += _diagnosis(report.diagnosis)
    if report.tried:
        parts += ["## " + _("What was tried"), _fenced(report.tried, "js")]
    if report.moments:
        parts += ["## " + _("What happened"), _fenced("\n".join(report.timeline))]
    if report.about:
        parts.append("\n".join(f"- {_plain(name)}: {_plain(version)}" for name, version in report.about.items()))
    if report.taken:
        parts.append(_plain(_("Taken out as secret: {names}").format(names=report.taken)))
    return "\n\n".join(part for part in parts if part) + "\n"


def _diagnosis(report: Report) -> list[str]:
    """The headline, what to do, then each finding."""
    parts = [f"**{_plain(headline(report))}**"]
    if cause := CAUSES.get(report.cause or ""):
        parts.append(_plain(_(cause.explanation)))
    problems = [finding for finding in report.findings if finding.is_problem]
    others = [finding for finding in report.findings if not finding.is_problem]
    parts += [_finding(finding, report) for finding in problems]
    parts.append("## " + _("All findings"))
    known = [each for each in [*problems, *others] if each.status is not Status.SKIP]
    parts.append("\n".join(f"- {SIGN[each.status]} {_plain(each.summary)}" for each in known))
    parts.append(_server(report))
    if report.browser.allowed is not None:
        parts.append("## " + _("In a browser") + f"\n\n{_plain(report.browser.reason)}")
    return parts


def _finding(finding: Finding, report: Report) -> str:
    parts = [f"## {SIGN[finding.status]} {_plain(finding.summary)}"]
    if finding.id in report.consequences:
        parts.append(_("A consequence of what is above."))
    elif finding.fix:
        parts.append(_plain(finding.fix))
        parts += [_fenced(finding.code)] if finding.code else []
    for evidence in finding.evidence:
        parts += [_plain(evidence.label) + ":", _fenced(evidence.text)]
    return "\n\n".join(parts)


def _server(report: Report) -> str:
    rows = [
        f"| {name} | {_plain(_shown(value))} |" for name, value in report.server.as_json().items() if value is not None
    ]
    table = ["| | |", "|---|---|", *rows] if rows else []
    transports = [
        _cells(row.transport, SIGN[row.outcome], str(row.status or ""), _seconds(row.seconds), _plain(row.failure))
        for row in report.transports
    ]
    heads = ["", _cells(_("transport"), "", _("status"), _("time"), _("what fails")), _cells(*["---"] * 5)]
    both = [*table, *(heads if transports else []), *transports]
    return "\n".join(["## " + _("The server"), "", *both]) if both else ""


def _cells(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _seconds(value: float | None) -> str:
    return "" if value is None else _("{ms:.0f} ms").format(ms=value * 1000)


def _plain(text: str) -> str:
    """Text that Markdown leaves as it is."""
    return _SPECIAL.sub(r"\\\1", one_line(" ".join(text.split())))


def _fenced(text: str, language: str = "") -> str:
    """A block of code, in a fence that is longer than any inside of it."""
    text = lines(text)
    longest = max((len(found) for found in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"
