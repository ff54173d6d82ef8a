"""The report as one HTML file without a script or anything from elsewhere: it opens from a mail, and prints."""

from __future__ import annotations

import html
from collections.abc import Sequence

from wsgui import __version__
from wsgui.core.bug_report import BugReport
from wsgui.core.causes import CAUSES
from wsgui.core.findings import Evidence, Finding, Report, Status, Verdict
from wsgui.core.i18n import N_, _, spoken
from wsgui.core.kinds import ARROWS
from wsgui.core.verdict import headline
from wsgui.core.visible import lines

SUFFIX = ".html"
TITLE = N_("Web page")

_SIGN = {Status.PASS: "✓", Status.WARN: "!", Status.FAIL: "✗", Status.SKIP: "–"}
_CLASS = {Verdict.OK: "ok", Verdict.DEGRADED: "degraded", Verdict.FAILED: "failed"}

_STYLE = """
:root { color-scheme: light dark; --ink: #1c2330; --soft: #5b6575; --line: #d9dee6; --paper: #ffffff; --quote: #f4f6f9;
  --ok: #14713d; --degraded: #8a5a00; --failed: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e8ee; --soft: #9aa5b4; --line: #343b46; --paper: #171b21;
  --quote: #1f252d; --ok: #6cc492; --degraded: #e2b45a; --failed: #f2877f; } }
body { margin: 2rem auto; max-width: 56rem; padding: 0 1rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1rem; font-weight: 500; color: var(--soft); overflow-wrap: anywhere; margin: 0; }
h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
.headline { border-left: .35rem solid; padding: .2rem 1rem; font-size: 1.15rem; margin: 1rem 0; }
.ok { color: var(--ok); } .degraded { color: var(--degraded); } .failed { color: var(--failed); }
.headline span { color: var(--ink); }
details { border-top: 1px solid var(--line); padding: .5rem 0; }
summary { cursor: pointer; overflow-wrap: anywhere; }
.pass > summary b { color: var(--ok); } .warn > summary b { color: var(--degraded); }
.fail > summary b { color: var(--failed); } .skip, .consequence { color: var(--soft); }
pre { background: var(--quote); padding: .6rem .8rem; white-space: pre-wrap; overflow-wrap: anywhere;
  font-size: .85rem; }
p.label { margin: .6rem 0 0; color: var(--soft); font-size: .85rem; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; } td, th { text-align: left; padding: .25rem .8rem .25rem 0;
  border-bottom: 1px solid var(--line); vertical-align: top; } th { color: var(--soft); font-weight: 500; }
.timeline td { font-size: .85rem; white-space: nowrap; }
.timeline td:last-child { white-space: normal; overflow-wrap: anywhere; width: 100%; }
.bad td { color: var(--failed); } .warning td { color: var(--degraded); } .good td { color: var(--ok); }
.muted td { color: var(--soft); }
footer { margin-top: 2rem; color: var(--soft); font-size: .85rem; }
"""


def write(report: BugReport) -> str:
    """The diagnosis, what was tried, what happened; all that came from the server is text."""
    about = " · ".join(f"{name} {version}" for name, version in report.about.items())
    taken = _("Taken out as secret: {names}").format(names=report.taken) if report.taken else ""
    body = [
        f"<h1>{escape(report.url)}</h1>",
        *(_diagnosis(report.diagnosis) if report.diagnosis else ()),
        f"<h2>{escape(_('What was tried'))}</h2><pre>{escape(report.tried)}</pre>" if report.tried else "",
        _timeline(report) if report.moments else "",
        f"<footer>{escape(about or f'wsgui {__version__}')}</footer>",
        f"<footer>{escape(taken)}</footer>" if taken else "",
    ]
    return (
        f'<!DOCTYPE html>\n<html lang="{spoken()}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(report.url)}</title><style>{_STYLE}</style></head>\n<body>\n"
        + "\n".join(part for part in body if part)
        + "\n</body></html>\n"
    )


def escape(text: str) -> str:
    """Text as HTML, with what is not seen made visible."""
    return html.escape(lines(text))


def _timeline(report: BugReport) -> str:
    rows = [
        f'<tr class="{moment.severity.value}"><td>{escape(moment.clock)}</td><td>{ARROWS[moment.direction]}</td>'
        f"<td>{escape(moment.kind)}</td><td>{escape(moment.text)}</td></tr>"
        for moment in report.moments
    ]
    if report.left_out:
        text = escape(_("… {n:,} more …").format(n=report.left_out))
        rows.insert(len(rows) // 2, f'<tr class="muted"><td></td><td></td><td></td><td>{text}</td></tr>')
    return f'<h2>{escape(_("What happened"))}</h2><table class="timeline">{"".join(rows)}</table>'


def _diagnosis(report: Report) -> list[str]:
    """Problems are open, the rest is folded."""
    cause = CAUSES.get(report.cause or "")
    problems = [finding for finding in report.findings if finding.is_problem]
    others = [finding for finding in report.findings if not finding.is_problem and finding.status is not Status.SKIP]
    skipped = [finding for finding in report.findings if finding.status is Status.SKIP]
    return [
        f'<p class="headline {_CLASS[report.verdict]}"><span>{escape(headline(report))}</span></p>',
        f"<p>{escape(_(cause.explanation))}</p>" if cause else "",
        *(_finding(finding, report, is_open=True) for finding in problems),
        f"<h2>{escape(_('What was checked'))}</h2>",
        *(_finding(finding, report, is_open=False) for finding in others),
        _skipped(skipped),
        _transports(report),
        _server(report),
        f"<h2>{escape(_('In a browser'))}</h2><p>{escape(report.browser.reason)}</p>" if report.browser.reason else "",
    ]


def _finding(finding: Finding, report: Report, *, is_open: bool) -> str:
    is_consequence = finding.id in report.consequences
    fix = "" if is_consequence or not finding.is_problem else finding.fix
    inside = [
        f"<p>{escape(_('A consequence of the cause above.'))}</p>" if is_consequence else "",
        f"<p>{escape(fix)}</p>" if fix else "",
        f"<pre>{escape(finding.code)}</pre>" if fix and finding.code else "",
        *(_evidence(evidence) for evidence in finding.evidence),
    ]
    kind = finding.status.value + (" consequence" if is_consequence else "")
    opened = " open" if is_open and not is_consequence else ""
    summary = f"<b>{_SIGN[finding.status]}</b> {escape(finding.summary)}"
    return f'<details class="{kind}"{opened}><summary>{summary}</summary>{"".join(inside)}</details>'


def _skipped(findings: Sequence[Finding]) -> str:
    """What was not checked, and why; most of it says nothing where all is well."""
    if not findings:
        return ""
    rows = "".join(f"<p>{escape(finding.id)}: {escape(finding.summary)}</p>" for finding in findings)
    return f'<details class="skip"><summary>– {escape(_("What was not checked"))}</summary>{rows}</details>'


def _evidence(evidence: Evidence) -> str:
    return f'<p class="label">{escape(evidence.label)}</p><pre>{escape(evidence.text)}</pre>'


def _transports(report: Report) -> str:
    if not report.transports:
        return ""
    heads = (_("Transport"), "", _("Status"), _("Time"), _("What fails"))
    rows = [
        (row.transport, _SIGN[row.outcome], str(row.status or ""), _time(row.seconds), row.failure)
        for row in report.transports
    ]
    return f"<h2>{escape(_('Transports compared'))}</h2>" + _table(rows, heads)


def _server(report: Report) -> str:
    rows = [(name, _shown(value)) for name, value in report.server.as_json().items() if value is not None]
    return f"<h2>{escape(_('What the server says of itself'))}</h2>" + _table(rows) if rows else ""


def _table(rows: Sequence[tuple[str, ...]], heads: tuple[str, ...] = ()) -> str:
    head = "<tr>" + "".join(f"<th>{escape(text)}</th>" for text in heads) + "</tr>" if heads else ""
    lines = ("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table>{head}{''.join(lines)}</table>"


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _time(seconds: float | None) -> str:
    return "" if seconds is None else _("{ms:.0f} ms").format(ms=seconds * 1000)
