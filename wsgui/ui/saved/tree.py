"""The tree of saved messages in their folders. Messages and folders are dragged to other places in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDropEvent, QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from wsgui.core.i18n import _
from wsgui.core.visible import one_line
from wsgui.ui.named import named
from wsgui.ui.plain_tip import plain_tip

if TYPE_CHECKING:
    from wsgui.core.saved_messages import Library, SavedMessage

_KEY = Qt.ItemDataRole.UserRole
_FOLDER = Qt.ItemDataRole.UserRole + 1
_LONGEST = 120
"""Characters of a cell."""


class SavedTree(QTreeWidget):
    """Shows a library, or what was found in it."""

    opened = Signal(str)
    """The key of a message that was double-clicked, or on which Enter was pressed."""
    delete_wanted = Signal()
    move_wanted = Signal(list, str, str)
    """Keys of messages, the folder to move them to, and the key of the message to put them before, or nothing."""
    folder_move_wanted = Signal(str, str)
    """A folder, and the one to move it into; the latter may be empty."""

    def __init__(self) -> None:
        super().__init__()
        self._awaited = ""
        """What is to be chosen when it is shown."""
        named(self, "savedTree", _("Saved messages"))
        self.setHeaderLabels([_("Name"), _("What is sent"), _("Shortcut")])
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setRootIsDecorated(True)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        header.resizeSection(0, 260)
        self.itemActivated.connect(lambda item, _column: self._open(item))

    def show_messages(self, messages: Sequence[SavedMessage], library: Library, *, searched: bool) -> None:
        """Show these; of folders all, or where it is searched those in which something is found."""
        chosen, closed = set(self.keys()), self._closed_folders()
        self.clear()
        paths = library._replace(messages=tuple(messages), folders=()).all_folders() if searched else None
        folders: dict[str, QTreeWidgetItem] = {"": self.invisibleRootItem()}
        for path in library.all_folders() if paths is None else paths:
            around, _slash, name = path.rpartition("/")
            item = folders[path] = QTreeWidgetItem(folders[around], [one_line(name, _LONGEST)])
            item.setData(0, _FOLDER, path)
            font = QFont(self.font())
            font.setBold(True)
            item.setFont(0, font)
            item.setExpanded(searched or path not in closed)
        for message in messages:
            item = QTreeWidgetItem(folders[message.folder], self._cells(message))
            item.setData(0, _KEY, message.key)
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDropEnabled)
            if message.note:
                item.setToolTip(0, plain_tip(message.note))
            item.setToolTip(1, plain_tip(message.text))
            item.setSelected(message.key in chosen)
        if self._awaited:
            self.choose(self._awaited)

    def keys(self) -> list[str]:
        """The messages that are selected, in the order of the tree."""
        items = sorted(self.selectedItems(), key=lambda item: self.visualItemRect(item).top())
        return [str(key) for item in items if (key := item.data(0, _KEY))]

    def folders(self) -> list[str]:
        """The folders that are selected."""
        return [str(path) for item in self.selectedItems() if (path := item.data(0, _FOLDER))]

    def folder(self) -> str:
        """The folder that is selected, or in which the selected message is."""
        for chosen in self.selectedItems():
            item: QTreeWidgetItem | None = chosen
            while item is not None:
                if path := item.data(0, _FOLDER):
                    return str(path)
                item = item.parent()
        return ""

    def choose(self, key: str) -> None:
        """Select one message and bring it into view, as soon as it is there."""
        self._awaited = key
        for item in self.findItems("", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive):
            if item.data(0, _KEY) == key:
                self._awaited = ""
                self.clearSelection()
                self.setCurrentItem(item)
                self.scrollToItem(item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Say what is wanted; the tree is made anew from what comes of it."""
        keys, folders = self.keys(), self.folders()
        point = event.position().toPoint()
        target = self.itemAt(point)
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        into, before = self._place(target, point.y())
        if keys and before not in keys:
            self.move_wanted.emit(keys, into, before)
        for folder in folders:
            self.folder_move_wanted.emit(folder, into)

    def _place(self, target: QTreeWidgetItem | None, y: int) -> tuple[str, str]:
        """The folder that something was dropped into, and the message that it was dropped before.

        A folder takes what is dropped on it, but at its upper edge; a message parts at its middle, as Qt shows it.
        """
        if target is None:
            return "", ""
        box = self.visualItemRect(target)
        edge = max(3, min(12, round(box.height() / 5.5)))
        above = y < (box.top() + edge if target.data(0, _FOLDER) else box.center().y())
        if path := target.data(0, _FOLDER):
            return (str(path).rpartition("/")[0] if above else str(path)), ""
        around = target.parent()
        folder = str(around.data(0, _FOLDER)) if around is not None else ""
        following = target if above else self.itemBelow(target)
        return folder, str(following.data(0, _KEY) or "") if following is not None else ""

    def _cells(self, message: SavedMessage) -> list[str]:
        sent = f"{message.event}  {message.text}" if message.event else message.text
        return [one_line(message.title, _LONGEST), one_line(sent, _LONGEST), message.keys]

    def _closed_folders(self) -> set[str]:
        items = self.findItems("", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive)
        return {str(path) for item in items if (path := item.data(0, _FOLDER)) and not item.isExpanded()}

    def _open(self, item: QTreeWidgetItem) -> None:
        if key := item.data(0, _KEY):
            self.opened.emit(str(key))
