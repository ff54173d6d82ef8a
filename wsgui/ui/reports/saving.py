"""A report becomes a file: where the person says, in the format that the file's name says."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from wsgui.core.bug_report import BugReport
from wsgui.core.i18n import _
from wsgui.exports.report_formats import report_formats


def save_dialog(parent: QWidget, stem: str) -> QFileDialog:
    """A dialog that asks where to save a report, and proposes this name; the suffix says in which format."""
    formats = sorted(report_formats().values(), key=lambda each: each.suffix != ".html")  # what opens anywhere first
    dialog = QFileDialog(parent, _("Save the report"))
    dialog.setObjectName("saveReportDialog")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    filters = {f"{_(each.title)} (*{each.suffix})": each.suffix for each in formats}
    dialog.setNameFilters(list(filters))
    dialog.setDefaultSuffix(formats[0].suffix.removeprefix("."))
    dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(filters[chosen].removeprefix(".")))
    dialog.selectFile(stem + formats[0].suffix)
    return dialog


async def save(report: BugReport, file: Path) -> str:
    """Write it; an empty text, or why it could not be written."""
    form = report_formats().get(file.suffix.lower())
    if form is None:
        suffixes = ", ".join(report_formats())
        return _("The name of the report must end in one of {suffixes}.").format(suffixes=suffixes)
    try:
        await asyncio.to_thread(file.write_text, form.write(report), encoding="utf-8")
    except OSError as error:
        return _("The report cannot be written to {file}: {why}").format(file=file, why=error.strerror)
    return ""
