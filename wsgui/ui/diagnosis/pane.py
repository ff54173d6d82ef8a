"""The page Diagnosis: it asks, shows what is found as it comes, says the cause, and offers the fix.

It knows nothing of the tab but what it is given: what the form says, and the recording that exchanges are told to.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from wsgui.core.address import AddressError, read_origin
from wsgui.core.causes import CAUSES
from wsgui.core.console_texts import Candidate
from wsgui.core.findings import SENTENCE, Change, Report
from wsgui.core.i18n import N_, _
from wsgui.core.tasks import TaskOwner
from wsgui.core.verdict import headline
from wsgui.core.visible import one_line
from wsgui.ui import language, motion
from wsgui.ui.diagnosis.console_box import ConsoleBox
from wsgui.ui.diagnosis.findings_view import LONGEST_SENTENCE, FindingsView
from wsgui.ui.diagnosis.fixes import Fixes, remedies
from wsgui.ui.diagnosis.handing_on import copy_markdown, handed_on, proposed_name
from wsgui.ui.diagnosis.run import Form, Run, State
from wsgui.ui.diagnosis.tables import Tables
from wsgui.ui.diagnosis.words import LEVEL_TONE, LEVEL_WORD
from wsgui.ui.empty_state import EmptyState
from wsgui.ui.flow_layout import FlowLayout
from wsgui.ui.icons import Icon, show_icon
from wsgui.ui.named import named
from wsgui.ui.plain_label import PlainLabel
from wsgui.ui.reports.saving import save, save_dialog
from wsgui.ui.theme import restyle, show_bad

if TYPE_CHECKING:
    from wsgui.net.tap import Tap


_REFRESH_MILLISECONDS = 30
"""While findings come: several in one turn are shown at once."""


class DiagnosisPane(QWidget):
    """``form`` says what the tab says, with this origin and ``slow``, or ``None`` where it is not fit to be used."""

    apply_wanted = Signal(Change)
    undo_wanted = Signal()
    jump_wanted = Signal(int)
    cause_wanted = Signal(str)
    """The person wants to read more of the cause with this id."""
    told = Signal(str)
    """Something the person should know that has no better place."""

    def __init__(self, form: Callable[[str, bool], Form | None], tap: Callable[[], Tap]) -> None:
        super().__init__()
        self._form = form
        self._tasks = TaskOwner("diagnosis page")
        self.run = Run(tap)
        self.origin_edit = named(QLineEdit(), "originEdit", _("Origin of the web page"))
        self.origin_edit.setPlaceholderText(_("Origin of the web page, such as https://app.example.com"))
        self.origin_edit.setToolTip(_("With it, the checks say what a browser on that page would do."))
        self.origin_problem = named(PlainLabel(tone="bad"), "originProblem")
        self.origin_problem.hide()
        self.slow_box = named(QCheckBox(_("S&low checks too")), "slowBox")
        self.slow_box.setToolTip(_("Also wait, for a minute or two, for what drops an idle connection."))
        self.run_button = named(QPushButton(_("Run again")), "runAgainButton")
        self.failed_button = named(QPushButton(_("Only the failed")), "runFailedButton")
        self.failed_button.setToolTip(
            _("Run the checks again that found a problem. If the form has changed since, all of them run.")
        )
        self.cancel_button = named(QPushButton(_("Cancel")), "cancelDiagnosisButton")
        self.console_button = named(QPushButton(_("What does my console say?")), "consoleButton")
        self.console_button.setCheckable(True)
        self.copy_button = named(QPushButton(_("Copy as Markdown")), "copyMarkdownButton")
        self.save_button = named(QPushButton(_("Save report…")), "saveReportButton")
        for button, which in (
            (self.run_button, Icon.RUN),
            (self.failed_button, Icon.REPEAT),
            (self.cancel_button, Icon.CLOSE),
            (self.console_button, Icon.CONSOLE),
            (self.copy_button, Icon.COPY),
            (self.save_button, Icon.SAVE),
        ):
            show_icon(button, which)
        self.progress = named(QProgressBar(), "diagnosisProgress", _("Progress of the diagnosis"))
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(4)
        self._pill = named(QLabel(), "verdictPill", _("Verdict"))
        self.headline = named(PlainLabel(), "headlineLabel")
        self._explanation = PlainLabel(tone="muted")
        self.learn_button = named(QToolButton(), "learnMore", _("Learn more of this cause"))
        self.learn_button.setText(_("Learn more"))
        self.learn_button.setAutoRaise(True)
        self.learn_button.setProperty("role", "link")
        self.findings = FindingsView()
        self.fixes = Fixes()
        self.tables = Tables()
        self.console = ConsoleBox()
        self._stack = QStackedWidget()
        self._empty = EmptyState(self._stack)
        self._timer = QTimer(self, singleShot=True, interval=_REFRESH_MILLISECONDS)
        self._timer.timeout.connect(self._show)
        self._lay_out()
        self._connect()
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._show()

    def start(self) -> None:
        """Run all checks on what the form says."""
        self._start()

    def cancel(self) -> None:
        """End the run; what was found stays."""
        self.run.cancel()

    async def close_run(self) -> None:
        """End what runs, and wait for it."""
        await self.run.close()
        await self._tasks.close()

    def choose_file(self) -> QFileDialog:
        """Ask where to save the report."""
        report = self.run.report
        assert report is not None
        dialog = save_dialog(self, proposed_name(report))
        dialog.fileSelected.connect(self.save_to)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def save_to(self, name: str) -> None:
        """Save the report to this file."""
        if self.run.report is not None and self.run.form is not None:
            self._tasks.start(self._save(self.run.report, self.run.form, Path(name)), "save")

    # The run

    def _start(self, only: frozenset[str] = frozenset(), decided_by: Candidate | None = None) -> None:
        try:
            origin = read_origin(self.origin_edit.text())
        except AddressError as error:
            self._refuse_origin(str(error))
            self.origin_edit.setFocus()
            return
        self._refuse_origin("")
        form = self._form(origin, self.slow_box.isChecked())
        if form is None:
            return
        if form != self.run.form:
            self.findings.forget()
            self.tables.forget()
        stages = frozenset(decided_by.decided_by) if decided_by else frozenset()
        self.run.start(form, only, stages)

    def _refuse_origin(self, sentence: str) -> None:
        """Say under the origin why it is none; an empty text takes that back."""
        self.origin_problem.show_text(sentence)
        show_bad(self.origin_edit, bad=bool(sentence))

    def _decide(self, candidate: Candidate) -> None:
        self._start(decided_by=candidate)

    async def _save(self, report: Report, form: Form, file: Path) -> None:
        problem = await save(handed_on(report, form.secrets), file)
        self.told.emit(problem or _("The report was saved to {file}.").format(file=file))

    def _learn(self) -> None:
        if self.run.report is not None and self.run.report.cause:
            self.cause_wanted.emit(self.run.report.cause)

    def _copy(self) -> None:
        if self.run.report is not None and self.run.form is not None:
            copy_markdown(self.run.report, self.run.form.secrets)
            self.told.emit(_("The report was copied as Markdown, without secrets."))

    # What is shown of it

    def _show_soon(self) -> None:
        if not self.run.running or not self.run.done:
            self._timer.stop()
            self._show()
        elif not self._timer.isActive():
            self._timer.start()

    def _open_headline(self) -> None:
        """Open the finding that the headline speaks of: its evidence is what one looks for first."""
        report = self.run.report
        if report is not None and report.cause and self.run.state is State.DONE:
            found = (each.id for each in report.findings if each.is_problem and each.cause == report.cause)
            self.findings.open_finding(next(found))

    def _show(self) -> None:
        run, report = self.run, self.run.report
        over = not run.running and report is not None
        typing = self.cancel_button.hasFocus() or self.run_button.hasFocus()
        self.cancel_button.setVisible(run.running)
        self.run_button.setVisible(not run.running)
        self.run_button.setText(_("Diagnose") if run.state is State.NEW else _("Run again"))
        if typing:
            (self.cancel_button if run.running else self.run_button).setFocus()
        self.failed_button.setEnabled(over and bool(run.failed))
        for button in (self.copy_button, self.save_button):
            button.setEnabled(over)
        self.progress.setMaximum(run.expected or (0 if run.running and not motion.less() else 1))
        self.progress.setValue(run.done if run.running else 0)
        if self.progress.property("idle") is run.running or self.progress.property("idle") is None:
            self.progress.setProperty("idle", not run.running)
            restyle(self.progress)
        self._show_headline()
        self.findings.show_report(report, run.titles)
        if report is not None and run.form is not None:
            self.fixes.show_remedies(remedies(report, run.form.origin))
            if not run.running:
                self.tables.show_report(report, run.form)
            self.tables.setVisible(self.tables.filled)
        else:
            self.fixes.show_remedies(())
            self.tables.hide()
        if not run.running:
            self.console.show_report(report)

    def _show_headline(self) -> None:
        run, report = self.run, self.run.report
        cause = CAUSES.get(report.cause or "") if report else None
        self._explanation.show_text(_(cause.explanation) if cause else "")
        self.learn_button.setVisible(cause is not None)
        if run.running:
            counted = _("{done} of {all} checks").format(done=run.done, all=run.expected or "…")
            said = _("Diagnosing: {counted}.").format(counted=counted)
            if cause:
                said += " " + _("Until now: {title}").format(title=_(cause.title))
            self._show_verdict(_("Running"), "muted", said)
        elif report is None:
            self._show_verdict(_("Cancelled") if run.state is State.CANCELLED else "", "muted", "")
        elif run.state is State.CANCELLED:
            known = f"{_(SENTENCE[report.level])} {_(cause.title)}" if cause else _("No problem was found until then.")
            self._show_verdict(_("Cancelled"), "muted", _("Not all was checked. ") + known)
        else:
            self._show_verdict(
                _(LEVEL_WORD[report.level]), LEVEL_TONE[report.level], one_line(headline(report), LONGEST_SENTENCE)
            )

    def _show_empty(self) -> None:
        """Say what a diagnosis is, as long as there is none and nobody asks about the console."""
        said = _(
            "Diagnose finds out why a connection fails, stays on polling or will drop, shows the evidence from the "
            "wire, and names the fix. It asks the server about 25 times, and puts no load on it."
        )
        nothing = self.run.report is None and not self.run.running and self._stack.currentWidget() is not self.console
        self._empty.show_state(said if nothing else "", (N_("Diagnose"), self.start))

    def _show_verdict(self, word: str, tone: str, sentence: str) -> None:
        self._show_empty()
        self.headline.setVisible(bool(sentence))
        self._pill.setText(word)
        self._pill.setVisible(bool(word))
        self.headline.setText(sentence)
        if self._pill.property("pill") != tone:
            self._pill.setProperty("pill", tone)
            restyle(self._pill)

    # Layout

    def _lay_out(self) -> None:
        self.origin_edit.setMinimumWidth(180)
        asked = FlowLayout(self.origin_edit, self.slow_box, self.run_button, self.cancel_button, self.failed_button)
        verdict = QHBoxLayout()
        verdict.setSpacing(8)
        verdict.addWidget(self._pill, 0, Qt.AlignmentFlag.AlignTop)
        verdict.addWidget(self.headline, 1)
        between = QWidget()
        between.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        on = FlowLayout(self.console_button, between, self.copy_button, self.save_button)

        beside = QWidget()
        column = QVBoxLayout(beside)
        column.setContentsMargins(6, 0, 6, 0)
        column.setSpacing(6)
        for part in (self._explanation, self.learn_button, self.fixes, self.tables):
            column.addWidget(part)
        column.addStretch()
        scroll = named(QScrollArea(), "besideFindings", _("Cause, fix and tables"))
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(beside)
        halves = self.halves = named(QSplitter(Qt.Orientation.Horizontal), "diagnosisSplitter")
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.findings)
        halves.addWidget(scroll)
        halves.setSizes([460, 420])
        self._stack.addWidget(halves)
        self._stack.addWidget(self.console)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(asked)
        layout.addWidget(self.origin_problem)
        layout.addWidget(self.progress)
        layout.addLayout(verdict)
        layout.addWidget(self._stack, 1)
        layout.addLayout(on)

    def _connect(self) -> None:
        self.run.changed.connect(self._show_soon)
        language.changed.connect(self.run.tell_again)
        self.run.ended.connect(self._open_headline)
        self.run_button.clicked.connect(self.start)
        self.origin_edit.returnPressed.connect(self.start)
        self.origin_edit.textEdited.connect(lambda _text: self._refuse_origin(""))
        self.failed_button.clicked.connect(lambda: self._start(self.run.failed))
        self.cancel_button.clicked.connect(self.cancel)
        self.copy_button.clicked.connect(self._copy)
        self.save_button.clicked.connect(self.choose_file)
        self.console_button.toggled.connect(self._show_console)
        self.console.check_wanted.connect(self._decide)
        self.findings.jump_wanted.connect(self.jump_wanted)
        self.findings.cause_wanted.connect(self.cause_wanted)
        self.learn_button.clicked.connect(self._learn)
        self.findings.again_wanted.connect(lambda key: self._start(frozenset({key})))
        self.fixes.apply_wanted.connect(self.apply_wanted)
        self.fixes.undo_wanted.connect(self.undo_wanted)

    def _show_console(self, shown: bool) -> None:
        self.console_button.setText(_("Back to the findings") if shown else _("What does my console say?"))
        self._stack.setCurrentIndex(int(shown))
        self._show_empty()
        if shown:
            self.console.setFocus()
