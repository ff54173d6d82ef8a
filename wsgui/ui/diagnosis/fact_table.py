"""A small table that is as high as its rows: it stands in a column that scrolls, and does not scroll itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from wsgui.core.visible import one_line
from wsgui.ui import theme
from wsgui.ui.named import named

_LONGEST = 500


class FactTable(QTableWidget):
    """Plain texts. The columns in ``widest`` take the room that is left."""

    def __init__(self, object_name: str, accessible_name: str, heads: Sequence[str], *widest: int) -> None:
        super().__init__(0, len(heads))
        named(self, object_name, accessible_name)
        self.setHorizontalHeaderLabels(list(heads))
        self.setProperty("facts", True)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setShowGrid(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizeAdjustPolicy(QAbstractItemView.SizeAdjustPolicy.AdjustIgnored)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        for column in range(len(heads)):
            stretch = column in widest
            mode = QHeaderView.ResizeMode.Stretch if stretch else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(column, mode)
        theme.changed.connect(lambda: self.show_rows(self._rows, self._tones))
        self._rows: Sequence[Sequence[str]] = ()
        self._tones: Sequence[str] = ()
        self._fit()

    def show_rows(self, rows: Sequence[Sequence[str]], tones: Sequence[str] = ()) -> None:
        """Show these; ``tones`` colours each row, beside what it says in words."""
        self._rows, self._tones = rows, tones
        self.setRowCount(len(rows))
        for number, row in enumerate(rows):
            colour = QColor(getattr(theme.current(), tones[number] if number < len(tones) else "text"))
            for column, text in enumerate(row):
                # A line break is ours: what a server sent has been made one line.
                shown = "\n".join(one_line(part, _LONGEST) for part in text.split("\n"))
                item = QTableWidgetItem(shown)
                item.setForeground(colour)
                item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(number, column, item)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.resizeRowsToContents()
        rows = sum(self.rowHeight(row) for row in range(self.rowCount()))
        self.setFixedHeight(rows + self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth() + 2)
