"""A label whose text is never markup, whoever wrote it: lines are wrapped, and the text can be selected."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from wsgui.ui.theme import restyle


class PlainLabel(QLabel):
    """``tone`` is one of the style sheet's."""

    def __init__(self, text: str = "", tone: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        # A long word must not widen the window.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        if tone:
            self.setProperty("tone", tone)
        self.setText(text)

    def show_text(self, text: str, tone: str | None = None) -> None:
        """Show this, or hide where there is nothing to show."""
        self.setText(text)
        self.setVisible(bool(text))
        if tone is not None and self.property("tone") != tone:
            self.setProperty("tone", tone)
            restyle(self)
