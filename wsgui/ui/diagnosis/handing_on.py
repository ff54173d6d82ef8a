"""The report of a diagnosis for others: copied as Markdown, or to be saved. Secrets are left out of both."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from PySide6.QtGui import QGuiApplication

from wsgui.core.bug_report import BugReport
from wsgui.core.findings import Report
from wsgui.core.redact import Redaction
from wsgui.exports.report_formats import report_formats
from wsgui.exports.reporting import make_report


def copy_markdown(report: Report, secrets: Mapping[str, str]) -> None:
    """Put it on the clipboard."""
    QGuiApplication.clipboard().setText(report_formats()[".md"].write(handed_on(report, secrets)))


def handed_on(report: Report, secrets: Mapping[str, str]) -> BugReport:
    """The report as others may have it."""
    return make_report(report.url, Redaction(secrets), diagnosis=report)


def proposed_name(report: Report) -> str:
    """What to call its file, without a suffix."""
    return f"{_host(report.url)}-diagnosis"


def _host(url: str) -> str:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = ""
    return "".join(each if each.isalnum() or each in ".-" else "-" for each in host) or "server"
