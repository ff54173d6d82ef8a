"""The window's comparisons: what there is to choose, and the way from a step back to its log."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from wsgui.core.i18n import _
from wsgui.core.tasks import TaskOwner
from wsgui.ui.command import add_command
from wsgui.ui.icons import Icon

if TYPE_CHECKING:
    from wsgui.core.recordings import Entry
    from wsgui.ui.comparison.compare_window import CompareWindow
    from wsgui.ui.comparison.source import Source
    from wsgui.ui.window import Window


class Comparing(QObject):
    """Belongs to the window. Nothing of it is made before it is needed."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._tasks = TaskOwner("comparing")
        self.dialog: CompareWindow | None = None

    def add_actions(self, menu: QMenu) -> None:
        """What the File menu offers."""
        add_command(menu, _("Co&mpare…"), self.show, "Ctrl+Shift+D", Icon.COMPARE)

    def show(self, paths: Sequence[Path] = ()) -> None:
        """Compare these: one with what is to be chosen. Without any, what is in front with an earlier run of it."""
        self._tasks.start(self._show(list(paths)), "show")

    async def _show(self, paths: list[Path]) -> None:
        from wsgui.core.recording import folder
        from wsgui.core.recordings import Outcome, entries
        from wsgui.ui.comparison.source import entry_source, tab_sources

        def read() -> list[Entry]:
            importlib.import_module("wsgui.ui.comparison.compare_window")  # takes 50 ms, too
            return [entry for entry in entries(folder()) if entry.outcome is not Outcome.UNREADABLE]

        listed = await asyncio.to_thread(read)
        from wsgui.ui.comparison.compare_window import CompareWindow

        open_ones = tab_sources(self._window)
        past = map(entry_source, listed)
        sources = [*open_ones, *(each for each in past if not any(each.is_same(tab) for tab in open_ones))]
        if self.dialog is None:
            self.dialog = CompareWindow(self._window)
            self.dialog.jump_wanted.connect(lambda source, seq: self._tasks.start(self._jump(source, seq), "jump"))
        left, right = _choice(sources, paths)
        self.dialog.show_sources(sources, left, right)
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    async def _jump(self, source: Source, seq: int) -> None:
        window = self._window
        tab = source.tab
        shown = [window.tabs.widget(index) for index in range(window.tabs.count())]
        if tab is None or tab not in shown:
            tab = await window.shelf.tab_for(source.path) if source.path is not None else None
        if tab is None:
            return
        window.tabs.setCurrentWidget(tab)
        tab.pages.show_page("log")
        tab.log.show_seq(seq)
        window.activateWindow()

    async def close(self) -> None:
        """End what goes on."""
        await self._tasks.close()
        if self.dialog is not None:
            await self.dialog.close_tasks()


def _choice(sources: Sequence[Source], paths: Sequence[Path]) -> tuple[Source | None, Source | None]:
    """The two to begin with."""
    if paths:
        chosen = [next((each for each in sources if _has(each, path)), None) for path in paths]
        return chosen[0], chosen[1] if len(chosen) > 1 else None
    left = next((each for each in sources if each.tab is not None), None)
    others = [each for each in sources if left is not None and each is not left and each.url == left.url]
    return left, others[0] if others else None


def _has(source: Source, path: Path) -> bool:
    return source.path is not None and source.path.absolute() == path.absolute()
