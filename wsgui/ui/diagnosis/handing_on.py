"""The report for others: copied as Markdown, or saved in one of the formats. Secrets are left out of both."""

from __future__ import annotations

import asyncio
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from wsgui.core.bug_report import BugReport, make_report
from wsgui.core.findings import Report
from wsgui.core.i18n import _
from wsgui.core.option_values import OptionValues
from wsgui.core.redact import Redaction, secrets_of
from wsgui.exports.report_formats import ReportFormat, report_formats


def copy_markdown(report: Report, values: OptionValues) -> None:
    """Put it on the clipboard."""
    QGuiApplication.clipboard().setText(report_formats()[".md"].write(_handed_on(report, values)))


def save_dialog(parent: QWidget, report: Report) -> QFileDialog:
    """A dialog that asks where to save the report; the suffix says in which format."""
    formats = _in_order()
    dialog = QFileDialog(parent, _("Save the report"))
    dialog.setObjectName("saveReportDialog")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    filters = {f"{_(each.title)} (*{each.suffix})": each.suffix for each in formats}
    dialog.setNameFilters(list(filters))
    dialog.setDefaultSuffix(formats[0].suffix.removeprefix("."))
    dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(filters[chosen].removeprefix(".")))
    dialog.selectFile(f"{_host(report.url)}-diagnosis{formats[0].suffix}")
    return dialog


async def save(report: Report, values: OptionValues, file: Path) -> str:
    """Write it; an empty text, or why it could not be written."""
    form = report_formats().get(file.suffix.lower())
    if form is None:
        suffixes = ", ".join(report_formats())
        return _("The name of the report must end in one of {suffixes}.").format(suffixes=suffixes)
    text = form.write(_handed_on(report, values))
    try:
        await asyncio.to_thread(file.write_text, text, encoding="utf-8")
    except OSError as error:
        return _("The report cannot be written to {file}: {why}").format(file=file, why=error.strerror)
    return ""


def _handed_on(report: Report, values: OptionValues) -> BugReport:
    return make_report(report.url, Redaction(secrets_of(values)), diagnosis=report)


def _in_order() -> list[ReportFormat]:
    """The one that opens anywhere first."""
    return sorted(report_formats().values(), key=lambda each: each.suffix != ".html")


def _host(url: str) -> str:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = ""
    return "".join(each if each.isalnum() or each in ".-" else "-" for each in host) or "server"
