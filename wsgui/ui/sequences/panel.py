"""The sequences of a tab: choose one, change its steps, run it, see what came of each step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from wsgui.core.connection_plan import Check, Pause, Send, Step, Wait
from wsgui.core.i18n import N_, _
from wsgui.core.sequences import MOST_TIMES, SavedSequence
from wsgui.core.visible import one_line
from wsgui.net.sequence_runner import Outcome, StepResult
from wsgui.ui.command import add_command
from wsgui.ui.empty_state import EmptyState
from wsgui.ui.icons import Icon, show_icon
from wsgui.ui.named import KEEPS_TEXT, named
from wsgui.ui.plain_label import PlainLabel
from wsgui.ui.plain_tip import plain_tip
from wsgui.ui.sequences.changes import Changes
from wsgui.ui.sequences.files import SequenceFiles
from wsgui.ui.sequences.naming import ask_for_name, ask_for_note
from wsgui.ui.sequences.step_dialog import StepDialog
from wsgui.ui.sequences.step_table import StepTable

if TYPE_CHECKING:
    from wsgui.ui.saved.composer import Composer
    from wsgui.ui.saved.saving import Saving
    from wsgui.ui.sequences.runs import Runs

REFRESH = 33
"""Milliseconds between two looks at what came of the steps."""


class SequencePanel(QWidget):
    """``plain``: for a plain WebSocket. ``composer`` is the pane beside it, in which messages are typed."""

    def __init__(self, runs: Runs, saving: Saving, composer: Composer, *, plain: bool) -> None:
        super().__init__()
        self.runs = runs
        self._composer = composer
        self.store = saving.sequences
        self.changes = Changes(self, self.store)
        self._plain = plain
        self._shown: SavedSequence | None = None
        self._awaited = ""
        """The key of the sequence that is to be chosen when it is there."""
        self._next_row: int | None = None
        """The row that is to be chosen when the change is done."""
        self._results: list[StepResult | None] = []
        self.dialog: StepDialog | None = None
        self.files = SequenceFiles(self)
        self.box = named(QComboBox(), "sequenceBox", _("Sequence"))
        self.box.setProperty(KEEPS_TEXT, True)
        self.box.setMinimumContentsLength(18)
        self.new_button = named(QPushButton(_("&New…")), "newSequenceButton")
        self.more_button = _menu_button("moreSequenceButton", _("More"))
        self.table = StepTable()
        self._empty = EmptyState(self.table)
        self.add_button = _menu_button("addStepButton", _("Add a step"))
        self.edit_button = named(QPushButton(_("&Edit…")), "editStepButton")
        self.up_button = _tool("upStepButton", "↑", _("Move the step up"))
        self.down_button = _tool("downStepButton", "↓", _("Move the step down"))
        self.remove_button = _tool("removeStepButton", "✕", _("Remove the step"))
        tip = _("Take back the last change of a sequence, its deletion too (Ctrl+Z)")
        self.undo_button = _tool("undoSequenceButton", "", tip)
        self.row_button = named(QPushButton(_("Show in &log")), "rowOfStepButton")
        self.times_edit = named(QLineEdit("1"), "timesEdit", _("How often"))
        self.times_edit.setFixedWidth(self.times_edit.fontMetrics().averageCharWidth() * 9 + 16)
        self.run_button = named(QPushButton(_("&Run")), "runButton")
        self.run_button.setProperty("role", "primary")
        for button, which in (
            (self.new_button, Icon.PLUS),
            (self.add_button, Icon.PLUS),
            (self.edit_button, Icon.EDIT),
            (self.undo_button, Icon.UNDO),
        ):
            show_icon(button, which)
        show_icon(self.run_button, Icon.RUN, "on_accent")
        self.said = named(PlainLabel(), "sequenceSaid")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REFRESH)
        self._timer.timeout.connect(self._show_results)
        self._lay_out()
        self.setFocusProxy(self.box)
        self._fill_menus()  # after the proxy: the other way round Qt cuts the chain of Tab in two (6.11)
        self._connect()
        self.store.load()
        self.refresh()

    def _fill_menus(self) -> None:
        adding = QMenu(self)
        add_command(adding, _("Send what is typed"), self._add_typed)
        add_command(adding, _("Send…"), lambda: self.open_step(Send("", ack=not self._plain)))
        add_command(adding, _("Wait…"), lambda: self.open_step(Wait()))
        add_command(adding, _("Check…"), lambda: self.open_step(Check()))
        add_command(adding, _("Pause…"), lambda: self.open_step(Pause(1.0)))
        self.add_button.setMenu(adding)
        more = QMenu(self)
        add_command(more, _("Rename…"), self._ask_for_other_name)
        add_command(more, _("Note…"), self._ask_for_note)
        add_command(more, _("Duplicate"), self._duplicate)
        add_command(more, _("Delete the sequence"), self._delete)
        more.addSeparator()
        add_command(more, _("Import…"), self.files.ask_what_to_import)
        add_command(more, _("Export for “wsgui run”…"), self.files.ask_where)
        add_command(more, _("Export as code…"), self.files.show_code)
        self.more_button.setMenu(more)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.box)
        top.addWidget(self.new_button)
        top.addWidget(self.more_button)
        top.addStretch(1)
        top.addWidget(QLabel(_("Times")))
        top.addWidget(self.times_edit)
        top.addWidget(self.run_button)
        bottom = QHBoxLayout()
        bottom.setSpacing(8)
        bottom.addWidget(self.add_button)
        bottom.addWidget(self.edit_button)
        tools = QHBoxLayout()
        tools.setSpacing(2)
        for tool in (self.up_button, self.down_button, self.remove_button, self.undo_button):
            tools.addWidget(tool)
        bottom.addLayout(tools)
        bottom.addStretch(1)
        bottom.addWidget(self.row_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.said)
        column.addWidget(self.table, 1)
        column.addLayout(bottom)

    def _connect(self) -> None:
        self.store.changed.connect(self.refresh)
        self.runs.told.connect(self._take)
        self.runs.ended.connect(self._end)
        self.box.currentIndexChanged.connect(lambda _row: self._choose())
        self.new_button.clicked.connect(lambda: ask_for_name(self, "", self._make))
        self.table.itemSelectionChanged.connect(self._show_buttons)
        self.table.cellDoubleClicked.connect(lambda _row, column: self._show_row() if column else self._edit())
        self.edit_button.clicked.connect(self._edit)
        self.up_button.clicked.connect(lambda: self._move(-1))
        self.down_button.clicked.connect(lambda: self._move(1))
        self.remove_button.clicked.connect(self._remove)
        self.undo_button.clicked.connect(self.changes.undo)
        self.changes.made.connect(self._show_buttons)
        self.changes.undone.connect(self.choose)
        undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
        undo.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        undo.activated.connect(self.undo_button.click)
        self.row_button.clicked.connect(self._show_row)
        self.times_edit.editingFinished.connect(self._keep_times)
        self.run_button.clicked.connect(self.run_or_stop)

    # What is shown

    @property
    def sequence(self) -> SavedSequence | None:
        """The one that is chosen."""
        key = self.box.currentData()
        return next((each for each in self.store.content or () if each.key == key), None)

    def choose(self, key: str) -> None:
        """Show that sequence, as soon as it is there."""
        self._awaited = key
        self.refresh()

    def refresh(self) -> None:
        """Show what there is now."""
        here = [each for each in self.store.content or () if each.plain == self._plain]
        wanted = self._awaited if any(each.key == self._awaited for each in here) else self.box.currentData()
        self._awaited = "" if wanted == self._awaited else self._awaited
        self.box.blockSignals(True)
        self.box.clear()
        for each in here:
            self.box.addItem(one_line(each.name, 80), each.key)
        self.box.setCurrentIndex(max(0, self.box.findData(wanted)) if here else -1)
        self.box.blockSignals(False)
        self._choose()

    def _choose(self) -> None:
        sequence = self.sequence
        if sequence != self._shown or sequence is None:
            if not self.runs.running:
                self.said.show_text("")
            self._shown = sequence
            self.table.show_steps(sequence.steps if sequence else ())
            if self._next_row is not None:
                self.table.selectRow(self._next_row)
                self._next_row = None
            self._results = [None] * self.table.rowCount()
            self.times_edit.setText(str(sequence.times if sequence else 1))
            self.box.setToolTip(plain_tip(sequence.note) if sequence else "")
        if self.store.content is None:
            self.said.show_text(_("Reading the sequences …"))
        elif sequence is None:
            self.said.show_text("")
            sentence = _("No sequence yet. Make one, or save rows of the log as one.")
            self._empty.show_state(sentence, (N_("New sequence…"), self.new_button.click))
        elif not sequence.steps:
            sentence = _("No step yet: what is typed under Send can be the first.")
            self._empty.show_state(sentence, (N_("Add what is typed"), self._add_typed))
        else:
            self._empty.show_state("")
        self._show_buttons()

    def _show_buttons(self) -> None:
        row, running = self.table.currentRow(), self.runs.running
        chosen = self.sequence is not None and row >= 0 and not running
        for button in (self.edit_button, self.remove_button):
            button.setEnabled(chosen)
        self.up_button.setEnabled(chosen and row > 0)
        self.down_button.setEnabled(chosen and row < self.table.rowCount() - 1)
        self.add_button.setEnabled(self.sequence is not None and not running)
        self.undo_button.setEnabled(self.changes.can_undo and not running)
        self.box.setEnabled(not running)
        result = self._results[row] if 0 <= row < len(self._results) else None
        self.row_button.setEnabled(result is not None and result.seq > 0)
        self.run_button.setText(_("&Stop") if running else _("&Run"))
        self.run_button.setEnabled(running or self.table.rowCount() > 0)

    # Running

    def run_or_stop(self) -> None:
        """Run the sequence on the connection of this tab, or stop it."""
        if self.runs.running:
            self.runs.stop()
            return
        sequence = self.sequence
        if sequence is None or not self._keep_times():
            return
        sequence = replace(sequence, times=self._times())
        self._results = [None] * len(sequence.steps)
        self._show_results()
        self.said.show_text(self.runs.start(sequence) or _("Running …"))
        self._show_buttons()

    def _take(self, result: StepResult) -> None:
        if result.number <= len(self._results):
            self._results[result.number - 1] = result
            if not self._timer.isActive():
                self._timer.start()

    def _show_results(self) -> None:
        self.table.show_results(self._results, several=self._times() > 1)
        self._show_buttons()

    def _end(self, passed: bool) -> None:
        done = [result for result in self._results if result is not None]
        failed = next((result for result in done if result.outcome is Outcome.FAILED), None)
        if passed:
            self.said.show_text(_("Passed: all {n} steps").format(n=len(done)))
        elif failed is not None:
            self.said.show_text(_("Failed at step {n}").format(n=failed.number))
            self.table.selectRow(failed.number - 1)
        else:
            self.said.show_text(_("Stopped"))
        QTimer.singleShot(0, self, self._show_results)  # the task that tells this has not ended yet

    def _show_row(self) -> None:
        row = self.table.currentRow()
        result = self._results[row] if 0 <= row < len(self._results) else None
        if result is not None and result.seq:
            self.runs.show_row(result.seq)

    # Changing

    def open_step(self, step: Step, row: int | None = None) -> None:
        """Ask for a step, to be put behind the one that is chosen, or in the place of ``row``."""
        self.dialog = StepDialog(self, step, plain=self._plain)
        self.dialog.saved.connect(lambda changed: self._put(changed, row))
        self.dialog.open()

    def _edit(self) -> None:
        sequence, row = self.sequence, self.table.currentRow()
        if sequence is not None and row >= 0 and not self.runs.running:
            self.open_step(sequence.steps[row], row)

    def _add_typed(self) -> None:
        message = self._composer.typed_message()
        if message is None:
            self.said.show_text(_("Nothing is typed under Send."))
            return
        from wsgui.core.recorded_steps import step_of_message

        self._put(step_of_message(message), None)

    def _put(self, step: Step, row: int | None) -> None:
        at = self.table.currentRow() + 1 if row is None and self.table.currentRow() >= 0 else self.table.rowCount()

        def change(steps: list[Step]) -> None:
            if row is None:
                steps.insert(at, step)
            elif row < len(steps):
                steps[row] = step

        self._change_steps(change, at if row is None else row)

    def _move(self, way: int) -> None:
        row = self.table.currentRow()
        self._change_steps(lambda steps: steps.insert(row + way, steps.pop(row)), row + way)

    def _remove(self) -> None:
        row = self.table.currentRow()
        self._change_steps(lambda steps: steps.pop(row), max(0, row - 1))

    def _change_steps(self, change: Callable[[list[Step]], object], row: int) -> None:
        def changed(sequence: SavedSequence) -> SavedSequence:
            steps = list(sequence.steps)
            change(steps)
            return replace(sequence, steps=tuple(steps))

        self._next_row = row
        self._alter(changed)

    def _alter(self, change: Callable[[SavedSequence], SavedSequence]) -> None:
        """Change the sequence that is chosen, as it is when all changes before this one are done."""
        self._awaited = self.box.currentData() or ""
        self.changes.alter(self._awaited, change)

    def _add(self, sequence: SavedSequence) -> None:
        self._awaited = sequence.key
        self.changes.add(sequence)

    def _times(self) -> int:
        text = self.times_edit.text().strip()
        return int(text) if text.isascii() and text.isdecimal() and 0 < int(text[:9]) <= MOST_TIMES else 0

    def _keep_times(self) -> bool:
        times = self._times()
        if not times:
            self.said.show_text(_("How often is a number from 1 to {most:,}.").format(most=MOST_TIMES))
            return False
        if self.sequence is not None and times != self.sequence.times:
            self._shown = replace(self.sequence, times=times)  # what came of the steps stays in view
            self._alter(lambda sequence: replace(sequence, times=times))
        return True

    def _make(self, name: str) -> None:
        self._add(SavedSequence(name, plain=self._plain))

    def _ask_for_other_name(self) -> None:
        if (sequence := self.sequence) is not None:
            ask_for_name(self, sequence.name, lambda name: self._alter(lambda known: replace(known, name=name)))

    def _ask_for_note(self) -> None:
        if (sequence := self.sequence) is not None:
            ask_for_note(self, sequence.note, lambda note: self._alter(lambda known: replace(known, note=note)))

    def _duplicate(self) -> None:
        if (sequence := self.sequence) is not None:
            name = _("{name} (copy)").format(name=sequence.name)
            self._add(SavedSequence(name, sequence.steps, sequence.times, sequence.plain, sequence.note))

    def _delete(self) -> None:
        if (sequence := self.sequence) is not None:
            self.changes.alter(sequence.key, lambda _known: None)
            sentence = _("The sequence “{name}” was deleted. Undo (Ctrl+Z) in the list of steps brings it back.")
            self.store.said.emit(sentence.format(name=one_line(sequence.name, 80)))


def _menu_button(name: str, text: str) -> QToolButton:
    button = _tool(name, f"{text} ▾", "")
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    return button


def _tool(name: str, text: str, tip: str) -> QToolButton:
    button = named(QToolButton(), name, tip or text)
    button.setText(text)
    button.setToolTip(tip)
    return button
