"""A small table that is as high as its rows: it stands in a column that scrolls, and does not scroll itself.

Its columns share the width there is: where that is too little for their texts, the longest are broken into lines, and
where it is too little for their words, there is a scroll bar.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from wsgui.core.visible import one_line
from wsgui.ui import theme
from wsgui.ui.named import named

_LONGEST = 500
_ROOM = 14
"""Pixels beside a text in its cell."""


class FactTable(QTableWidget):
    """Plain texts. The columns in ``widest`` take the room that is left. A row of one text goes over all columns."""

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
        self.setSizeAdjustPolicy(QAbstractItemView.SizeAdjustPolicy.AdjustIgnored)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(1)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._widest = widest
        theme.changed.connect(self._show)
        self._rows: Sequence[Sequence[str]] = ()
        self._tones: Sequence[str] = ()
        self._fit()

    def show_rows(self, rows: Sequence[Sequence[str]], tones: Sequence[str] = ()) -> None:
        """Show these; ``tones`` colours each row, beside what it says in words."""
        self._rows, self._tones = rows, tones
        self._show()

    def _show(self) -> None:
        self.clearSpans()
        self.setRowCount(len(self._rows))
        for number, row in enumerate(self._rows):
            colour = QColor(getattr(theme.current(), self._tones[number] if number < len(self._tones) else "text"))
            if len(row) == 1:
                self.setSpan(number, 0, 1, self.columnCount())
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
        widths = self._widths()
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)
        self.resizeRowsToContents()
        rows = sum(self.rowHeight(row) for row in range(self.rowCount()))
        bar = self.horizontalScrollBar().sizeHint().height() if sum(widths) > self.viewport().width() else 0
        self.setFixedHeight(rows + self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth() + 2 + bar)

    def _widths(self) -> list[int]:
        """Of each column. None is narrower than its longest word; what is left is shared by what the texts need."""
        width = self.fontMetrics().horizontalAdvance
        heads = [item.text() if (item := self.horizontalHeaderItem(at)) else "" for at in range(self.columnCount())]
        columns = [[head, *(row[at] for row in self._rows if len(row) > 1)] for at, head in enumerate(heads)]
        lines = [[line for text in texts for line in text.split("\n")] for texts in columns]
        wanted = [max(width(line) for line in each) + _ROOM for each in lines]
        least = [max(width(word) for line in each for word in line.split(" ")) + _ROOM for each in lines]
        spare = self.viewport().width() - sum(wanted)
        if spare >= 0:
            share, rest = divmod(spare, len(self._widest))
            for number, column in enumerate(self._widest):
                wanted[column] += share + (rest if number == 0 else 0)
            return wanted
        room = max(0, self.viewport().width() - sum(least))
        slack = [most - few for most, few in zip(wanted, least, strict=True)]
        return [few + room * each // max(1, sum(slack)) for few, each in zip(least, slack, strict=True)]
