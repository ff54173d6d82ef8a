"""A band at the top of the window: one sentence, what can be done about it, and Dismiss."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy

from wsgui.core.i18n import _
from wsgui.ui.elided_label import ElidedLabel
from wsgui.ui.named import named


class Band(QFrame):
    """Quiet: it takes neither the keyboard nor the room of what one works at."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("band", "bad")
        self.label = named(ElidedLabel(), f"{name}Label")
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 4, 4, 4)
        self._row.setSpacing(8)
        self._row.addWidget(self.label, 1)
        self.dismiss_button = self.add(f"{name}Dismiss", _("Dismiss"), self.hide)

    def add(self, name: str, text: str, do: Callable[[], object]) -> QPushButton:
        """A button at the left of those that there are."""
        button = named(QPushButton(text), name)
        button.clicked.connect(lambda: do())
        self._row.insertWidget(1, button)
        return button

    def say(self, sentence: str) -> None:
        """Show the sentence, and tell it to a screen reader."""
        self.label.setText(sentence)
        self.label.setAccessibleName(sentence)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self.label, QAccessible.Event.Alert))
