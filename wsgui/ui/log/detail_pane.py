"""One record in full, as plain text: its parts one below the other, each under its title."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from wsgui.core.clock import clock
from wsgui.core.i18n import _
from wsgui.core.kinds import LABEL
from wsgui.core.records import Record
from wsgui.core.visible import lines
from wsgui.ui import theme
from wsgui.ui.icons import Icon, show_icon

LONGEST = 50_000
"""Characters of one part that are shown; the copy has all."""
_STEP_TIME = 0.01
"""Seconds that one step of copying takes."""


class DetailPane(QWidget):
    """Shows :func:`wsgui.core.record_details.first_details` of one record."""

    def __init__(self) -> None:
        super().__init__()
        self._record: Record | None = None
        self._pattern: re.Pattern[str] | None = None
        self._copied: list[str] = []
        self._source: Iterator[str] = iter(())
        self._steps = QTimer(self)
        self._steps.setInterval(0)
        self._steps.timeout.connect(self._step)
        self._title = QLabel()
        self._title.setProperty("tone", "muted")
        self._copy = QPushButton(_("Copy details"))
        self._copy.clicked.connect(self.copy)
        show_icon(self._copy, Icon.COPY)
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
        """Put all parts on the clipboard, with their titles: at once, or where they are long, in steps."""
        if self._record is None:
            return
        from wsgui.core.record_details import pieces  # not before a row is chosen: the window must be there first

        self._copied = []
        self._source = pieces(self._record)
        self._steps.start()
        self._step()
        self._show_copying()

    @property
    def copying(self) -> bool:
        """Whether something long is still to come to the clipboard."""
        return self._steps.isActive()

    def _step(self) -> None:
        until = time.perf_counter() + _STEP_TIME
        for piece in self._source:
            self._copied.append(piece)
            if time.perf_counter() >= until:
                return
        self._steps.stop()
        QGuiApplication.clipboard().setText("".join(self._copied))
        self._copied = []
        self._show_copying()

    def _show_copying(self) -> None:
        self._copy.setText(_("Copying …") if self.copying else _("Copy details"))

    def _write(self) -> None:
        record = self._record
        self._title.setText("" if record is None else f"{clock(record.wall)}  {_(LABEL[record.kind])}")
        self._text.clear()
        if self._record is None:
            return
        from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor  # like the parts: not for an empty pane

        from wsgui.core.record_details import first_details
        from wsgui.ui.wrapping import wrap_for  # not before a row is chosen, either

        parts = first_details(self._record, LONGEST)
        wrap_for(self._text, [part.text for part in parts])
        title = QTextCharFormat()
        title.setForeground(QColor(theme.current().muted))
        title.setFontWeight(QFont.Weight.Bold)
        plain = QTextCharFormat()
        cursor = self._text.textCursor()
        cursor.beginEditBlock()
        for number, part in enumerate(parts):
            cursor.insertText("\n\n" * bool(number), plain)
            cursor.insertText(part.title + "\n", title)
            cursor.insertText(lines(part.text), plain)
            if part.more:
                more = _("… {n:,} more characters; “Copy details” copies all")
                cursor.insertText("\n" + more.format(n=part.more), title)
        cursor.endEditBlock()
        self._text.moveCursor(QTextCursor.MoveOperation.Start)
        if self._pattern is not None:
            self._mark()
