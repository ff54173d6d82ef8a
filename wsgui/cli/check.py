"""``wsgui check``: the diagnosis for a terminal, a script, or a file to hand on. Secrets are left out of all three."""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from wsgui.checks.diagnosis import Diagnosis, Question
from wsgui.cli import print_nowhere
from wsgui.core.bug_report import BugReport
from wsgui.core.causes import CAUSES
from wsgui.core.findings import Finding, Report, Status, Verdict
from wsgui.core.i18n import _
from wsgui.core.redact import Redaction, secrets_of
from wsgui.core.tasks import TaskOwner
from wsgui.core.verdict import headline
from wsgui.core.visible import json_text, lines, one_line
from wsgui.exports.report_formats import report_formats
from wsgui.exports.reporting import make_report

WORKS, PROBLEM = 0, 1

_SIGN = {Status.PASS: "✓", Status.WARN: "!", Status.FAIL: "✗", Status.SKIP: "–"}


async def run(question: Question, secrets: Mapping[str, str], *, as_json: bool, file: Path | None) -> int:
    """Diagnose and print, without ``secrets``; exit status 0 only where all is well. Ctrl-C ends it, as a problem."""
    stop = asyncio.Event()
    with contextlib.suppress(NotImplementedError):  # Windows: there Ctrl-C ends asyncio.run by KeyboardInterrupt
        asyncio.get_running_loop().add_signal_handler(signal.SIGINT, stop.set)
    reports: list[Report] = []

    async def work() -> None:
        reports.append(await Diagnosis(question).run())

    tasks = TaskOwner("check")
    working = tasks.start(work(), "diagnosis")
    asked = tasks.start(_wait(stop), "until Ctrl-C")
    try:
        await asyncio.wait((working, asked), return_when=asyncio.FIRST_COMPLETED)
    finally:
        await tasks.close()
    if not reports:
        return PROBLEM
    redaction = Redaction({**secrets, **secrets_of(question.values)})
    report = redaction.report(reports[0])
    _print(json_of(report) if as_json else "\n".join(text_of(report)))
    if file is not None and not _save(make_report(report.url, redaction, diagnosis=report), file):
        return PROBLEM
    return WORKS if report.verdict is Verdict.OK else PROBLEM


def json_of(report: Report) -> str:
    """The report as one JSON object."""
    return json_text(json.dumps(report.as_json(), ensure_ascii=False))


def text_of(report: Report) -> list[str]:
    """The report for a terminal: the headline, the fix, the problems with their evidence, then all that was checked."""
    said = [one_line(headline(report)), ""]
    if cause := CAUSES.get(report.cause or ""):
        said += [_(cause.explanation), ""]
    problems = [finding for finding in report.findings if finding.is_problem]
    for finding in problems:
        said += _problem(finding, report)
    for finding in report.findings:
        if not finding.is_problem and finding.status is not Status.SKIP:
            said.append(f"{_SIGN[finding.status]} {one_line(finding.summary, 200)}")
    if report.browser.allowed is not None:
        said += ["", _("In a browser: {reason}").format(reason=one_line(report.browser.reason))]
    return said


def _problem(finding: Finding, report: Report) -> list[str]:
    said = [f"{_SIGN[finding.status]} {one_line(finding.summary)}"]
    if finding.id in report.consequences:
        return [*said, "    " + _("A consequence of the cause above."), ""]
    for evidence in finding.evidence:
        said.append(f"    {one_line(evidence.label, 150)}:")
        said += [f"    | {line}" for line in lines(evidence.text).split("\n")]
    if finding.fix:
        said.append(f"    → {one_line(finding.fix)}")
        said += [f"      {line}" for line in finding.code.split("\n") if finding.code]
    return [*said, ""]


def _save(report: BugReport, file: Path) -> bool:
    try:
        file.write_text(report_formats()[file.suffix.lower()].write(report), encoding="utf-8")
    except OSError as error:
        sys.stderr.write(
            _("wsgui: The report cannot be written to {file}: {why}").format(file=file, why=error.strerror) + "\n"
        )
        return False
    return True


def _print(text: str) -> None:
    try:
        print(text, flush=True)
    except BrokenPipeError:  # whoever read this (`| head`) has seen enough
        print_nowhere()


async def _wait(event: asyncio.Event) -> None:
    await event.wait()
