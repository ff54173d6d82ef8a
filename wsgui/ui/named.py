"""Names of widgets: one for tests and scripts, one for screen readers."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QWidget

KEEPS_TEXT = "keepsText"
"""The property of a widget whose text is a name, or somebody else's words: it is the same in every language."""

W = TypeVar("W", bound=QWidget)


def named(widget: W, object_name: str, accessible_name: str = "") -> W:
    """Give ``widget`` its object name and, where its text does not say what it is, its accessible name."""
    widget.setObjectName(object_name)
    if accessible_name:
        widget.setAccessibleName(accessible_name)
    return widget
