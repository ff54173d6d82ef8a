"""The lines under the form that explain the option in focus."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from wsgui.core.i18n import _

_LINES = 5


class HelpPanel(QScrollArea):
    """Always of the same height, so that moving through the form does not move the form."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("optionHelp")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(_LINES * self.fontMetrics().lineSpacing() + 12)
        self._title = QLabel()
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self._text = QLabel(_("Go to an option and its explanation appears here."))
        self._text.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(2)
        for label in (self._title, self._text):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            column.addWidget(label)
        column.addStretch()
        self._title.hide()
        self.setWidget(content)

    def explain(self, title: str, text: str) -> None:
        """Show another explanation."""
        self._title.setText(title)
        self._title.show()
        self._text.setText(text)
        self.verticalScrollBar().setValue(0)
