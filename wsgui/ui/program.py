"""What concerns the program and no connection: the palette, the keys, the settings, About. Made when first wanted."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from wsgui.core.i18n import _
from wsgui.ui.command import add_command
from wsgui.ui.icons import Icon

if TYPE_CHECKING:
    from wsgui.ui.palette.palette import Palette
    from wsgui.ui.settings_dialog import SettingsDialog
    from wsgui.ui.shortcuts.sheet import ShortcutSheet
    from wsgui.ui.updating import Updating
    from wsgui.ui.window import Window


class Program(QObject):
    """Belongs to the window."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        window.ready.connect(self.begin)

    def add_help(self, menu: QMenu) -> None:
        """What the Help menu offers."""
        add_command(menu, _("Find a &command…"), lambda: self.palette.open_anew(), "Ctrl+K", Icon.FIND)
        add_command(menu, _("&Keyboard shortcuts"), self.show_shortcuts, "Ctrl+/")
        add_command(menu, _("Check for u&pdates"), lambda: self.updating.look())
        menu.addSeparator()
        add_command(menu, _("&About wsgui"), self._show_about)

    def add_settings(self, menu: QMenu) -> None:
        """What the File menu offers."""
        add_command(menu, _("&Settings…"), self.show_settings, "Ctrl+,", Icon.SETTINGS)

    def _show_about(self) -> None:
        from wsgui.ui.about import show_about

        show_about(self._window)

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

    @cached_property
    def settings_dialog(self) -> SettingsDialog:
        """The settings."""
        from wsgui.ui.settings_dialog import SettingsDialog

        return SettingsDialog(self._window)

    @cached_property
    def updating(self) -> Updating:
        """What looks for a newer version."""
        from wsgui.ui.updating import Updating

        return Updating(self._window)

    def begin(self) -> None:
        """The window is there: look for a newer version if that is wanted."""
        if self._window.settings.looks_for_updates:
            self.updating.look_if_wanted()

    def show_settings(self) -> None:
        """Show the settings."""
        self.settings_dialog.show()
        self.settings_dialog.raise_()
        self.settings_dialog.activateWindow()

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
        if "updating" in vars(self):
            await self.updating.close()
