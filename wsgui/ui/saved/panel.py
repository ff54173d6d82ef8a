"""The saved messages beside the send pane: find one, put it into the pane, send it; file it, change it, delete it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from wsgui.core import saved_messages
from wsgui.core.i18n import N_, _, plural
from wsgui.core.saved_messages import Library, Removed, SavedMessage, clean_folder
from wsgui.ui.command import add_command
from wsgui.ui.elided_label import ElidedLabel
from wsgui.ui.empty_state import EmptyState
from wsgui.ui.icons import Icon, show_icon
from wsgui.ui.line_question import ask_for_line
from wsgui.ui.named import named
from wsgui.ui.saved.tree import SavedTree

if TYPE_CHECKING:
    from wsgui.ui.saved.composer import Composer
    from wsgui.ui.saved.saving import Saving


class SavedPanel(QWidget):
    """``composer`` is the pane beside it; ``back`` brings that to the front."""

    def __init__(self, composer: Composer, saving: Saving, back: Callable[[], None]) -> None:
        super().__init__()
        self._composer = composer
        self._saving = saving
        self._store = saving.store
        self._back = back
        self._gone: list[Removed] = []
        """What can be brought back, the last one last."""
        self.search_edit = named(QLineEdit(), "savedSearch", _("Search the saved messages"))
        self.search_edit.setPlaceholderText(_("Search: words of the name, the folder, the note, the event, the text"))
        self.search_edit.setClearButtonEnabled(True)
        self.tree = SavedTree()
        self._empty = EmptyState(self.tree)
        self.said = named(ElidedLabel(), "savedSaid")
        self.said.setProperty("tone", "muted")
        self.save_button = named(QPushButton(_("Save &what is typed…")), "saveTypedButton")
        self.use_button = named(QPushButton(_("&Put into the pane")), "useSavedButton")
        self.send_button = named(QPushButton(_("&Send")), "sendSavedButton")
        self.edit_button = named(QPushButton(_("&Edit…")), "editSavedButton")
        self.copy_button = named(QPushButton(_("D&uplicate")), "duplicateSavedButton")
        self.delete_button = named(QPushButton(_("&Delete")), "deleteSavedButton")
        self.undo_button = named(QPushButton(_("Und&o")), "undoSavedButton")
        self.undo_button.hide()
        self.more_button = named(QToolButton(), "moreSavedButton", _("More"))
        self.more_button.setText(_("More") + " ▾")
        self.more_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        for button, which in (
            (self.save_button, Icon.SAVE),
            (self.use_button, Icon.MESSAGE),
            (self.send_button, Icon.SEND),
            (self.edit_button, Icon.EDIT),
            (self.copy_button, Icon.COPY),
            (self.delete_button, Icon.DELETE),
            (self.undo_button, Icon.UNDO),
        ):
            show_icon(button, which)
        self._lay_out()
        self.setFocusProxy(self.search_edit)
        menu = QMenu(self)  # after the proxy: the other way round Qt cuts the chain of Tab in two (6.11)
        add_command(menu, _("New folder…"), self.ask_for_folder)
        add_command(menu, _("Import…"), self.ask_what_to_import)
        add_command(menu, _("Export all…"), self.ask_where)
        self.more_button.setMenu(menu)
        self.search_edit.textChanged.connect(lambda _text: self.refresh())
        self.search_edit.returnPressed.connect(self.tree.setFocus)
        self.tree.itemSelectionChanged.connect(self._show_buttons)
        self.tree.opened.connect(self._use)
        self.tree.delete_wanted.connect(self.delete)
        self.tree.move_wanted.connect(self._move)
        self.tree.folder_move_wanted.connect(self._move_folder)
        self.save_button.clicked.connect(self._save_typed)
        self.use_button.clicked.connect(lambda: self._use(*self.tree.keys()[:1]))
        self.send_button.clicked.connect(self._send)
        self.edit_button.clicked.connect(self.edit)
        self.copy_button.clicked.connect(self._duplicate)
        self.delete_button.clicked.connect(self.delete)
        self.undo_button.clicked.connect(self.undo)
        self._store.changed.connect(self.refresh)
        self._store.load()
        self.refresh()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.search_edit, 1)
        top.addWidget(self.save_button)
        top.addWidget(self.more_button)
        bottom = QHBoxLayout()
        bottom.setSpacing(8)
        bottom.addWidget(self.said, 1)
        for button in (
            self.undo_button,
            self.delete_button,
            self.copy_button,
            self.edit_button,
            self.use_button,
            self.send_button,
        ):
            bottom.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.tree, 1)
        column.addLayout(bottom)

    # What is shown

    def refresh(self) -> None:
        """Show what there is now, as far as the search finds it."""
        library = self._store.content or Library()
        text = self.search_edit.text()
        messages = saved_messages.found(library, text)
        self.tree.show_messages(messages, library, searched=bool(text.strip()))
        count = plural("{n} message", "{n} messages", len(messages)).format(n=len(messages))
        self.said.setText(_("Reading the saved messages …") if self._store.content is None else count)
        if self._store.content is None or messages or (library.folders and not text.strip()):
            self._empty.show_state("")
        elif library.messages:
            sentence = _("No saved message has all these words.")
            self._empty.show_state(sentence, (N_("Show all messages"), self.search_edit.clear))
        else:
            sentence = _("No message yet. Type one under Send and save it, or save a row of the log.")
            self._empty.show_state(sentence, (N_("Save what is typed"), self.save_button.click))
        self._show_buttons()

    def _show_buttons(self) -> None:
        self.undo_button.setVisible(bool(self._gone))
        keys, folders = self.tree.keys(), self.tree.folders()
        for button in (self.use_button, self.send_button, self.copy_button):
            button.setEnabled(len(keys) == 1)
        self.edit_button.setEnabled(len(keys) + len(folders) == 1)
        self.delete_button.setEnabled(bool(keys or folders))

    def _chosen(self) -> SavedMessage | None:
        keys = self.tree.keys()
        return self._store.content.message(keys[0]) if keys and self._store.content else None

    # What the person does

    def edit(self) -> None:
        """Open the message that is chosen, or ask for another name of the folder."""
        if (message := self._chosen()) is not None:
            self._saving.ask(message, self.tree.choose)
        elif folders := self.tree.folders():
            old = folders[0]
            self._ask(_("Name of the folder; a/b is a folder in a folder"), old, lambda new: self._rename(old, new))

    def delete(self) -> None:
        """Delete what is chosen; it can be undone as long as this panel is there."""
        keys, folders = set(self.tree.keys()), self.tree.folders()
        if not (keys or folders):
            return

        def change(library: Library) -> Library:
            left, gone = saved_messages.removed(library, keys, folders)
            self._gone.append(gone)
            return left

        self._store.change(change)

    def undo(self) -> None:
        """Bring back what was deleted last."""
        if self._gone:
            gone = self._gone.pop()
            self._store.change(lambda library: saved_messages.restored(library, gone))

    def ask_for_folder(self) -> None:
        """Make a folder in the one that is chosen."""
        around = self.tree.folder()
        start = f"{around}/" if around else ""
        self._ask(_("Name of the new folder; a/b is a folder in a folder"), start, self._add_folder)

    def ask_what_to_import(self) -> QFileDialog:
        """Ask for a file of messages; it is not waited for."""
        dialog = QFileDialog(self, _("Import saved messages"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([_("Saved messages (*.json)"), _("All files (*)")])
        dialog.fileSelected.connect(lambda file: self._store.take_over(Path(file)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def ask_where(self) -> QFileDialog:
        """Ask where to write all messages; it is not waited for."""
        dialog = QFileDialog(self, _("Export the saved messages"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([_("Saved messages (*.json)"), _("All files (*)")])
        dialog.setDefaultSuffix("json")
        dialog.selectFile("messages.json")
        dialog.fileSelected.connect(lambda file: self._store.hand_out(Path(file)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _ask(self, label: str, text: str, then: Callable[[str], None]) -> None:
        ask_for_line(self, "folderDialog", _("Folder"), label, text, then)

    def _add_folder(self, text: str) -> None:
        self._store.change(lambda library: saved_messages.folder_added(library, clean_folder(text)))

    def _rename(self, old: str, text: str) -> None:
        self._store.change(lambda library: saved_messages.folder_moved(library, old, clean_folder(text)))

    def _save_typed(self) -> None:
        message = self._composer.typed_message()
        if message is None:
            self.said.setText(_("Nothing is typed under Send."))
        else:
            self._saving.ask(message, self.tree.choose)

    def _use(self, key: str = "") -> None:
        message = self._store.content.message(key) if self._store.content else None
        if message is not None:
            self._back()
            self._composer.write_message(message)

    def _send(self) -> None:
        if (message := self._chosen()) is not None:
            problem = self._composer.send_message(message)
            self.said.setText(problem or _("Sent: {name}").format(name=message.title))

    def _duplicate(self) -> None:
        if (message := self._chosen()) is not None:
            self._store.change(lambda library: saved_messages.duplicated(library, message.key)[0])

    def _move(self, keys: list[str], folder: str, before: str) -> None:
        self._store.change(lambda library: saved_messages.moved(library, keys, folder, before))

    def _move_folder(self, folder: str, into: str) -> None:
        name = folder.rpartition("/")[2]
        to = f"{into}/{name}" if into else name
        self._store.change(lambda library: saved_messages.folder_moved(library, folder, to))
