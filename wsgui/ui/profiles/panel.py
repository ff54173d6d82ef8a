"""The panel of profiles at the side of the window: the tree, its search, and the notes of what is chosen in it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDockWidget,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from wsgui.core.i18n import _, plural
from wsgui.core.profiles.store import Listing, Saved
from wsgui.core.visible import one_line
from wsgui.ui.elided_label import ElidedLabel
from wsgui.ui.named import named
from wsgui.ui.plain_label import PlainLabel
from wsgui.ui.profiles.tree_model import ProfileModel

_NOTES_HEIGHT = 90
"""Pixels."""


class _Offer(NamedTuple):
    text: str
    keys: str
    do: Callable[[], object]


class ProfilePanel(QDockWidget):
    """Says what is wanted; files are moved and written by who listens."""

    open_wanted = Signal(object, bool)
    """Path; whether in a new tab."""
    rename_wanted = Signal(object, str)
    move_wanted = Signal(list, object)
    duplicate_wanted = Signal(object)
    delete_wanted = Signal(list)
    folder_wanted = Signal(object)
    """A new folder in this one."""
    notes_wanted = Signal(object, str)
    undo_wanted = Signal()
    hidden = Signal()

    def __init__(self, parent: QWidget, root: Path) -> None:
        super().__init__(_("Profiles"), parent)
        self.setObjectName("profilePanel")
        self.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        self.setAllowedAreas(Qt.DockWidgetArea.LeftDockWidgetArea)
        self._root = root
        self._listing = Listing((), (), ())
        self._in_front: Path | None = None
        self._closed: set[Path] = set()
        """Folders that the person has folded."""
        self._noted: Path | None = None
        """Whose notes are shown."""
        self._notes = ""
        """What they were when they were shown."""
        self.model = ProfileModel(root)
        self.model.setParent(self)
        self.search_edit = named(QLineEdit(), "profileSearch", _("Search the profiles"))
        self.search_edit.setPlaceholderText(_("Search"))
        self.search_edit.setToolTip(_("Words of the name, the folder, the URL or the notes"))
        self.search_edit.setClearButtonEnabled(True)
        self.folder_button = named(QToolButton(), "newProfileFolder", _("New folder"))
        self.folder_button.setText(_("New folder"))
        self.tree = named(QTreeView(), "profileTree", _("Profiles"))
        self.nothing = PlainLabel("", "muted")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.notes_edit = named(QPlainTextEdit(), "profileNotes", _("Notes of the profile"))
        self.notes_edit.setPlaceholderText(_("Notes"))
        self.notes_edit.setTabChangesFocus(True)
        self.notes_edit.setFixedHeight(_NOTES_HEIGHT)
        self.said = named(ElidedLabel(), "profilesSaid")
        self.undo_button = named(QPushButton(_("&Undo")), "undoProfiles")
        self.undo_button.hide()
        self._lay_out()
        self._connect()
        self._show_notes()

    # What it shows

    def show_listing(self, listing: Listing, in_front: Path | None, choose: Path | None = None) -> None:
        """Show what there is; ``in_front`` is the profile of the tab in front, ``choose`` is then the chosen row."""
        self._listing, self._in_front = listing, in_front
        self._fill(choose or self.current)
        if listing.problems:
            self.say(" ".join(listing.problems))

    def show_in_front(self, path: Path | None) -> None:
        """Mark the profile of the tab in front."""
        if path != self._in_front:
            self._in_front = path
            self._fill(self.current)

    def say(self, sentence: str, *, undo: bool = False) -> None:
        """Say something below the tree, and whether it can be taken back."""
        self.said.setText(sentence)
        self.undo_button.setVisible(undo)

    @property
    def current(self) -> Path | None:
        """The chosen file or folder."""
        return self.model.path_of(self.tree.currentIndex())

    def chosen(self) -> list[Path]:
        """The chosen ones, in the order of the tree."""
        paths = map(self.model.path_of, self.tree.selectionModel().selectedRows())
        return [path for path in paths if path is not None]

    def keep_notes(self) -> None:
        """Hand on the notes if they were changed."""
        saved = self._saved(self._noted)
        if saved is not None and (notes := self.notes_edit.toPlainText()) != saved.profile.notes:
            self.notes_wanted.emit(saved.path, notes)

    # What the person does

    def open_chosen(self, *, new_tab: bool = False) -> None:
        """Open the chosen profile; unfold or fold a folder."""
        index = self.tree.currentIndex()
        path = self.model.path_of(index)
        if path is None:
            return
        if self.model.is_folder(index):
            self.tree.setExpanded(index, not self.tree.isExpanded(index))
        else:
            self.open_wanted.emit(path, new_tab)

    def rename_chosen(self) -> None:
        """Edit the name where it stands."""
        if self.current is not None:
            self.tree.edit(self.tree.currentIndex())

    def duplicate_chosen(self) -> None:
        if (saved := self._saved(self.current)) is not None:
            self.duplicate_wanted.emit(saved.path)

    def delete_chosen(self) -> None:
        """Without a question: it can be brought back."""
        if paths := self.chosen():
            self.delete_wanted.emit(paths)

    def make_folder(self) -> None:
        self.folder_wanted.emit(self.model.folder_at(self.tree.currentIndex()))

    def menu_for(self, index: QModelIndex) -> QMenu:
        """What can be done with a row."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        is_file = self._saved(self.model.path_of(index)) is not None
        for offer in self._offers():
            if is_file or offer.do in (self.rename_chosen, self.delete_chosen, self.make_folder):
                action = menu.addAction(offer.text)
                action.setEnabled(index.isValid() or offer.do == self.make_folder)
                action.setShortcut(QKeySequence(offer.keys))
                action.triggered.connect(lambda _checked=False, do=offer.do: do())
        self._add_folders(menu.addMenu(_("&Move to")), index)
        return menu

    def _offers(self) -> list[_Offer]:
        return [
            _Offer(_("&Open"), "Return", self.open_chosen),
            _Offer(_("Open in a new &tab"), "Ctrl+Return", partial(self.open_chosen, new_tab=True)),
            _Offer(_("&Rename"), "F2", self.rename_chosen),
            _Offer(_("&Duplicate"), "Ctrl+D", self.duplicate_chosen),
            _Offer(_("D&elete"), "Delete", self.delete_chosen),
            _Offer(_("New &folder"), "Ctrl+Shift+N", self.make_folder),
        ]

    def _add_folders(self, menu: QMenu, index: QModelIndex) -> None:
        """All folders: what the mouse does by dragging, by keyboard."""
        path = self.model.path_of(index)
        menu.setEnabled(path is not None)
        for folder in (self._root, *sorted(self._listing.folders)):
            place = folder.relative_to(self._root).as_posix()
            text = _("Top of the tree") if folder == self._root else one_line(place, 80).replace("&", "&&")
            action = menu.addAction(text)
            action.setEnabled(path is not None and folder != path.parent and folder != path)
            action.triggered.connect(lambda _checked=False, to=folder: self.move_wanted.emit(self.chosen(), to))

    # How it is done

    def _fill(self, choose: Path | None) -> None:
        chosen = {choose, *self.chosen()}
        searching = bool(self.search_edit.text().strip())
        self.tree.selectionModel().blockSignals(True)
        self.model.fill(self._listing, self.search_edit.text(), self._in_front)
        self.tree.selectionModel().blockSignals(False)
        self.tree.blockSignals(True)
        self.tree.expandAll()
        if not searching:
            for folder in self._closed:
                self.tree.collapse(self.model.index_of(folder))
        self.tree.blockSignals(False)
        index = self.model.index_of(choose) if choose in chosen and choose is not None else QModelIndex()
        if not index.isValid() and searching:
            index = self._first_file()
        if index.isValid():
            self.tree.setCurrentIndex(index)
            self.tree.scrollTo(index)
        self._show_nothing()
        self._show_notes()

    def _first_file(self) -> QModelIndex:
        index = self.model.index(0, 0)
        while index.isValid() and self.model.is_folder(index):
            index = self.tree.indexBelow(index)
        return index

    def _show_nothing(self) -> None:
        if self.model.rowCount():
            self.nothing.hide()
        elif self.search_edit.text().strip():
            self.nothing.show_text(_("Nothing matches."))
        else:
            self.nothing.show_text(_("No connection is saved yet. Ctrl+S saves the one in front."))
        self.tree.setVisible(not self.nothing.isVisibleTo(self.widget()))

    def _show_notes(self) -> None:
        saved = self._saved(self.current)
        path = saved.path if saved else None
        notes = saved.profile.notes if saved else ""
        written = self.notes_edit.toPlainText()
        if path == self._noted and written not in (self._notes, notes):
            return  # somebody writes there, and it is not kept yet
        self._noted, self._notes = path, notes
        self.notes_edit.setEnabled(saved is not None)
        if written != notes:
            self.notes_edit.setPlainText(notes)

    def _chosen_changed(self) -> None:
        if self.current != self._noted:
            self.keep_notes()
            self._show_notes()

    def _saved(self, path: Path | None) -> Saved | None:
        return next((saved for saved in self._listing.profiles if saved.path == path), None) if path else None

    def _fold(self, index: QModelIndex, *, closed: bool) -> None:
        if (path := self.model.path_of(index)) and not self.search_edit.text().strip():
            (self._closed.add if closed else self._closed.discard)(path)

    def _connect(self) -> None:
        self.search_edit.textChanged.connect(lambda _text: self._fill(self.current))
        self.folder_button.clicked.connect(self.make_folder)
        self.undo_button.clicked.connect(self.undo_wanted)
        self.tree.doubleClicked.connect(self._double_clicked)
        self.tree.customContextMenuRequested.connect(self._show_menu)
        self.tree.collapsed.connect(lambda index: self._fold(index, closed=True))
        self.tree.expanded.connect(lambda index: self._fold(index, closed=False))
        self.tree.selectionModel().currentChanged.connect(lambda _now, _before: self._chosen_changed())
        self.model.rename_wanted.connect(self.rename_wanted)
        self.model.move_wanted.connect(self.move_wanted)
        for widget in (self.search_edit, self.tree, self.notes_edit):
            widget.installEventFilter(self)
        self.visibilityChanged.connect(self._tell_visibility)

    def _double_clicked(self, index: QModelIndex) -> None:
        if not self.model.is_folder(index):  # a folder unfolds by itself
            self.open_chosen()

    def _tell_visibility(self, visible: bool) -> None:
        if not visible and self.isHidden():
            self.keep_notes()
            self.hidden.emit()

    def _show_menu(self, point: QPoint) -> None:
        index = self.tree.indexAt(point)
        if not index.isValid() and point.isNull():
            index = self.tree.currentIndex()
        self.menu_for(index).popup(self.tree.viewport().mapToGlobal(point))

    def _lay_out(self) -> None:
        tree = self.tree
        tree.setModel(self.model)
        tree.setHeaderHidden(True)
        tree.setUniformRowHeights(True)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        tree.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        tree.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        tree.setDefaultDropAction(Qt.DropAction.MoveAction)
        tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tree.setExpandsOnDoubleClick(True)
        tree.setIndentation(16)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.search_edit, 1)
        top.addWidget(self.folder_button)
        below = QHBoxLayout()
        below.addWidget(self.said, 1)
        below.addWidget(self.undo_button)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(12, 8, 4, 8)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(tree, 1)
        column.addWidget(self.nothing, 1)
        column.addWidget(self.notes_edit)
        column.addLayout(below)
        self.setWidget(content)
        self.setMinimumWidth(220)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the tree; from the search the arrows go into it, and Enter opens what is chosen."""
        if watched is self.notes_edit and event.type() == QEvent.Type.FocusOut:
            self.keep_notes()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched is not self.notes_edit:
            if watched is self.tree and event.matches(QKeySequence.StandardKey.Undo):
                self.undo_wanted.emit()
                return True
            keys = self._keys(of_tree=watched is self.tree)
            if do := keys.get(QKeySequence(event.keyCombination()).toString().replace("Enter", "Return")):
                do()
                return True
        return super().eventFilter(watched, event)

    def _keys(self, *, of_tree: bool) -> dict[str, Callable[[], object]]:
        offers = {QKeySequence(offer.keys).toString(): offer.do for offer in self._offers()}
        if of_tree:
            return offers
        return {"Down": self.tree.setFocus, **{keys: do for keys, do in offers.items() if "Return" in keys}}


def deleted_sentence(names: list[str]) -> str:
    """What was deleted, for people."""
    if len(names) == 1:
        return _("Deleted: “{title}”.").format(title=one_line(names[0], 60))
    return plural("{n:,} profile was deleted.", "{n:,} profiles were deleted.", len(names)).format(n=len(names))
