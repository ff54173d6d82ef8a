"""``docs/keyboard.md``, made of the menus. ``python -m tests.ui.shortcuts.keyboard_page`` writes it anew."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtWidgets import QMenuBar

from wsgui.ui.shortcuts.groups import groups

PAGE = Path(__file__).parents[3] / "docs" / "keyboard.md"

INTRODUCTION = """\
# The keyboard

Everything in wsgui can be done with the keyboard. **Ctrl+K** opens the command palette: type a few letters of what you
want, Enter does it, Esc takes you back to where you were. It finds the commands of all menus, every option, the pages,
the URLs you used before and the faults of the built-in server. The initials of a name are enough (`nc`: New
connection), and the English names work in every language. **Ctrl+/** shows this list in the program.

On macOS, Ctrl is Cmd.
"""


def page(bar: QMenuBar) -> str:
    """The page as it should be."""
    blocks = []
    for group in groups(bar):
        rows = (f"| {row.title} | {row.keys.replace('|', '&#124;')} |" for row in group.rows)
        blocks.append("\n".join([f"## {group.title}\n", "| what it does | keys |", "|---|---|", *rows, ""]))
    return "\n".join([INTRODUCTION, *blocks])


def main() -> None:
    """Write it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from wsgui import app

    _application, _loop, window = app.create([], "en")
    PAGE.write_text(page(window.menuBar()), encoding="utf-8")
    os._exit(0)  # nothing was shown and nothing runs


if __name__ == "__main__":
    main()
