"""The live snippet: what a JavaScript program would write to connect with these options."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from wsgui.core.i18n import _
from wsgui.ui.icons import Icon, show_icon
from wsgui.ui.named import named
from wsgui.ui.options.form import OptionForm
from wsgui.ui.theme import fixed_font

_LEAST_LINES = 5
"""The title, and two lines of text."""


class SnippetView(QWidget):
    """Follows a form. Its parts, and what writes the text, come after the first paint: the window is there before."""

    def __init__(self, form: OptionForm) -> None:
        super().__init__()
        self._form = form
        self.setMinimumHeight(_LEAST_LINES * self.fontMetrics().lineSpacing())  # none of it moves the form later

    def text(self) -> str:
        """The snippet as it is shown."""
        return self._text.toPlainText()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.layout() is None:
            QTimer.singleShot(0, self, lambda: self._text)

    @cached_property
    def _text(self) -> QPlainTextEdit:
        """Where the snippet stands. It is made, and put in its place, when it is asked for."""
        text = named(QPlainTextEdit(), "snippetView", _("JavaScript snippet"))
        text.setReadOnly(True)
        text.setFont(fixed_font())
        text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        text.setTabChangesFocus(True)
        text.setMinimumHeight(2 * text.fontMetrics().lineSpacing() + 12)
        copy = named(QPushButton(_("Copy")), "copySnippet")
        show_icon(copy, Icon.COPY)
        copy.setToolTip(_("Copy the snippet"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text()))
        title = QLabel(_("In JavaScript"))
        font = title.font()
        font.setBold(True)
        title.setFont(font)
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch()
        head.addWidget(copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(text, 1)
        text.setPlainText(self._form.snippet())
        self._form.snippet_changed.connect(self._write)
        return text

    def _write(self) -> None:
        text = self._form.snippet()
        if text != self.text():  # writing the same again would take away the selection
            self._text.setPlainText(text)
