"""The commands of a menu bar, one by one, with the menus that they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar


class MenuCommand(NamedTuple):
    """A command and where it stands: the titles of the menus from the bar on, without mnemonics."""

    path: tuple[str, ...]
    action: QAction

    @property
    def title(self) -> str:
        """Its text without the mnemonic."""
        return plain_title(self.action.text())

    @property
    def keys(self) -> str:
        """Its keys as this system writes them, several with commas; empty if it has none."""
        return keys_text(self.action.shortcuts())


def commands(bar: QMenuBar) -> Iterator[MenuCommand]:
    """Every command, in the order of the menus. Menus that are filled when they open are filled for it."""
    for action in bar.actions():
        if isinstance(menu := action.menu(), QMenu):
            yield from _of_menu(menu, (plain_title(menu.title()),))


def _of_menu(menu: QMenu, path: tuple[str, ...]) -> Iterator[MenuCommand]:
    menu.aboutToShow.emit()
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from _of_menu(inner, (*path, plain_title(inner.title())))
        elif not action.isSeparator() and action.isVisible():
            yield MenuCommand(path, action)


def plain_title(text: str) -> str:
    """A text without its mnemonic."""
    return re.sub("&(.)", r"\1", text)


def keys_text(keys: list[QKeySequence]) -> str:
    """Keys as this system writes them."""
    return ", ".join(each.toString(QKeySequence.SequenceFormat.NativeText) for each in keys if not each.isEmpty())
