"""The arguments of an event one by one: a form and an editor for each, to be added, moved and removed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from wsgui.core.argument_forms import Argument, ArgumentForm, check_argument
from wsgui.core.i18n import _
from wsgui.core.payload import PayloadError
from wsgui.ui.named import named
from wsgui.ui.plain_label import PlainLabel
from wsgui.ui.theme import fixed_font, show_bad

_MOST_LINES = 6
"""Lines of an editor; of more it scrolls."""


class ArgumentRow(QWidget):
    """One argument."""

    changed = Signal()
    move_wanted = Signal(int)
    remove_wanted = Signal()

    def __init__(self, argument: Argument) -> None:
        super().__init__()
        self.number = QLabel()
        self.number.setMinimumHeight(28)  # beside the first line
        self.form_box = named(QComboBox(), "argumentFormBox", _("Form of the argument"))
        for form in ArgumentForm:
            self.form_box.addItem(_(form), form)
        self.form_box.setCurrentIndex(self.form_box.findData(argument.form))
        self.edit = named(QPlainTextEdit(argument.text), "argumentEdit", _("Argument"))
        self.edit.setFont(fixed_font())
        self.edit.setTabChangesFocus(True)
        self.file_button = _tool("argumentFileButton", _("Choose…"), _("Choose the file whose bytes are sent"))
        self.up_button = _tool("argumentUpButton", "↑", _("Move the argument up"))
        self.down_button = _tool("argumentDownButton", "↓", _("Move the argument down"))
        remove = _tool("argumentRemoveButton", "✕", _("Remove the argument"))
        self.said = PlainLabel()
        self.said.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self.number, 0, top)
        row.addWidget(self.form_box, 0, top)
        row.addWidget(self.edit, 1)
        for button in (self.file_button, self.up_button, self.down_button, remove):
            row.addWidget(button, 0, top)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.said)
        self.edit.textChanged.connect(self._change)
        self.form_box.currentIndexChanged.connect(lambda _row: self._change())
        self.file_button.clicked.connect(self.choose_file)
        self.up_button.clicked.connect(lambda: self.move_wanted.emit(-1))
        self.down_button.clicked.connect(lambda: self.move_wanted.emit(1))
        remove.clicked.connect(self.remove_wanted)
        self._fit()

    @property
    def argument(self) -> Argument:
        return Argument(ArgumentForm(self.form_box.currentData()), self.edit.toPlainText())

    def problem(self) -> str:
        """What is wrong with it, as a sentence, which is also shown; empty if nothing is."""
        problem = ""
        try:
            check_argument(self.argument)
        except PayloadError as error:
            problem = str(error)
        show_bad(self.edit, bad=bool(problem))
        self.said.show_text(problem, "bad")
        return problem

    def choose_file(self) -> QFileDialog:
        """Ask for a file; it is not waited for."""
        dialog = QFileDialog(self, _("Choose the file whose bytes are sent"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.edit.setPlainText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _change(self) -> None:
        self._fit()
        self.changed.emit()

    def _fit(self) -> None:
        """As many lines as there are, within reason."""
        self.file_button.setVisible(self.argument.form is ArgumentForm.FILE)
        lines = min(_MOST_LINES, max(1, self.edit.document().blockCount()))
        self.edit.setFixedHeight(lines * self.edit.fontMetrics().lineSpacing() + 20)


class ArgumentList(QScrollArea):
    """All arguments. ``changed`` is told of every key."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        named(self, "argumentList", _("Arguments one by one"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 4, 0)
        self._column.setSpacing(6)
        self.add_button = _tool("addArgumentButton", _("Add an argument"), "")
        self._column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)
        self.setWidget(inner)
        self.rows: list[ArgumentRow] = []
        self.add_button.clicked.connect(self.add)

    def arguments(self) -> list[Argument]:
        """What is written."""
        return [row.argument for row in self.rows]

    def show_arguments(self, arguments: Sequence[Argument]) -> None:
        """Show these."""
        while self.rows:
            self._take_out(self.rows[0])
        for argument in arguments:
            self._put(argument, len(self.rows))
        self._number()

    def add(self) -> None:
        """Add one at the end, of the form of the last."""
        form = self.rows[-1].argument.form if self.rows else ArgumentForm.JSON
        self._put(Argument(form if form is not ArgumentForm.FILE else ArgumentForm.JSON), len(self.rows))
        self._number()
        self.rows[-1].edit.setFocus()
        self.changed.emit()

    def problem(self) -> str:
        """The first thing that is wrong, as a sentence that says at which argument; all are marked."""
        problems = [row.problem() for row in self.rows]
        found = next(((number, problem) for number, problem in enumerate(problems, 1) if problem), None)
        return _("Argument {n}: {problem}").format(n=found[0], problem=found[1]) if found else ""

    def _put(self, argument: Argument, place: int) -> None:
        row = ArgumentRow(argument)
        self.rows.insert(place, row)
        self._column.insertWidget(place, row)
        row.changed.connect(self.changed)
        row.move_wanted.connect(lambda way: self._move(row, way))
        row.remove_wanted.connect(lambda: self._remove(row))

    def _take_out(self, row: ArgumentRow) -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _move(self, row: ArgumentRow, way: int) -> None:
        place = self.rows.index(row) + way
        if 0 <= place < len(self.rows):
            self.rows.remove(row)
            self.rows.insert(place, row)
            self._column.removeWidget(row)
            self._column.insertWidget(place, row)
            self._number()
            self.changed.emit()

    def _remove(self, row: ArgumentRow) -> None:
        self._take_out(row)
        self._number()
        self.changed.emit()

    def _number(self) -> None:
        for number, row in enumerate(self.rows):
            row.number.setText(str(number))
            row.up_button.setEnabled(number > 0)
            row.down_button.setEnabled(number < len(self.rows) - 1)


def _tool(name: str, text: str, tip: str) -> QToolButton:
    button = named(QToolButton(), name, tip or text)
    button.setText(text)
    button.setToolTip(tip)
    return button
