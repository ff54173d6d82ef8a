"""The live snippet: what a JavaScript program would write to connect with these options."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from wsgui.core.i18n import _
from wsgui.ui.options.form import OptionForm
from wsgui.ui.theme import fixed_font


class SnippetView(QWidget):
    """Follows a form, as soon as it was painted or asked for its text: what writes it is not imported before."""

    def __init__(self, form: OptionForm) -> None:
        super().__init__()
        self._form = form
        self._follows = False
        self._text = QPlainTextEdit()
        self._text.setObjectName("snippetView")
        self._text.setAccessibleName(_("JavaScript snippet"))
        self._text.setReadOnly(True)
        self._text.setFont(fixed_font())
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._text.setTabChangesFocus(True)
        self._text.setMinimumHeight(3 * self._text.fontMetrics().lineSpacing() + 12)
        copy = QPushButton(_("Copy"))
        copy.setObjectName("copySnippet")
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
        column.addWidget(self._text, 1)

    def text(self) -> str:
        """The snippet as it is shown."""
        self._follow()
        return self._text.toPlainText()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._follows:
            QTimer.singleShot(0, self, self._follow)

    def _follow(self) -> None:
        if not self._follows:
            self._follows = True
            self._form.snippet_changed.connect(self._write)
            self._write()

    def _write(self) -> None:
        text = self._form.snippet()
        if text != self._text.toPlainText():  # writing the same again would take away the selection
            self._text.setPlainText(text)
