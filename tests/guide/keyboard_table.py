"""The keys for the guide, as the window lists them: those of the menus, then those of each place."""

from __future__ import annotations

import os
from collections.abc import Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from wsgui.core.i18n import spoken
from wsgui.ui.shortcuts.groups import groups
from wsgui.ui.window import Window

_HEAD = {"en": "| What it does | Keys |", "ru": "| Что делает | Клавиши |"}


def lines() -> Iterator[str]:
    """In the language in use."""
    application = QApplication.instance() or QApplication(["wsgui"])
    window = Window()
    window.menus.setParent(window)  # they are filled when somebody asks for them
    found = groups(window.menuBar())
    window.deleteLater()
    application.processEvents()
    for group in found:
        yield f"\n## {group.title}\n"
        yield f"{_HEAD[spoken()]}\n|---|---|"
        yield from (f"| {row.title} | {row.keys.replace('|', '&#124;')} |" for row in group.rows)
