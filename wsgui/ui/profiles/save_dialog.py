"""Save as…: the name, the folder and the notes of a profile."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from wsgui.core.i18n import _
from wsgui.ui.named import KEEPS_TEXT, named
from wsgui.ui.plain_label import PlainLabel
from wsgui.ui.theme import show_bad

LONGEST_NAME = 200
"""Characters."""
LONGEST_NOTES = 100_000


class SaveDialog(QDialog):
    """``saved``: name, folder (its place in the tree, empty for the top), notes."""

    saved = Signal(str, str, str)

    def __init__(self, parent: QWidget, name: str, folder: str, folders: Sequence[str], notes: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Save as a profile"))
        self.resize(460, 300)
        self.name_edit = named(QLineEdit(name), "profileName", _("Name of the profile"))
        self.name_edit.setMaxLength(LONGEST_NAME)
        self.name_edit.selectAll()
        self.folder_box = named(QComboBox(), "profileFolder", _("Folder of the profile"))
        self.folder_box.setProperty(KEEPS_TEXT, True)
        self.folder_box.setEditable(True)
        self.folder_box.addItems(["", *folders])
        self.folder_box.setCurrentText(folder)
        if edit := self.folder_box.lineEdit():
            edit.setPlaceholderText(_("None; a new one is made, for example Shop/Staging"))
        self.notes_edit = named(QPlainTextEdit(notes), "profileNotesOfNew", _("Notes"))
        self.notes_edit.setTabChangesFocus(True)
        self._problem = PlainLabel("", "bad")
        self._problem.hide()
        self.save_button = named(QPushButton(_("&Save")), "saveProfile")
        self.save_button.setProperty("role", "primary")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(self.save_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.rejected.connect(self.reject)
        self.save_button.clicked.connect(self._save)
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(_("N&ame"), self.name_edit)
        form.addRow("", self._problem)
        form.addRow(_("&Folder"), self.folder_box)
        form.addRow(_("Not&es"), self.notes_edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(form)
        column.addWidget(buttons)
        self.save_button.setDefault(True)  # only a button of the dialog can be that

    def _save(self) -> None:
        name = self.name_edit.text().strip()
        notes = self.notes_edit.toPlainText()
        if not name:
            self._refuse(_("Give it a name."), self.name_edit)
        elif len(notes) > LONGEST_NOTES:
            self._refuse(_("The notes are too long: {n:,} characters at most.").format(n=LONGEST_NOTES), None)
        else:
            self.saved.emit(name, self.folder_box.currentText().strip(), notes)
            self.accept()

    def _refuse(self, sentence: str, edit: QLineEdit | None) -> None:
        self._problem.show_text(sentence)
        if edit is not None:
            show_bad(edit, bad=True)
            edit.setFocus()
