"""The steps of a sequence, one below the other, each with what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from wsgui.core.connection_plan import Step
from wsgui.core.i18n import _
from wsgui.core.records import Severity
from wsgui.core.sequences import said
from wsgui.core.visible import one_line
from wsgui.net.sequence_runner import OUTCOME_SAID, Outcome, StepResult
from wsgui.ui import theme
from wsgui.ui.named import named
from wsgui.ui.plain_tip import plain_tip

_MARK = {Outcome.PASSED: "✓", Outcome.FAILED: "✗", Outcome.NOT_RUN: "–"}
_WORTH_TELLING = 0.0005
"""Seconds."""
_SEVERITY = {Outcome.PASSED: Severity.GOOD, Outcome.FAILED: Severity.BAD, Outcome.NOT_RUN: Severity.MUTED}


class StepTable(QTableWidget):
    """A row per step; the number stands in the header on the left."""

    def __init__(self) -> None:
        super().__init__(0, 2)
        self.results: list[StepResult | None] = []
        named(self, "stepTable", _("Steps"))
        self.setHorizontalHeaderLabels([_("Step"), _("Result")])
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show these, and nothing that came of them; the row that was chosen stays chosen."""
        row = self.currentRow()
        self.setRowCount(len(steps))
        self.results = [None] * len(steps)
        for number, step in enumerate(steps):
            item = QTableWidgetItem(one_line(said(step), 300))
            item.setToolTip(plain_tip(said(step)))
            self.setItem(number, 0, item)
            self.setItem(number, 1, QTableWidgetItem())
        if steps and row >= 0:
            self.selectRow(min(row, len(steps) - 1))

    def show_results(self, results: Sequence[StepResult | None], *, several: bool) -> None:
        """Show what came of the steps; ``several``: of more runs than one."""
        for row, result in enumerate(results):
            if result is not self.results[row]:
                self._show(row, result, several=several)
        self.results = list(results)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            for row, result in enumerate(self.results):
                if result is not None and (item := self.item(row, 1)) is not None:
                    item.setForeground(theme.severity_colour(_SEVERITY[result.outcome]))

    def _show(self, row: int, result: StepResult | None, *, several: bool) -> None:
        item = self.item(row, 1)
        assert item is not None
        if result is None:
            item.setText("")
            item.setToolTip("")
            return
        text = f"{_MARK[result.outcome]} {_(OUTCOME_SAID[result.outcome])}"
        if several:
            text += " · " + _("run {n:,}").format(n=result.run)
        if result.outcome is Outcome.PASSED and result.seconds >= _WORTH_TELLING:
            text += " · " + _("{ms:,.0f} ms").format(ms=result.seconds * 1000)
        if result.outcome is Outcome.FAILED:
            text += ". " + _("Expected: {expected}. Got: {got}").format(expected=result.expected, got=result.got)
        elif result.got:
            text += f" · {result.got}"
        item.setText(one_line(text, 300))
        item.setToolTip(plain_tip(text))
        item.setForeground(theme.severity_colour(_SEVERITY[result.outcome]))
