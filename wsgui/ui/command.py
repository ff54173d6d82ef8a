"""A command: a text, what it does, and its keys. It stands in a menu, so that all commands can be found there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from wsgui.ui.icons import Icon, icon

Keys = QKeySequence.StandardKey | str


def add_command(
    menu: QMenu, text: str, do: Callable[[], object], keys: Keys | None = None, which: Icon | None = None
) -> QAction:
    """Add a command to a menu. Its keys work in the whole window that has the menu; ``which`` icon goes with it."""
    action = QAction(text, menu)
    if which is not None:
        action.setIcon(icon(which))
    action.triggered.connect(lambda _checked=False: do())
    if keys is not None:
        action.setShortcut(QKeySequence(keys))
    menu.addAction(action)
    return action
