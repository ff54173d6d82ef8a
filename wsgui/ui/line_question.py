"""A dialog that asks for one line of text; it is not waited for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QWidget


def ask_for_line(
    parent: QWidget, object_name: str, title: str, label: str, text: str, then: Callable[[str], None]
) -> None:
    """``text`` is what stands there at first; ``then`` is told what the person made of it."""
    dialog = QInputDialog(parent)
    dialog.setObjectName(object_name)
    dialog.setWindowTitle(title)
    dialog.setLabelText(label)
    dialog.setTextValue(text)
    dialog.textValueSelected.connect(then)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
