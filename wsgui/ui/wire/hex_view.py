"""The bytes of a row in hex, and beside them what each is: choosing one shows the other."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QBrush, QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QSplitter,
    QTextEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from wsgui.core.i18n import _
from wsgui.core.record_details import BYTES_PER_LINE, MOST_HEX_BYTES, hex_lines
from wsgui.core.visible import one_line
from wsgui.core.wire.frame_parts import Part
from wsgui.core.wire.hex_parts import Bytes
from wsgui.ui import theme
from wsgui.ui.named import named
from wsgui.ui.plain_tip import plain_tip

_HEX_AT = 10
"""Where in a line the first byte stands."""
_ASCII_AT = _HEX_AT + 3 * BYTES_PER_LINE + 1
_LINE = _ASCII_AT + BYTES_PER_LINE
_MOST_LINES = 64
"""Lines of a chosen part that are marked: no window shows more."""
_PART = int(Qt.ItemDataRole.UserRole)


class HexView(QWidget):
    """Shows :func:`wsgui.core.wire.hex_parts.wire_bytes`."""

    def __init__(self) -> None:
        super().__init__()
        self._bytes = Bytes(b"", ())
        self._parts: list[Part] = []
        self._note = QLabel()
        self._note.setProperty("tone", "muted")
        self._note.setWordWrap(True)
        self._note.hide()
        self.explanation = named(QLabel(), "wireExplanation", _("The chosen part"))
        self.explanation.setTextFormat(Qt.TextFormat.PlainText)
        self.explanation.setWordWrap(True)
        self.text = named(QPlainTextEdit(), "wireHex", _("Bytes in hex"))
        self.text.setReadOnly(True)
        self.text.setFont(theme.fixed_font())
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.cursorPositionChanged.connect(self._choose_part)
        self.parts = named(QTreeWidget(), "wireParts", _("Parts of the frame"))
        self.parts.setColumnCount(4)
        self.parts.setHeaderLabels([_("Part"), _("Bits"), _("Value"), _("Meaning")])
        self.parts.setUniformRowHeights(True)
        self.parts.setIndentation(12)
        self.parts.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.parts.currentItemChanged.connect(lambda *_items: self._mark())
        self._halves = QSplitter(Qt.Orientation.Horizontal)
        self._halves.addWidget(self.text)
        self._halves.addWidget(self.parts)
        self._halves.setChildrenCollapsible(False)
        self._halves.setStretchFactor(1, 1)
        self._halves.setSizes([self.text.fontMetrics().horizontalAdvance("0" * (_LINE + 4)), 300])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._note)
        layout.addWidget(self.explanation)
        layout.addWidget(self._halves, 1)
        theme.changed.connect(self._write_parts)

    def show_bytes(self, shown: Bytes) -> None:
        """Show these bytes and their parts."""
        self._bytes = shown
        notes = [shown.missing]
        if len(shown.data) > MOST_HEX_BYTES:
            text = _("The first {n:,} of {all:,} bytes. “Copy as hex” and “Save body” take all.")
            notes.append(text.format(n=MOST_HEX_BYTES, all=len(shown.data)))
        self._note.setText(" ".join(filter(None, notes)))
        self._note.setVisible(bool(self._note.text()))
        with QSignalBlocker(self.text):
            self.text.setPlainText(hex_lines(shown.data[:MOST_HEX_BYTES]))
        self._write_parts()

    def _write_parts(self) -> None:
        self.parts.clear()
        self._parts = []
        bad, muted = QColor(theme.current().bad), QColor(theme.current().muted)
        for title, parts in self._bytes.groups:
            group = QTreeWidgetItem([title])
            group.setFirstColumnSpanned(True)
            group.setForeground(0, muted)
            self.parts.addTopLevelItem(group)
            for part in parts:
                meaning = " ".join(filter(None, (part.problem, part.meaning)))
                row = [part.name, _bits(part), part.value, meaning]
                item = QTreeWidgetItem([one_line(text, 500) for text in row])
                item.setToolTip(3, "" if len(meaning) < 40 else plain_tip(meaning))
                item.setData(0, _PART, len(self._parts))
                self._parts.append(part)
                if part.problem:
                    for column in range(4):
                        item.setForeground(column, QBrush(bad))
                group.addChild(item)
        self.parts.expandAll()
        for column in range(3):
            self.parts.resizeColumnToContents(column)
        self.parts.setColumnWidth(2, min(self.parts.columnWidth(2), 100))
        wrong = next((number for number, part in enumerate(self._parts) if part.problem), None)
        if wrong is not None:
            self._choose(wrong)
        self._mark()

    # Choosing

    def _part(self, item: QTreeWidgetItem | None) -> Part | None:
        number = item.data(0, _PART) if item is not None else None
        return self._parts[number] if isinstance(number, int) else None

    def _mark(self) -> None:
        """Mark the bytes of the chosen part, in both columns of the text, and explain it in full."""
        part = self._part(self.parts.currentItem())
        self.explanation.setText(_("Choose a byte or a part.") if part is None else _explained(part))
        marks: list[QTextEdit.ExtraSelection] = []
        if part is not None and part.end > part.begin:
            first, last = part.begin // 8, min((part.end - 1) // 8, MOST_HEX_BYTES - 1)
            last = min(last, (first // BYTES_PER_LINE + _MOST_LINES) * BYTES_PER_LINE - 1)
            for line in range(first // BYTES_PER_LINE, last // BYTES_PER_LINE + 1):
                begin = max(first, line * BYTES_PER_LINE) - line * BYTES_PER_LINE
                end = min(last, (line + 1) * BYTES_PER_LINE - 1) - line * BYTES_PER_LINE
                marks.append(self._marked(line, _HEX_AT + 3 * begin, _HEX_AT + 3 * end + 2))
                marks.append(self._marked(line, _ASCII_AT + begin, _ASCII_AT + end + 1))
        self.text.setExtraSelections(marks)

    def _marked(self, line: int, begin: int, end: int) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.text.document().findBlockByNumber(line))
        cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.MoveAnchor, begin)
        cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, end - begin)
        look = QTextCharFormat()
        look.setBackground(QColor(theme.current().accent))
        look.setForeground(QColor(theme.current().on_accent))
        mark.cursor = cursor
        mark.format = look
        return mark

    def _choose_part(self) -> None:
        """Choose the part of the byte that the text cursor stands at: of a shared byte the first."""
        cursor = self.text.textCursor()
        if cursor.hasSelection():
            return  # the person copies
        column = cursor.positionInBlock()
        if _HEX_AT <= column < _ASCII_AT - 1:
            place = (column - _HEX_AT) // 3
        elif _ASCII_AT <= column < _LINE:
            place = column - _ASCII_AT
        else:
            return
        bit = 8 * (cursor.blockNumber() * BYTES_PER_LINE + place)
        for number, part in enumerate(self._parts):
            if part.begin <= bit < part.end:
                self._choose(number)
                return

    def _choose(self, number: int) -> None:
        """Choose the part with that number."""
        for group in filter(None, map(self.parts.topLevelItem, range(self.parts.topLevelItemCount()))):
            for item in filter(None, map(group.child, range(group.childCount()))):
                if item.data(0, _PART) == number:
                    self.parts.setCurrentItem(item)


def _explained(part: Part) -> str:
    words = ". ".join(filter(None, (part.meaning.rstrip("."), part.problem)))
    return one_line(f"{part.name} = {part.value}: {words}" if words else f"{part.name}: {part.value}", 600)


def _bits(part: Part) -> str:
    """Where a part is: in bytes, or in bits of one byte, both counted from 0."""
    if part.begin == part.end:
        return "–"
    first, last = part.begin // 8, (part.end - 1) // 8
    if part.begin % 8 == 0 and part.end % 8 == 0:
        return f"{first}" if first == last else f"{first}–{last}"
    low, high = part.begin % 8, (part.end - 1) % 8
    return f"{first}.{low}" if low == high else f"{first}.{low}–{high}"
