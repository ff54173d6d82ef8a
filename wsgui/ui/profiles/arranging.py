"""What is done in the panel of profiles: files and folders renamed, moved, copied, deleted and brought back."""

from __future__ import annotations

import asyncio
import importlib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from wsgui.core.i18n import _
from wsgui.core.visible import one_line

if TYPE_CHECKING:
    from wsgui.core.profiles.store import Deleted, Listing, Saved
    from wsgui.ui.profiles.library import Library
    from wsgui.ui.profiles.panel import ProfilePanel
    from wsgui.ui.window import Window

PANEL = "profiles"
"""As the settings name it."""


class Arranging(QObject):
    """Belongs to the window; the panel is made when it is shown for the first time."""

    open_wanted = Signal(object, bool)
    """Path; whether in a new tab."""
    moved = Signal(object, object)
    """A file or folder: where it was, where it is."""
    renewed = Signal(object, object)
    """A profile has another name or other notes: its path before, what it is now."""

    def __init__(self, window: Window, library: Library) -> None:
        super().__init__(window)
        self._window = window
        self._library = library
        self._deleted: list[list[Deleted]] = []
        """What can be brought back, the last one last."""
        self._in_front: Path | None = None
        self._action: QAction | None = None
        self.panel: ProfilePanel | None = None
        library.listed.connect(self._show)
        library.problem.connect(self._say)

    def add_view(self, menu: QMenu) -> None:
        """For the View menu."""
        action = self._action = QAction(_("P&rofiles"), menu, checkable=True)
        action.setShortcut("Ctrl+B")
        action.setChecked(self._window.settings.is_shown(PANEL, otherwise=False))
        action.toggled.connect(lambda shown: self.show_panel(shown=shown))
        menu.addAction(action)

    def begin(self) -> None:
        """The window was painted: show the panel if it was shown the last time."""
        if self._window.settings.is_shown(PANEL, otherwise=False):
            self._library.start(self._show_panel(focus=False), "panel")
        else:
            self._library.start(self._import_early(), "import")

    def show_panel(self, *, shown: bool) -> None:
        """Show or hide it, and remember that."""
        self._window.settings.keep_shown(PANEL, shown)
        if shown:
            self._library.start(self._show_panel(focus=True), "panel")
        elif self.panel is not None:
            self.panel.hide()

    def show_in_front(self, path: Path | None) -> None:
        """Mark the profile of the tab in front."""
        self._in_front = path
        if self.panel is not None:
            self.panel.show_in_front(path)

    def close(self) -> None:
        """Keep the notes that are being written, and the width."""
        if self.panel is not None:
            self.panel.keep_notes()
            self._window.settings.keep_width(PANEL, self.panel.width())

    # How it is done

    async def _import_early(self) -> None:
        """What the panel needs takes 30 ms to import: in a thread, before somebody asks for it."""
        await asyncio.to_thread(importlib.import_module, "wsgui.ui.profiles.panel")
        await self._library.ready()

    async def _show_panel(self, *, focus: bool) -> None:
        store, _secrets = await self._library.ready()
        panel = self.panel or self._make_panel(store.folder)
        panel.show()
        await self._library.refresh()
        if focus:
            panel.search_edit.setFocus()

    def _make_panel(self, root: Path) -> ProfilePanel:
        from wsgui.ui.profiles.panel import ProfilePanel

        start = self._library.start
        panel = self.panel = ProfilePanel(self._window, root)
        panel.open_wanted.connect(self.open_wanted)
        panel.rename_wanted.connect(lambda path, name: start(self._rename(path, name), "rename"))
        panel.move_wanted.connect(lambda paths, folder: start(self._move(paths, folder), "move"))
        panel.duplicate_wanted.connect(lambda path: start(self._duplicate(path), "duplicate"))
        panel.delete_wanted.connect(lambda paths: start(self._delete(paths), "delete"))
        panel.folder_wanted.connect(lambda parent: start(self._make_folder(parent), "folder"))
        panel.notes_wanted.connect(lambda path, notes: start(self._note(path, notes), "notes"))
        panel.undo_wanted.connect(lambda: start(self._undo(), "undo"))
        panel.hidden.connect(self._hidden)
        self._window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, panel)
        self._window.resizeDocks([panel], [self._window.settings.width(PANEL, 280)], Qt.Orientation.Horizontal)
        return panel

    def _hidden(self) -> None:
        if self._action is not None:
            self._action.setChecked(False)

    def _show(self, listing: Listing, choose: Path | None) -> None:
        if self.panel is not None:
            self.panel.show_listing(listing, self._in_front, choose)

    def _say(self, sentence: str) -> None:
        if self.panel is not None:
            self.panel.say(sentence, undo=bool(self._deleted))

    async def _rename(self, path: Path, name: str) -> None:
        store, _secrets = await self._library.ready()
        listing = self._library.listing
        if listing is not None and path in listing.folders:
            now = await self._library.do(lambda: store.rename_folder(path, name))
        else:
            saved = await self._library.do(lambda: store.rename(store.read(path), name))
            now = saved.path
            self.renewed.emit(path, saved)
        self.moved.emit(path, now)
        await self._library.refresh(now)

    async def _move(self, paths: list[Path], folder: Path) -> None:
        store, _secrets = await self._library.ready()
        now = None
        for path in paths:
            now = await self._library.do(partial(store.move, path, folder))
            self.moved.emit(path, now)
        await self._library.refresh(now)

    async def _duplicate(self, path: Path) -> None:
        store, secrets = await self._library.ready()
        original = await self._library.do(lambda: store.read(path))
        copy = await self._library.do(lambda: store.duplicate(original))
        await self._library.refresh(copy.path)
        if reason := await secrets.copy(original.profile, copy.profile):
            self._say(reason)

    async def _delete(self, paths: list[Path]) -> None:
        from wsgui.ui.profiles.panel import deleted_sentence

        store, _secrets = await self._library.ready()
        kept = [path for path in paths if not any(parent in paths for parent in path.parents)]
        names = [saved.profile.name for path in kept for saved in self._below(path)] or [kept[0].name]
        gone: list[Deleted] = []
        self._deleted.append(gone)
        for path in kept:
            gone += [await self._library.do(partial(store.delete, path))]
        await self._library.refresh()
        self._say(deleted_sentence(names))

    def _below(self, path: Path) -> list[Saved]:
        """The profiles that go with a file or folder."""
        listing = self._library.listing
        return [saved for saved in listing.profiles if path in (saved.path, *saved.path.parents)] if listing else []

    async def _undo(self) -> None:
        store, _secrets = await self._library.ready()
        if not self._deleted:
            return
        now = None
        for deleted in self._deleted.pop():
            now = await self._library.do(partial(store.restore, deleted))
        await self._library.refresh(now)
        if now is not None:
            self._say(_("Back again: “{title}”.").format(title=one_line(now.stem, 60)))

    async def _make_folder(self, parent: Path) -> None:
        store, _secrets = await self._library.ready()
        path = await self._library.do(lambda: store.make_folder(parent, _("New folder")))
        await self._library.refresh(path)
        if self.panel is not None:
            self.panel.tree.setFocus()
            self.panel.rename_chosen()

    async def _note(self, path: Path, notes: str) -> None:
        from dataclasses import replace  # the window opens sooner without it

        store, _secrets = await self._library.ready()

        def write() -> Saved:
            saved = store.read(path)
            return store.write(saved, replace(saved.profile, notes=notes))

        written = await self._library.do(write)
        self.renewed.emit(path, written)
        await self._library.refresh()
