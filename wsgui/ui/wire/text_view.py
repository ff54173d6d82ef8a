"""Titled parts of plain text, one below the other; what is too long is cut, with a note."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from wsgui.core.i18n import _
from wsgui.core.visible import lines
from wsgui.core.wire.raw_text import TextPart
from wsgui.ui import theme
from wsgui.ui.named import named
from wsgui.ui.wrapping import wrap_for

LONGEST = 100_000
"""Characters of one part that are shown."""


class TextView(QPlainTextEdit):
    """Control characters are shown as signs; nothing is taken for markup."""

    def __init__(self, object_name: str, accessible_name: str) -> None:
        super().__init__()
        named(self, object_name, accessible_name)
        self._parts: Sequence[TextPart] = ()
        self.setReadOnly(True)
        self.setFont(theme.fixed_font())
        theme.changed.connect(self._write)

    def show_parts(self, parts: Sequence[TextPart]) -> None:
        """Show these, or an empty page."""
        self._parts = parts
        self._write()

    def _write(self) -> None:
        self.clear()
        wrap_for(self, [part.text[:LONGEST] for part in self._parts])
        title, plain = QTextCharFormat(), QTextCharFormat()
        title.setForeground(QColor(theme.current().muted))
        title.setFontWeight(QFont.Weight.Bold)
        cursor = self.textCursor()
        cursor.beginEditBlock()
        for number, part in enumerate(self._parts):
            cursor.insertText("\n\n" * bool(number), plain)
            cursor.insertText(part.title + "\n", title)
            cursor.insertText(lines(part.text[:LONGEST]), plain)
            if rest := part.rest or _rest(part.text):
                cursor.insertText("\n" + _("… and {rest}; “Save body” takes all").format(rest=rest), title)
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)


def _rest(text: str) -> str:
    return _("{n:,} more characters").format(n=len(text) - LONGEST) if len(text) > LONGEST else ""
