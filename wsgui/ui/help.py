"""What the window offers of help: the palette, the sheet of keys, About. Each is made when it is first wanted."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from wsgui.core.i18n import _
from wsgui.ui.about import show_about
from wsgui.ui.command import add_command

if TYPE_CHECKING:
    from wsgui.ui.palette.palette import Palette
    from wsgui.ui.shortcuts.sheet import ShortcutSheet
    from wsgui.ui.window import Window


class Help(QObject):
    """Belongs to the window."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window

    def add_actions(self, menu: QMenu) -> None:
        """What the Help menu offers."""
        add_command(menu, _("Find a &command…"), lambda: self.palette.open_anew(), "Ctrl+K")
        add_command(menu, _("&Keyboard shortcuts"), self.show_shortcuts, "Ctrl+/")
        menu.addSeparator()
        add_command(menu, _("&About wsgui"), lambda: show_about(self._window))

    @cached_property
    def palette(self) -> Palette:
        """The command palette."""
        from wsgui.ui.palette.palette import Palette

        return Palette(self._window)

    @cached_property
    def sheet(self) -> ShortcutSheet:
        """The sheet of keys."""
        from wsgui.ui.shortcuts.sheet import ShortcutSheet

        return ShortcutSheet(self._window)

    def show_shortcuts(self) -> None:
        """Show the sheet of keys."""
        self.sheet.show()
        self.sheet.raise_()
        self.sheet.activateWindow()
        self.sheet.filter_edit.setFocus()

    async def close(self) -> None:
        """End what goes on."""
        if "palette" in vars(self):
            await self.palette.close_tasks()
