"""The keys in groups: one for each menu, made of the menu itself, then one for each place with keys of its own."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenuBar

from wsgui.core.i18n import _
from wsgui.ui.menu_walk import commands, keys_text
from wsgui.ui.shortcuts.elsewhere import ELSEWHERE


class Shortcut(NamedTuple):
    """What the keys do, and the keys as this system writes them."""

    title: str
    keys: str


class ShortcutGroup(NamedTuple):
    """The title of a menu or a place, and its keys."""

    title: str
    rows: tuple[Shortcut, ...]


def groups(bar: QMenuBar) -> list[ShortcutGroup]:
    """All of them, in the order of the menus and of the window."""
    menus: dict[str, list[Shortcut]] = {}
    for command in commands(bar):
        if command.keys:
            menus.setdefault(command.path[0], []).append(Shortcut(command.title.rstrip("…"), command.keys))
    places = (
        ShortcutGroup(
            _(place.title),
            tuple(Shortcut(_(title), keys_text([QKeySequence(each) for each in keys])) for title, keys in place.rows),
        )
        for place in ELSEWHERE
    )
    return [*(ShortcutGroup(title, tuple(rows)) for title, rows in menus.items()), *places]


def as_text(shown: list[ShortcutGroup]) -> str:
    """As plain text, to print or to send."""
    wide = max((len(row.keys) for group in shown for row in group.rows), default=0)
    blocks = (
        "\n".join([group.title, *(f"  {row.keys:<{wide}}  {row.title}" for row in group.rows)]) for group in shown
    )
    return "\n\n".join(blocks) + "\n"
