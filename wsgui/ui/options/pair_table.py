"""The editor of headers and query: a table of names and values that always has an empty row to type into."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTableWidget, QTableWidgetItem, QToolButton, QVBoxLayout

from wsgui.core.i18n import N_, _
from wsgui.core.option_types import Option, OptionType, OptionValue
from wsgui.ui.icons import Icon, show_icon
from wsgui.ui.options.editor import OptionEditor

_MOST_ROWS = 7


class _Table(QTableWidget):
    """Adds to the table that Delete removes rows, and that pasting takes several lines at once."""

    def __init__(self, owner: PairTable) -> None:
        super().__init__(1, 2)
        self._owner = owner

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self._owner.paste(QGuiApplication.clipboard().text())
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self._owner.remove()
        else:
            super().keyPressEvent(event)


class PairTable(OptionEditor):
    """``Name: value`` lines can be pasted, or ``a=1&b=2`` for a query."""

    def __init__(self, option: Option) -> None:
        super().__init__(option)
        self._table = _Table(self)
        self._table.setHorizontalHeaderLabels([_("Name"), _("Value")])
        self._table.verticalHeader().hide()
        self._table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 12)
        self._table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self._table.horizontalHeader().setStretchLastSection(True)
        self._table.setTabKeyNavigation(False)
        self._table.itemChanged.connect(self._take_edit)
        remove, paste = QToolButton(), QToolButton()
        remove.setText(_("Remove"))
        paste.setText(_("Paste"))
        show_icon(remove, Icon.DELETE)
        show_icon(paste, Icon.PASTE)
        remove.setToolTip(_("Remove the selected rows (Delete)"))
        paste.setToolTip(_("Paste lines such as “Name: value”"))
        remove.clicked.connect(self.remove)
        paste.clicked.connect(lambda: self.paste(QGuiApplication.clipboard().text()))
        buttons = QHBoxLayout()
        buttons.addStretch()
        for button, does in ((remove, _("Remove rows of {option}")), (paste, _("Paste into {option}"))):
            button.setAccessibleName(does.format(option=option.name))
            button.setAutoRaise(True)
            buttons.addWidget(button)
        column = QVBoxLayout()
        column.setSpacing(3)
        column.addWidget(self._table)
        column.addLayout(buttons)
        self._place(self._table, column)
        self._fit()

    def read(self) -> OptionValue:
        pairs: dict[str, str] = {}
        for name, value in self._pairs():
            if not name:
                raise self.option.refuse(N_("{option}: the value {value} has no name."), value)
            if name in pairs:
                raise self.option.refuse(N_("{option}: {value} is given twice."), name)
            pairs[name] = value
        return self.option.check(pairs)

    def show_value(self, value: OptionValue) -> None:
        pairs = value if isinstance(value, dict) else {}
        self._fill([(name, str(text)) for name, text in pairs.items()])

    def paste(self, text: str) -> None:
        """Add the pairs in ``text``; a name that is already there gets the new value."""
        if self.option.type is OptionType.QUERY and "\n" not in text.strip():
            text = text.strip().removeprefix("?").replace("&", "\n")
        marks = ":\t" if self.option.type is OptionType.HEADERS else "=:\t"
        pairs = dict(self._pairs())
        for line in filter(None, map(str.strip, text.splitlines())):
            mark = next((mark for mark in marks if mark in line), marks[0])
            name, _mark, value = line.partition(mark)
            pairs[name.strip()] = value.strip()
        self._fill(list(pairs.items()))
        self.edited.emit()

    def remove(self) -> None:
        """Remove the rows in which something is selected."""
        rows = {index.row() for index in self._table.selectedIndexes()}
        with QSignalBlocker(self._table):
            for row in sorted(rows, reverse=True):
                self._table.removeRow(row)
        self._take_edit()

    def _take_edit(self) -> None:
        self._fit()
        self.edited.emit()

    def _pairs(self) -> list[tuple[str, str]]:
        """What is in the table, rows with nothing in them left aside."""
        cells = [[self._text(row, column) for column in (0, 1)] for row in range(self._table.rowCount())]
        return [(name.strip(), value) for name, value in cells if name.strip() or value]

    def _text(self, row: int, column: int) -> str:
        # PySide says there is always an item; Qt has none in a cell that was never filled.
        item: QTableWidgetItem | None = self._table.item(row, column)
        return item.text() if item is not None else ""

    def _fill(self, pairs: list[tuple[str, str]]) -> None:
        with QSignalBlocker(self._table):
            self._table.setRowCount(len(pairs))
            for row, pair in enumerate(pairs):
                for column, text in enumerate(pair):
                    self._table.setItem(row, column, QTableWidgetItem(text))
        self._fit()

    def _fit(self) -> None:
        """One empty row at the end, and the height for all of them up to a limit."""
        last = self._table.rowCount() - 1
        if last < 0 or self._text(last, 0) or self._text(last, 1):
            with QSignalBlocker(self._table):
                self._table.setRowCount(last + 2)
        rows = min(self._table.rowCount(), _MOST_ROWS)
        height = rows * self._table.verticalHeader().defaultSectionSize()
        self._table.setFixedHeight(
            height + self._table.horizontalHeader().sizeHint().height() + 2 * self._table.frameWidth()
        )
