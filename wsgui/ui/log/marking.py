"""What is looked for, marked in the cells of the log and in the text of the details."""

from __future__ import annotations

import re

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTextEdit

from wsgui.ui import theme
from wsgui.ui.log.model import Column

MOST = 500
"""Places that are marked at once."""


class MarkingDelegate(QStyledItemDelegate):
    """Paints a cell as ever, then what is looked for once more, on another ground."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.pattern: re.Pattern[str] | None = None

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        if self.pattern is None or index.column() not in (Column.KIND, Column.SUMMARY):
            return
        places = _places(self.pattern, str(index.data()))
        if places:
            self._mark(painter, option, index, places)

    def _mark(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
        places: list[tuple[int, int]],
    ) -> None:
        cell = QStyleOptionViewItem(option)
        self.initStyleOption(cell, index)
        style = cell.widget.style()
        inner = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, cell, cell.widget)
        margin = style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, None, cell.widget) + 1
        inner.adjust(margin, 0, -margin, 0)
        metrics = QFontMetrics(cell.font)
        shown = metrics.elidedText(cell.text, Qt.TextElideMode.ElideRight, inner.width())
        cut = len(shown) - 1 if shown != cell.text else len(shown)
        painter.save()
        painter.setFont(cell.font)
        painter.setPen(cell.palette.color(QPalette.ColorRole.Text))
        for start, end in places:
            if start >= cut:
                break
            left, right = (metrics.horizontalAdvance(cell.text[:place]) for place in (start, min(end, cut)))
            box = QRect(inner.left() + left, inner.top(), right - left, inner.height())
            painter.fillRect(box.adjusted(0, 2, 0, -2), QColor(theme.current().mark))
            how = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip
            painter.drawText(box, how, cell.text[start : min(end, cut)])
        painter.restore()


def mark_text(edit: QPlainTextEdit, pattern: re.Pattern[str] | None) -> None:
    """Mark all places in a text, or none any more."""
    text = edit.toPlainText()
    marks = []
    for start, end in _places(pattern, text) if pattern else ():
        mark = QTextEdit.ExtraSelection()
        cursor = QTextCursor(edit.document())
        cursor.setPosition(_units(text[:start]))
        cursor.setPosition(_units(text[:end]), QTextCursor.MoveMode.KeepAnchor)
        mark.cursor = cursor
        mark.format.setBackground(QColor(theme.current().mark))
        marks.append(mark)
    edit.setExtraSelections(marks)


def _places(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    from wsgui.core.filters.patience import places  # not before something is marked: the window must be there first

    return places(pattern, text, MOST)


def _units(text: str) -> int:
    """The length as Qt counts it, in units of UTF-16."""
    return len(text) + sum(character > "\uffff" for character in text)
