"""Report…: what goes with a bug, shown before anybody gets it, to be copied for an issue or saved as a file."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from wsgui.core.bug_report import BugReport
from wsgui.core.findings import Report
from wsgui.core.i18n import _
from wsgui.core.recorded import Recorded
from wsgui.core.redact import Redaction
from wsgui.core.tasks import TaskOwner
from wsgui.core.visible import lines, one_line
from wsgui.exports.report_formats import report_formats
from wsgui.exports.reporting import make_report
from wsgui.ui.icons import Icon, show_icon
from wsgui.ui.named import named
from wsgui.ui.reports.saving import save, save_dialog
from wsgui.ui.theme import fixed_font


@dataclass(frozen=True, kw_only=True)
class Matter:
    """What the report is about."""

    url: str
    name: str
    """Of the file, without a suffix."""
    tried: str = ""
    recording: Recorded | None = None
    diagnosis: Report | None = None
    secrets: Mapping[str, str] = field(default_factory=dict)


class ReportDialog(QDialog):
    """Puts the report together in a thread, and again when secrets are to be in it."""

    told = Signal(str)
    """What was done, as a sentence."""

    def __init__(self, parent: QWidget, matter: Matter) -> None:
        super().__init__(parent)
        self._matter = matter
        self._tasks = TaskOwner("report")
        self._report: BugReport | None = None
        self.setWindowTitle(_("Report for a bug"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(760, 560)
        self._about = QLabel(
            _("What was tried, what happened, what was found, and the versions: in one file for whoever is to help."),
            wordWrap=True,
        )
        self.redact_box = named(QCheckBox(_("&Take tokens, passwords and cookies out")), "reportRedacted")
        self.redact_box.setChecked(True)
        self.redact_box.toggled.connect(self._make)
        self.taken_label = named(QLabel(wordWrap=True), "reportTaken")
        self.taken_label.setTextFormat(Qt.TextFormat.PlainText)
        self.taken_label.setProperty("tone", "muted")
        self.preview = named(QPlainTextEdit(), "reportPreview", _("The report as Markdown"))
        self.preview.setReadOnly(True)
        self.preview.setFont(fixed_font())
        self.preview.setTabChangesFocus(True)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy_button = named(QPushButton(_("&Copy for an issue")), "copyReport")
        show_icon(self.copy_button, Icon.COPY)
        self.copy_button.setToolTip(_("As Markdown, for GitHub, GitLab and the like"))
        self.save_button = named(QPushButton(_("&Save…")), "saveReport")
        show_icon(self.save_button, Icon.SAVE)
        self.save_button.setProperty("role", "primary")
        self._buttons.addButton(self.copy_button, QDialogButtonBox.ButtonRole.ActionRole)
        self._buttons.addButton(self.save_button, QDialogButtonBox.ButtonRole.ActionRole)
        self.copy_button.clicked.connect(self._copy)
        self.save_button.clicked.connect(self._ask_where)
        self._buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        for part in (self._about, self.redact_box, self.taken_label):
            column.addWidget(part)
        column.addWidget(self.preview, 1)
        column.addWidget(self._buttons)
        self._make()

    @property
    def markdown(self) -> str:
        """The report as it is copied; empty until it is made."""
        return report_formats()[".md"].write(self._report) if self._report else ""

    def save(self, path: Path) -> None:
        """Write it there; the suffix says in which format."""
        self._tasks.start(self._save(path), "save")

    async def close_tasks(self) -> None:
        """Wait for what goes on; for the end of the window."""
        await self._tasks.close()

    def _make(self) -> None:
        self._report = None
        for button in (self.copy_button, self.save_button):
            button.setEnabled(False)
        self._tasks.start(self._put_together(Redaction(self._matter.secrets)), "make")

    async def _put_together(self, redaction: Redaction) -> None:
        matter, clean = self._matter, self.redact_box.isChecked()

        def make() -> BugReport:
            with ExitStack() as stack:
                recording = stack.enter_context(closing(matter.recording.again())) if matter.recording else None
                given = redaction if clean else None
                return make_report(
                    matter.url, given, tried=matter.tried, recording=recording, diagnosis=matter.diagnosis
                )

        report = await asyncio.to_thread(make)
        if clean is not self.redact_box.isChecked():
            return  # the other one is on its way
        self._report = report
        self.preview.setPlainText(lines(self.markdown))
        self.taken_label.setText(self._taken(report, clean))
        for button in (self.copy_button, self.save_button):
            button.setEnabled(True)

    @staticmethod
    def _taken(report: BugReport, clean: bool) -> str:
        if not clean:
            return _(
                "Tokens, passwords and cookies are in it, wherever they were sent. Give it to nobody you do not trust."
            )
        if not report.taken:
            return _(
                "Nothing looked like a secret. Look it through all the same: what is secret to you may not look so."
            )
        return _("Taken out: {names}").format(names=one_line(report.taken, 400))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.markdown)
        self.told.emit(_("The report was copied as Markdown."))

    def _ask_where(self) -> None:
        dialog = save_dialog(self, f"{self._matter.name}-report")
        dialog.fileSelected.connect(lambda path: self.save(Path(path)))
        dialog.open()

    async def _save(self, path: Path) -> None:
        assert self._report is not None  # until it is there, nothing can be saved
        if problem := await save(self._report, path):
            self.taken_label.setText(problem)
            return
        self.told.emit(_("The report was saved to {file}.").format(file=path))
        self.accept()
