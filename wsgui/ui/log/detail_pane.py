"""One record in full, as plain text: its parts one below the other, each under its title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from wsgui.core.clock import clock
from wsgui.core.i18n import _
from wsgui.core.kinds import LABEL
from wsgui.core.records import Record
from wsgui.core.visible import lines
from wsgui.ui import theme

if TYPE_CHECKING:
    from wsgui.core.record_details import Section

LONGEST = 200_000
"""Characters of one part that are shown; the copy has all."""


class DetailPane(QWidget):
    """Shows :func:`wsgui.core.record_details.details` of one record."""

    def __init__(self) -> None:
        super().__init__()
        self._record: Record | None = None
        self._pattern: re.Pattern[str] | None = None
        self._title = QLabel()
        self._title.setProperty("tone", "muted")
        self._copy = QPushButton(_("Copy details"))
        self._copy.clicked.connect(self.copy)
        self._text = QPlainTextEdit()
        self._text.setObjectName("detailView")
        self._text.setAccessibleName(_("Details of the selected record"))
        self._text.setReadOnly(True)
        self._text.setMinimumHeight(40)  # on a small screen the log needs the room more
        self._text.setFont(theme.fixed_font())
        self._text.setPlaceholderText(_("Select a row to see all of it."))
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(self._copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(top)
        layout.addWidget(self._text, 1)
        theme.changed.connect(self._write)
        self.show_record(None)

    def show_record(self, record: Record | None) -> None:
        """Show this record, or nothing."""
        self._record = record
        self._copy.setEnabled(record is not None)
        self._write()

    def mark(self, pattern: re.Pattern[str] | None) -> None:
        """Mark what the regular expression finds, also in what is shown from now on; ``None`` for nothing."""
        self._pattern = pattern
        self._mark()

    def _mark(self) -> None:
        from wsgui.ui.log.marking import mark_text  # not before somebody looks for something

        mark_text(self._text, self._pattern)

    def copy(self) -> None:
        """Put all parts on the clipboard, with their titles."""
        if self._record is not None:
            parts = (f"{part.title}\n{lines(part.text)}" for part in self._parts(self._record))
            QGuiApplication.clipboard().setText("\n\n".join(parts))

    @staticmethod
    def _parts(record: Record) -> tuple[Section, ...]:
        from wsgui.core.record_details import details  # not before a row is chosen: the window must be there first

        return details(record)

    def _write(self) -> None:
        record = self._record
        self._title.setText("" if record is None else f"{clock(record.wall)}  {_(LABEL[record.kind])}")
        self._text.clear()
        if self._record is None:
            return
        from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor  # like the parts: not for an empty pane

        from wsgui.ui.wrapping import wrap_for  # not before a row is chosen, either

        parts = self._parts(self._record)
        wrap_for(self._text, [part.text[:LONGEST] for part in parts])
        title = QTextCharFormat()
        title.setForeground(QColor(theme.current().muted))
        title.setFontWeight(QFont.Weight.Bold)
        plain = QTextCharFormat()
        cursor = self._text.textCursor()
        cursor.beginEditBlock()
        for number, part in enumerate(parts):
            cursor.insertText("\n\n" * bool(number), plain)
            cursor.insertText(part.title + "\n", title)
            cursor.insertText(lines(part.text[:LONGEST]), plain)
            if len(part.text) > LONGEST:
                more = _("… and {n:,} more characters; “Copy details” takes all")
                cursor.insertText("\n" + more.format(n=len(part.text) - LONGEST), title)
        cursor.endEditBlock()
        self._text.moveCursor(QTextCursor.MoveOperation.Start)
        if self._pattern is not None:
            self._mark()
