"""What does my console say? A box for text that was copied from a console or a log, and the causes it may come from."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from wsgui.core.causes import CAUSES
from wsgui.core.console_texts import Candidate, read
from wsgui.core.findings import STAGE_LABEL, Report
from wsgui.core.i18n import _, plural
from wsgui.core.visible import one_line
from wsgui.ui.named import named
from wsgui.ui.plain_label import PlainLabel
from wsgui.ui.theme import fixed_font

_MOST_SHOWN = 8
"""Candidates; what comes after them is hardly more than a word in common."""
_MOST_TEXT = 1_000_000
"""Characters that are read."""
_EXAMPLE = "WebSocket connection to 'ws://…' failed: Invalid frame header"
"""As Chrome says it, in every language."""
_PAUSE_MILLISECONDS = 150
"""After the last key, before it is read."""


class ConsoleBox(QWidget):
    """Reads while one types, and offers the checks that decide."""

    check_wanted = Signal(Candidate)

    def __init__(self) -> None:
        super().__init__()
        self.edit = named(QPlainTextEdit(), "consoleEdit", _("Text of a console or a log"))
        self.edit.setPlaceholderText(
            _("Paste what the browser's console, the server's log or a terminal says, for example:") + f"\n{_EXAMPLE}"
        )
        self.edit.setFont(fixed_font())
        self.edit.setTabChangesFocus(True)
        self.candidates: tuple[Candidate, ...] = ()
        self._report: Report | None = None
        self._said = PlainLabel(tone="muted")
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 6, 0)
        self._list.setSpacing(6)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._said)
        column.addLayout(self._list)
        column.addStretch()
        scroll = named(QScrollArea(), "candidateView", _("What it may come from"))
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(PlainLabel(_("What does my console say?"), "title"))
        layout.addWidget(self.edit, 1)
        layout.addWidget(scroll, 2)
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MILLISECONDS)
        self._timer.timeout.connect(self._read)
        self.edit.textChanged.connect(self._timer.start)
        self.setFocusProxy(self.edit)
        self._show()

    def show_report(self, report: Report | None) -> None:
        """What a diagnosis has found: it confirms a candidate or does not."""
        self._report = report
        self._show()

    def _read(self) -> None:
        self.candidates = read(self.edit.toPlainText()[:_MOST_TEXT])[:_MOST_SHOWN]
        self._show()

    def _show(self) -> None:
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        typed = bool(self.edit.toPlainText().strip())
        if self.candidates:
            number = len(self.candidates)
            said = plural(
                "It may come from this cause:", "It may come from one of {n} causes, the likeliest first:", number
            )
            self._said.setText(said.format(n=number))
        elif typed:
            self._said.setText(
                _("Nothing in this text is a message that is known. Copy the whole line with the error, or Diagnose.")
            )
        else:
            self._said.setText(_("The causes that it may come from will be shown here, and the checks that decide."))
        for candidate in self.candidates:
            self._list.addWidget(self._row(candidate))

    def _row(self, candidate: Candidate) -> QWidget:
        row = named(QFrame(), "candidate", _(CAUSES[candidate.cause].title))
        row.setProperty("card", True)
        column = QVBoxLayout(row)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(4)
        top = QHBoxLayout()
        title = PlainLabel(_(CAUSES[candidate.cause].title), "title")
        top.addWidget(title, 1)
        stages = ", ".join(_(STAGE_LABEL[stage]) for stage in candidate.decided_by)
        button = named(QPushButton(_("Run the deciding check")), "decideButton")
        button.setAccessibleName(_("Run the check that decides: {stages}").format(stages=stages))
        button.clicked.connect(lambda: self.check_wanted.emit(candidate))
        top.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        column.addWidget(PlainLabel(_(candidate.why)))
        for quote in candidate.quotes:
            label = PlainLabel(one_line(quote, 300), "muted")
            label.setFont(fixed_font())
            column.addWidget(label)
        column.addWidget(PlainLabel(_("Decided by the checks of: {stages}").format(stages=stages), "muted"))
        if verdict := self._verdict(candidate):
            column.addWidget(PlainLabel(*verdict))
        return row

    def _verdict(self, candidate: Candidate) -> tuple[str, str] | None:
        if self._report is None or not any(each.stage in candidate.decided_by for each in self._report.findings):
            return None
        if any(each.cause == candidate.cause for each in self._report.findings):
            return (_("✓ The diagnosis found this cause."), "good")
        return (_("– The diagnosis of this URL did not find this cause."), "muted")
