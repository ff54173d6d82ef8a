"""Compare…: two to choose, what came of it in a sentence, and the steps of both beside each other."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from wsgui.core.comparison import Comparison, Step, compare
from wsgui.core.comparison.printed import as_markdown, remarks
from wsgui.core.i18n import N_, _
from wsgui.core.past_recording import RecordingError
from wsgui.core.tasks import TaskOwner
from wsgui.core.visible import one_line
from wsgui.ui.comparison.model import Column, ComparisonModel
from wsgui.ui.comparison.source import Source
from wsgui.ui.empty_state import EmptyState, Offer
from wsgui.ui.motion import show_busy
from wsgui.ui.named import named
from wsgui.ui.plain_label import PlainLabel
from wsgui.ui.recordings.background import Background, GivenUpError

SHOWING = 100
"""Milliseconds between two looks at how far it is."""


class CompareWindow(QDialog):
    """Compares as soon as both are chosen."""

    jump_wanted = Signal(object, int)
    """A :class:`Source` and the number of the record that the person wants to see in its log."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("compareWindow")
        self.setWindowTitle(_("Compare"))
        self.resize(1080, 640)
        self._tasks = TaskOwner("compare")
        self._work = Background()
        self._sources: list[Source] = []
        self._compared: tuple[Source, Source] | None = None
        self.model = ComparisonModel()
        self.model.setParent(self)
        self.left_box = self._make_box("compareLeft", _("Left"))
        self.right_box = self._make_box("compareRight", _("Right"))
        self.swap_button = _button("compareSwap", _("S&wap"), self.swap)
        self.again_button = _button("compareAgain", _("Compare a&gain"), self.start)
        self.again_button.setShortcut("F5")
        self.again_button.setToolTip(_("Read both anew, for a connection that has gone on (F5)"))
        self.only_box = named(QCheckBox(_("&Only differences")), "compareOnlyDifferences")
        self.only_box.toggled.connect(lambda _on: self._show_rows(self.model.comparison))
        self.said = PlainLabel()
        self.said.setObjectName("compareSaid")
        self.bar = named(QProgressBar(), "compareBar", _("How much is read"))
        self.bar.hide()
        self.table = named(QTableView(), "compareTable", _("Steps side by side"))
        self._empty = EmptyState(self.table)
        self.show_left = _button("compareShowLeft", _("Show &left in its log"), lambda: self._jump(Column.LEFT))
        self.show_right = _button("compareShowRight", _("Show &right in its log"), lambda: self._jump(Column.RIGHT))
        self.copy_button = _button("compareCopy", _("&Copy as Markdown"), self.copy)
        self._lay_out_table()
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setInterval(SHOWING)
        self._timer.timeout.connect(self._show_progress)
        self._show()

    # What the person does

    def show_sources(self, sources: Sequence[Source], left: Source | None, right: Source | None) -> None:
        """Offer these, choose two of them, and compare."""
        self._sources = list(sources)
        for box, chosen in ((self.left_box, left), (self.right_box, right)):
            box.blockSignals(True)
            box.clear()
            for source in sources:
                box.addItem(source.label)
            box.setCurrentIndex(next((n for n, each in enumerate(sources) if each.is_same(chosen)), -1))
            box.blockSignals(False)
        self.start()

    @property
    def chosen(self) -> tuple[Source | None, Source | None]:
        """What is chosen on the left and on the right."""
        left, right = (self._sources[box.currentIndex()] if box.currentIndex() >= 0 else None for box in self._boxes)
        return left, right

    def swap(self) -> None:
        """Left to the right, and right to the left."""
        left, right = (box.currentIndex() for box in self._boxes)
        for box, index in zip(self._boxes, (right, left), strict=True):
            box.blockSignals(True)
            box.setCurrentIndex(index)
            box.blockSignals(False)
        self.start()

    def start(self) -> None:
        """Compare what is chosen; what is being compared is given up."""
        self._work.give_up()
        self._rest()
        left, right = self.chosen
        if left is None or right is None:
            self._compared = None
            self.model.show_comparison(None, only_differences=False)
            self._show()
            return
        self._work = Background()
        show_busy(self.bar)
        self.bar.show()
        self._timer.start()
        self._tasks.start(self._compare(left, right, self._work), "compare")

    def copy(self) -> None:
        """What is shown, as a table in Markdown."""
        if self.model.comparison is not None:
            QGuiApplication.clipboard().setText(
                as_markdown(self.model.comparison, only_differences=self.only_box.isChecked())
            )

    @property
    def busy(self) -> bool:
        """Whether something is being compared."""
        return self._timer.isActive()

    async def close_tasks(self) -> None:
        """End what still goes on; for the end of the window."""
        self._work.give_up()
        await self._tasks.close()

    # How it is done

    async def _compare(self, left: Source, right: Source, work: Background) -> None:
        results: list[Comparison] = []

        def read() -> None:
            with ExitStack() as opened:
                one = opened.enter_context(closing(left.open()))
                other = opened.enter_context(closing(right.open()))
                results.append(compare(one, other, (left.label, right.label), work.went_on))

        problem = ""
        try:
            await work.run(read)
        except GivenUpError:
            return  # the next one is at it
        except (RecordingError, sqlite3.Error) as error:
            problem = str(error)
        self._rest()
        self._compared = (left, right)
        self._show_rows(results[0] if results else None)
        self._show(problem)

    def _rest(self) -> None:
        self._timer.stop()
        self.bar.hide()

    def _show_progress(self) -> None:
        if self._work.total:
            self.bar.setRange(0, 1000)
            self.bar.setValue(self._work.done * 1000 // self._work.total)

    def _show_rows(self, comparison: Comparison | None) -> None:
        self.model.show_comparison(comparison, only_differences=self.only_box.isChecked())
        self._empty.show_state(*self._state())

    def _state(self) -> tuple[str, Offer | None]:
        """What stands in place of the steps, and what can be done about it."""
        if self.model.comparison is not None:
            if self.model.rowCount():
                return "", None
            return _("There is no difference."), (N_("Show all steps"), self.only_box.click)
        if None not in self.chosen:
            return "", None  # it is being read, or a sentence says why it could not be
        if len(self._sources) > 1:
            offer = (N_("Compare the first two"), self._compare_first_two)
            return _("Choose what to compare on the left and on the right."), offer
        return _("There is nothing to compare yet: connect twice, and what happens is recorded."), None

    def _compare_first_two(self) -> None:
        self.show_sources(self._sources, *self._sources[:2])

    def _show(self, problem: str = "") -> None:
        """Say what came of the comparison, or why there is none, or what to do for one."""
        comparison = self.model.comparison
        self._empty.show_state(*self._state())
        if problem:
            self.said.show_text(problem, "bad")
        elif comparison is not None:
            said = " ".join((comparison.summary, *map(one_line, remarks(comparison))))
            self.said.show_text(said, "good" if comparison.equal else "warning")
        else:
            self.said.show_text("")
        self.copy_button.setEnabled(comparison is not None)
        self.again_button.setEnabled(None not in self.chosen)
        self._show_jumps()

    def _show_jumps(self) -> None:
        for column, button in ((Column.LEFT, self.show_left), (Column.RIGHT, self.show_right)):
            button.setEnabled(self._step(column) is not None)

    def _step(self, column: int) -> Step | None:
        """The step in the chosen row on that side; from the columns before it, on the side that has one."""
        index = self.table.currentIndex()
        if not index.isValid() or self._compared is None:
            return None
        row = self.model.line(index.row()).row
        return row.right if column == Column.RIGHT else row.left

    def _jump(self, column: int) -> None:
        if (step := self._step(column)) is not None and self._compared is not None:
            self.jump_wanted.emit(self._compared[column == Column.RIGHT], step.seq)

    def _activate(self) -> None:
        """Show the side that was clicked; from the other columns, the one that there is."""
        column = self.table.currentIndex().column()
        if column not in (Column.LEFT, Column.RIGHT):
            column = Column.LEFT if self._step(Column.LEFT) is not None else Column.RIGHT
        self._jump(column)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the table shows the chosen step in its log."""
        enter = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if watched is self.table and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() not in enter:
                return False
            self._activate()
            return True
        return super().eventFilter(watched, event)

    # Layout

    @property
    def _boxes(self) -> tuple[QComboBox, QComboBox]:
        return self.left_box, self.right_box

    def _make_box(self, object_name: str, accessible_name: str) -> QComboBox:
        box = named(QComboBox(), object_name, accessible_name)
        box.setPlaceholderText(_("Choose a tab or a recording"))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(20)
        box.setMaxVisibleItems(24)
        box.currentIndexChanged.connect(lambda _row: self.start())
        return box

    def _lay_out_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.setColumnWidth(Column.VERDICT, self.fontMetrics().horizontalAdvance("=  Only right") + 24)
        table.setColumnWidth(Column.STEP, 290)
        for column in (Column.LEFT, Column.RIGHT):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        table.doubleClicked.connect(lambda _index: self._activate())
        table.selectionModel().currentChanged.connect(lambda *_indexes: self._show_jumps())
        self.model.modelReset.connect(self._show_jumps)
        table.installEventFilter(self)

    def _lay_out(self) -> None:
        choice = QGridLayout()
        choice.setHorizontalSpacing(8)
        for row, (text, box) in enumerate(((_("L&eft"), self.left_box), (_("R&ight"), self.right_box))):
            label = QLabel(text)
            label.setBuddy(box)
            choice.addWidget(label, row, 0)
            choice.addWidget(box, row, 1)
        choice.addWidget(self.swap_button, 0, 2)
        choice.addWidget(self.again_button, 1, 2)
        choice.setColumnStretch(1, 1)
        middle = QHBoxLayout()
        middle.addWidget(self.said, 1)
        middle.addStretch()  # where nothing is said
        middle.addWidget(self.bar)
        middle.addWidget(self.only_box)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.show_left)
        buttons.addWidget(self.show_right)
        buttons.addStretch()
        buttons.addWidget(self.copy_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addLayout(choice)
        column.addLayout(middle)
        column.addWidget(self.table, 1)
        column.addLayout(buttons)


def _button(object_name: str, text: str, do: Callable[[], None]) -> QPushButton:
    button = named(QPushButton(text), object_name)
    button.setAutoDefault(False)
    button.clicked.connect(lambda _checked: do())
    return button
