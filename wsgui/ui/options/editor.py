"""An OptionEditor is the widget in which a person changes one option; there is one kind for each type of option.

An editor knows how to show a value and how to read back what a person made of it. It does not keep the value: the
row that holds it does, and takes only what :meth:`OptionEditor.read` lets pass.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget

from wsgui.core.i18n import _
from wsgui.core.option_types import Option, OptionValue


class OptionEditor(QWidget):
    """``input`` is the widget that takes the keyboard, named ``option_<JavaScript name>``."""

    edited = Signal()
    """A person, not the program, changed what the editor shows."""

    def __init__(self, option: Option) -> None:
        super().__init__()
        self.option = option
        self.input: QWidget = self

    def read(self) -> OptionValue:
        """The value that the editor shows; raises ``OptionError`` if it shows none."""
        raise NotImplementedError

    def show_value(self, value: OptionValue) -> None:
        """Show ``value``, a good one, without saying ``edited``."""
        raise NotImplementedError

    def say(self) -> None:
        """Tell a screen reader what it edits."""
        self.input.setAccessibleName(f"{self.option.name}, {_(self.option.label)}")
        self.input.setAccessibleDescription(_(self.option.help))

    def _place(self, focused: QWidget, layout: QLayout | None = None) -> None:
        """Name ``focused`` for tests and screen readers, and fill the editor with ``layout``, or with it alone."""
        option = self.option
        self.input = focused
        focused.setObjectName(f"option_{option.name}")
        self.say()
        if layout is None:
            layout = QHBoxLayout()
            layout.addWidget(focused)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)
