"""The tree of profiles for Qt: folders first, then names. It says what a person wants moved or renamed, and shows it
only when that is done on disk."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QStandardItem, QStandardItemModel

from wsgui.core.profiles.store import Listing, Saved
from wsgui.core.visible import one_line
from wsgui.ui.plain_tip import plain_tip

Index = QModelIndex | QPersistentModelIndex

PATH = int(Qt.ItemDataRole.UserRole)
IS_FOLDER = PATH + 1
_MIME = "application/x-wsgui-profiles"
_LONGEST = 200
"""Characters of a name that is shown."""


class ProfileModel(QStandardItemModel):
    """``rename_wanted``: path, name. ``move_wanted``: paths, the folder that they are dropped on."""

    rename_wanted = Signal(object, str)
    move_wanted = Signal(list, object)

    def __init__(self, root: Path) -> None:
        super().__init__()
        self._root = root
        self.setColumnCount(1)

    def fill(self, listing: Listing, text: str, in_front: Path | None) -> None:
        """Show what has all words of ``text`` in its place, URL or notes; ``in_front`` is written bold."""
        words = text.casefold().split()
        shown = [saved for saved in listing.profiles if _matches(saved, self._root, words)]
        wanted = {parent for saved in shown for parent in saved.path.parents}
        self.clear()
        at: dict[Path, QStandardItem] = {self._root: self.invisibleRootItem()}
        for folder in sorted(listing.folders, key=_order):
            if (not words or folder in wanted) and (parent := at.get(folder.parent)):
                at[folder] = item = _item(folder, folder.name)
                item.setData(True, IS_FOLDER)
                parent.appendRow(item)
        for saved in sorted(shown, key=lambda saved: (saved.profile.name.casefold(), saved.path.name)):
            if parent := at.get(saved.path.parent):
                item = _item(saved.path, saved.profile.name)
                item.setDropEnabled(False)
                item.setToolTip(plain_tip(_tip(saved)))
                if saved.path == in_front:
                    font = QFont()
                    font.setBold(True)
                    item.setFont(font)
                parent.appendRow(item)

    def path_of(self, index: Index) -> Path | None:
        """The file or folder of a row."""
        value = self.data(index, PATH)
        return value if isinstance(value, Path) else None

    def is_folder(self, index: Index) -> bool:
        """Whether a row is a folder."""
        return self.data(index, IS_FOLDER) is True

    def index_of(self, path: Path) -> QModelIndex:
        """The row of a file or folder; an invalid one if it is not shown."""
        waiting = [self.invisibleRootItem()]
        while waiting:
            item = waiting.pop()
            for row in range(item.rowCount()):
                child = item.child(row)
                if child.data(PATH) == path:
                    return child.index()
                waiting.append(child)
        return QModelIndex()

    def folder_at(self, index: Index) -> Path:
        """The folder that a row is, or is in."""
        path = self.path_of(index)
        if path is None:
            return self._root
        return path if self.is_folder(index) else path.parent

    # Qt's side

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        value: object = super().data(index, role)
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


def _matches(saved: Saved, root: Path, words: Sequence[str]) -> bool:
    profile = saved.profile
    if not words:
        return True
    place = saved.path.relative_to(root).as_posix()
    text = f"{place}\n{profile.name}\n{profile.url}\n{profile.notes}".casefold()
    return all(word in text for word in words)


def _tip(saved: Saved) -> str:
    notes = saved.profile.notes
    return "\n".join(filter(None, (one_line(saved.profile.name, 200), one_line(saved.profile.url, 200), notes[:500])))
