"""What the window does with environments: the switch in the address bar, the dialog, and what is shown on hover."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from wsgui.core.i18n import _
from wsgui.core.visible import one_line
from wsgui.ui.command import add_command
from wsgui.ui.icons import Icon

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from wsgui.core.environments import Environment, EnvironmentStore, StoredEnvironment
    from wsgui.ui.connection_tab import ConnectionTab
    from wsgui.ui.environments.dialog import EnvironmentsDialog
    from wsgui.ui.profiles.library import Library
    from wsgui.ui.window import Window


class Environments(QObject):
    """Belongs to the window. Nothing of it is imported before there is an environment, or somebody wants one."""

    def __init__(self, window: Window, library: Library) -> None:
        super().__init__(window)
        self._window = window
        self._library = library
        self._stored: list[StoredEnvironment] = []
        self._filled: dict[str, Environment] = {}
        """By name, with the values of their secrets: of those that were chosen since the window opened."""
        self._tips: dict[ConnectionTab, list[QWidget]] = {}
        """The editors that show what their variables stand for."""
        self.dialog: EnvironmentsDialog | None = None

    def add_actions(self, menu: QMenu) -> None:
        """For the Connection menu."""
        add_command(menu, _("En&vironments…"), self.show, "Ctrl+Shift+V", Icon.ENVIRONMENT)

    def begin(self) -> None:
        """The window was painted: offer what there is."""
        self._library.start(self._begin(), "environments")

    async def _begin(self) -> None:
        if await asyncio.to_thread(_are_there):
            await self._reload()

    def take_tab(self, tab: ConnectionTab) -> None:
        """A tab is new."""
        tab.address.url_edit.textChanged.connect(lambda text: self._show_url_tip(tab, text))
        for signal in (tab.options.changed, tab.options.filled):  # rows are made later than values
            signal.connect(lambda: self._show_option_tips(tab))
        tab.destroyed.connect(lambda: self._tips.pop(tab, None))
        if self._stored:
            self._offer(tab)
            self.choose(tab, self._window.settings.environment)

    # Choosing

    def choose(self, tab: ConnectionTab, name: str) -> None:
        """Let the tab's variables have their values from this one; an empty name: from none."""
        self._library.start(self._choose(tab, name), "environment")

    async def _choose(self, tab: ConnectionTab, name: str) -> None:
        tab.environment = await self.filled(name)
        box = tab.address.environment_box
        row = max(0, box.findData(tab.environment.name if tab.environment else ""))
        if box.currentIndex() != row:
            box.setCurrentIndex(row)
        tab.address.show_problem("")
        self._show_url_tip(tab, tab.address.url)
        self._show_option_tips(tab)

    async def filled(self, name: str) -> Environment | None:
        """The environment with the values of its secrets, as far as the keyring gives them."""
        if name in self._filled:
            return self._filled[name]
        stored = next((each for each in self._stored if each.environment.name == name), None)
        if stored is None:
            return None
        from dataclasses import replace

        from wsgui.ui.environments.dialog import place_of

        environment = stored.environment
        wanted = [place_of(variable) for variable in environment.secret if variable not in environment.variables]
        _store, keeping = await self._library.ready()
        found, reason = await keeping.read(environment.id, wanted) if wanted else ({}, "")
        if reason:
            self._window.show_error(reason)
        values = {variable: found[place_of(variable)] for variable in environment.secret if place_of(variable) in found}
        environment = replace(environment, variables={**environment.variables, **values})
        if not reason:
            self._filled[name] = environment
        return environment

    # The dialog

    def show(self) -> None:
        """Show all of them, to be changed."""
        if self.dialog is None:
            self._library.start(self._show(), "environments")
        else:
            self.dialog.raise_()

    async def _show(self) -> None:
        await self._reload()
        _store, keeping = await self._library.ready()
        from wsgui.ui.environments.dialog import EnvironmentsDialog

        known = [await self.filled(each.environment.name) or each.environment for each in self._stored]
        current = self._window.tab.environment
        name = current.name if current else self._window.settings.environment
        dialog = self.dialog = EnvironmentsDialog(self._window, self._store(), keeping, self._stored, known, name)
        dialog.saved.connect(lambda: self._library.start(self._changed(), "environments"))
        dialog.finished.connect(lambda _result: setattr(self, "dialog", None))
        dialog.open()

    async def _changed(self) -> None:
        self._filled.clear()
        await self._reload()
        if len(self._stored) == 1 and not self._window.settings.environment:
            self._window.settings.environment = self._stored[0].environment.name
            await self._choose(self._window.tab, self._stored[0].environment.name)

    # How it is done

    def _store(self) -> EnvironmentStore:
        from wsgui.core.environments import EnvironmentStore

        return EnvironmentStore()

    async def _reload(self) -> None:
        store = await asyncio.to_thread(self._store)
        self._stored, problems = await self._library.do(store.listing)
        if problems:
            self._window.show_error(" ".join(problems))
        for tab in self._tabs():
            own = tab.environment.id if tab.environment else ""
            renamed = next((each.environment.name for each in self._stored if own and each.environment.id == own), "")
            before = renamed or self._window.settings.environment
            if self._stored or "environment_box" in tab.address.__dict__:
                self._offer(tab)
                await self._choose(tab, before)

    def _tabs(self) -> list[ConnectionTab]:
        from wsgui.ui.connection_tab import ConnectionTab

        shown = [self._window.tabs.widget(index) for index in range(self._window.tabs.count())]
        return [tab for tab in shown if isinstance(tab, ConnectionTab)]

    def _offer(self, tab: ConnectionTab) -> None:
        is_new = "environment_box" not in tab.address.__dict__
        box = tab.address.environment_box
        box.blockSignals(True)
        box.clear()
        box.addItem(_("No environment"), "")
        for each in self._stored:
            box.addItem(one_line(each.environment.name, 40), each.environment.name)
        box.blockSignals(False)
        box.setVisible(bool(self._stored))
        if is_new:
            box.setToolTip(_("What {{variables}} stand for. Connection > Environments… changes it."))
            box.activated.connect(lambda row: self._activated(tab, str(box.itemData(row))))

    def _activated(self, tab: ConnectionTab, name: str) -> None:
        self._window.settings.environment = name
        self.choose(tab, name)

    # On hover

    def _show_url_tip(self, tab: ConnectionTab, text: str) -> None:
        edit = tab.address.url_edit
        if "{{" in text or edit.toolTip():
            edit.setToolTip(self._tip(tab, text))

    def _show_option_tips(self, tab: ConnectionTab) -> None:
        for editor in self._tips.pop(tab, []):
            editor.setToolTip("")
        values = tab.options.values()
        if not values:
            return
        from wsgui.core.variables import named_in

        shown = self._tips[tab] = []
        for name, row in tab.options.rows.items():
            if name in values and named_in(values[name]):
                row.editor.setToolTip(self._tip(tab, values[name]))
                shown.append(row.editor)

    @staticmethod
    def _tip(tab: ConnectionTab, value: object) -> str:
        from wsgui.core.environments import preview
        from wsgui.ui.plain_tip import plain_tip

        return plain_tip(one_line(preview(value, tab.environment), 1000))

    async def close(self) -> None:
        """End what goes on."""
        if self.dialog is not None:
            await self.dialog.close_tasks()


def _are_there() -> bool:
    from wsgui.core.json_file import data_folder

    return data_folder("environments").is_dir()
