"""The tree of profiles for Qt: folders first, then names. It says what a person wants moved or renamed, and shows it
only when that is done on disk."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QStandardItem, QStandardItemModel

from wsgui.core.profiles.store import Listing, Saved
from wsgui.core.visible import one_line
from wsgui.ui.plain_tip import plain_tip

Index = QModelIndex | QPersistentModelIndex

PATH = int(Qt.ItemDataRole.UserRole)
IS_FOLDER = PATH + 1
_SAVED = PATH + 2
_MIME = "application/x-wsgui-profiles"
_LONGEST = 200
"""Characters of a name that is shown."""


class _File(NamedTuple):
    """A profile with what is asked of it at every key of a search."""

    order: tuple[str, str]
    saved: Saved
    text: str
    parent: str

    @classmethod
    def of(cls, saved: Saved) -> _File:
        profile, path = saved.profile, str(saved.path)
        text = f"{saved.place}\n{profile.name}\n{profile.url}\n{profile.notes}".casefold()
        return cls((profile.name.casefold(), path), saved, text, str(saved.path.parent))


class ProfileModel(QStandardItemModel):
    """``rename_wanted``: path, name. ``move_wanted``: paths, the folder that they are dropped on."""

    rename_wanted = Signal(object, str)
    move_wanted = Signal(list, object)

    def __init__(self, root: Path) -> None:
        super().__init__()
        self._root = root
        self._listing = Listing((), (), ())
        self._files: list[_File] = []
        """In the order of the tree."""
        self._items: dict[str, QStandardItem] = {}
        """By the text of the path: to hash a path takes ten times as long."""
        self.setColumnCount(1)

    def fill(self, listing: Listing, text: str, in_front: Path | None) -> None:
        """Show what has all words of ``text`` in its place, name, URL or notes; ``in_front`` is written bold."""
        if listing is not self._listing:
            self._listing = listing
            self._files = sorted(map(_File.of, listing.profiles), key=lambda file: file.order)
        words = text.casefold().split()
        shown = [file for file in self._files if all(word in file.text for word in words)] if words else self._files
        wanted = {str(folder) for parent in {file.saved.path.parent for file in shown} for folder in _upward(parent)}
        self.clear()
        self._items = {}
        root = str(self._root)

        def place(folder: str) -> ProfileModel | QStandardItem | None:
            # Not invisibleRootItem(): when Qt deletes it, with the model, PySide is not told, and takes for it whatever
            # Qt puts at its address next.
            return self if folder == root else self._items.get(folder)

        for folder in sorted(listing.folders, key=_order):
            if (not words or str(folder) in wanted) and (parent := place(str(folder.parent))) is not None:
                self._items[str(folder)] = item = _item(folder, folder.name)
                item.setData(True, IS_FOLDER)
                parent.appendRow(item)
        for file in shown:
            if (parent := place(file.parent)) is not None:
                self._items[str(file.saved.path)] = item = _item(file.saved.path, file.saved.profile.name)
                item.setDropEnabled(False)
                item.setData(file.saved, _SAVED)
                parent.appendRow(item)
        if bold := self._items.get(str(in_front)):
            font = QFont()
            font.setBold(True)
            bold.setFont(font)

    def path_of(self, index: Index) -> Path | None:
        """The file or folder of a row."""
        value = self.data(index, PATH)
        return value if isinstance(value, Path) else None

    def is_folder(self, index: Index) -> bool:
        """Whether a row is a folder."""
        return self.data(index, IS_FOLDER) is True

    def index_of(self, path: Path) -> QModelIndex:
        """The row of a file or folder; an invalid one if it is not shown."""
        item = self._items.get(str(path))
        return item.index() if item else QModelIndex()

    def folder_at(self, index: Index) -> Path:
        """The folder that a row is, or is in."""
        path = self.path_of(index)
        if path is None:
            return self._root
        return path if self.is_folder(index) else path.parent

    # Qt's side

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        value: object = super().data(index, _SAVED if role == Qt.ItemDataRole.ToolTipRole else role)
        if isinstance(value, Saved) and role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(_tip(value))
        return one_line(value, _LONGEST) if role == Qt.ItemDataRole.DisplayRole and isinstance(value, str) else value

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole:
            return super().setData(index, value, role)
        name, path = str(value).strip(), self.path_of(index)
        if name and path is not None and name != super().data(index, role):
            self.rename_wanted.emit(path, name)
        return False  # it is shown when it is so

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        data.setData(_MIME, json.dumps([str(self.path_of(index)) for index in indexes]).encode())
        return data

    def dropMimeData(self, data: QMimeData, _action: Qt.DropAction, _row: int, _column: int, parent: Index) -> bool:
        if data.hasFormat(_MIME):
            paths = [Path(path) for path in json.loads(bytes(data.data(_MIME).data()))]
            self.move_wanted.emit(paths, self.folder_at(parent))
        return False  # Qt must not move the rows: they are shown anew when the files have moved


def _item(path: Path, name: str) -> QStandardItem:
    item = QStandardItem(name)
    item.setData(path, PATH)
    return item


def _order(folder: Path) -> tuple[int, str]:
    return len(folder.parts), folder.name.casefold()


def _upward(folder: Path) -> tuple[Path, ...]:
    return (folder, *folder.parents)


def _tip(saved: Saved) -> str:
    notes = saved.profile.notes
    return "\n".join(filter(None, (one_line(saved.profile.name, 200), one_line(saved.profile.url, 200), notes[:500])))
