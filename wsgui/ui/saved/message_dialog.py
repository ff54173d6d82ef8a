"""One saved message: its name, its folder, its keys, a note, and what it sends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QKeySequenceEdit,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from wsgui.core.i18n import _
from wsgui.core.message_form import MessageForm, MessageFormError, read_message
from wsgui.core.payload import PayloadError, check_arguments
from wsgui.core.saved_messages import LONGEST_NAME, SavedMessage, clean_folder
from wsgui.ui.named import named
from wsgui.ui.plain_label import PlainLabel
from wsgui.ui.theme import fixed_font, show_bad


class MessageDialog(QDialog):
    """``problem_of`` says why the message cannot have some keys; ``free`` are keys that nothing has."""

    saved = Signal(SavedMessage)

    def __init__(
        self,
        parent: QWidget,
        message: SavedMessage,
        folders: Sequence[str],
        free: Sequence[str],
        problem_of: Callable[[str, str], str],
    ) -> None:
        super().__init__(parent)
        self.setObjectName("savedMessageDialog")
        self.setWindowTitle(_("Saved message"))
        self.resize(620, 520)
        self._message = message
        self._problem_of = problem_of
        self.name_edit = named(QLineEdit(message.name), "savedNameEdit", _("Name"))
        self.name_edit.setPlaceholderText(message.title if not message.name else "")
        self.name_edit.setMaxLength(LONGEST_NAME)
        self.folder_box = named(QComboBox(), "savedFolderBox", _("Folder"))
        self.folder_box.setEditable(True)
        self.folder_box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.folder_box.addItems(["", *folders])
        self.folder_box.setCurrentText(message.folder)
        if (editor := self.folder_box.lineEdit()) is not None:
            editor.setPlaceholderText(_("none; a/b is a folder in a folder"))
        self.keys_edit = named(QKeySequenceEdit(), "savedKeysEdit", _("Shortcut"))
        self.keys_edit.setClearButtonEnabled(True)
        self.keys_edit.setKeySequence(QKeySequence.fromString(message.keys))
        self.free_button = named(QToolButton(), "freeKeysButton", _("Keys that are free"))
        self.free_button.setText(_("Free ▾"))
        self.free_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        for keys in free:
            action = menu.addAction(keys)
            action.triggered.connect(lambda _on, keys=keys: self.keys_edit.setKeySequence(QKeySequence(keys)))
        self.free_button.setMenu(menu)
        self.free_button.setEnabled(bool(free))
        self.note_edit = named(QPlainTextEdit(message.note), "savedNoteEdit", _("Note"))
        self.note_edit.setTabChangesFocus(True)
        self.note_edit.setMaximumHeight(64)
        self.event_edit = named(QLineEdit(message.event), "savedEventEdit", _("Event name"))
        self.namespace_edit = named(QLineEdit(message.namespace), "savedNamespaceEdit", _("Namespace"))
        self.ack_box = named(QCheckBox(_("Ask for an &acknowledgement")), "savedAckBox")
        self.ack_box.setChecked(message.ack)
        self.volatile_box = named(QCheckBox(_("&Volatile")), "savedVolatileBox")
        self.volatile_box.setChecked(message.volatile)
        self.timeout_edit = named(
            QLineEdit(), "savedTimeoutEdit", _("Time-out of the acknowledgement, in milliseconds")
        )
        self.timeout_edit.setText("" if message.timeout is None else str(message.timeout))
        self.timeout_edit.setPlaceholderText(_("time-out, ms"))
        self.form_box = named(QComboBox(), "savedFormBox", _("Form of the message"))
        for form in MessageForm:
            self.form_box.addItem(_(form), form)
        self.form_box.setCurrentIndex(self.form_box.findData(message.form))
        label = _("Arguments as JSON, separated by commas") if message.event else _("Message")
        self.text_edit = named(QPlainTextEdit(message.text), "savedTextEdit", label)
        self.text_edit.setFont(fixed_font())
        self.text_edit.setTabChangesFocus(True)
        self.said = PlainLabel()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self._lay_out()
        self.keys_edit.keySequenceChanged.connect(lambda _keys: self._check())
        self.text_edit.textChanged.connect(self._check)
        self.event_edit.textEdited.connect(lambda _text: self._check())
        self.timeout_edit.textEdited.connect(lambda _text: self._check())
        self.form_box.currentIndexChanged.connect(lambda _row: self._check())
        self.buttons.accepted.connect(self._save)
        self.buttons.rejected.connect(self.reject)
        self.finished.connect(lambda _result: self.deleteLater())
        self.name_edit.setFocus()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(_("&Name"), self.name_edit)
        form.addRow(_("&Folder"), self.folder_box)
        form.addRow(_("&Shortcut"), _row(self.keys_edit, self.free_button))
        form.addRow(_("N&ote"), self.note_edit)
        if self._message.event:
            form.addRow(_("&Event"), self.event_edit)
            form.addRow(_("Names&pace"), self.namespace_edit)
            form.addRow(_("Ar&guments"), self.text_edit)
            form.addRow("", _row(self.ack_box, self.timeout_edit, self.volatile_box))
        else:
            form.addRow(_("For&m"), self.form_box)
            form.addRow(_("&Message"), self.text_edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(form, 1)
        column.addWidget(self.said)
        column.addWidget(self.buttons)

    def message(self) -> SavedMessage:
        """What the form says."""
        limit = self.timeout_edit.text().strip()
        namespace = self.namespace_edit.text().strip() or "/"
        return replace(
            self._message,
            name=" ".join(self.name_edit.text().split()),
            folder=clean_folder(self.folder_box.currentText()),
            note=self.note_edit.toPlainText().strip(),
            keys=self.keys_edit.keySequence().toString(),
            event=self.event_edit.text() if self._message.event else "",
            text=self.text_edit.toPlainText(),
            namespace=namespace if namespace.startswith("/") else f"/{namespace}",
            ack=self.ack_box.isChecked(),
            volatile=self.volatile_box.isChecked(),
            timeout=int(limit) if _is_limit(limit) else None,
            form=MessageForm(self.form_box.currentData()),
        )

    def _check(self) -> bool:
        """Say what is wrong; whether it can be saved. Broken arguments can: they may be mended later."""
        for widget in (self.keys_edit, self.text_edit, self.event_edit, self.timeout_edit):
            show_bad(widget, bad=False)
        if problem := self._problem_of(self.keys_edit.keySequence().toString(), self._message.key):
            return self._refuse(self.keys_edit, problem)
        if self._message.event and not self.event_edit.text():
            return self._refuse(self.event_edit, _("Enter the event's name."))
        limit = self.timeout_edit.text().strip()
        if limit and not _is_limit(limit):
            return self._refuse(self.timeout_edit, _("The time-out is a number of milliseconds, or empty."))
        try:
            if self._message.event:
                check_arguments(self.text_edit.toPlainText())
            else:
                read_message(self.text_edit.toPlainText(), MessageForm(self.form_box.currentData()))
        except (PayloadError, MessageFormError) as error:
            show_bad(self.text_edit, bad=True)
            self.said.show_text(str(error), "warning")
            return True
        self.said.show_text("", "muted")
        return True

    def _refuse(self, widget: QWidget, sentence: str) -> bool:
        show_bad(widget, bad=True)
        self.said.show_text(sentence, "bad")
        return False

    def _save(self) -> None:
        if self._check():
            self.saved.emit(self.message())
            self.accept()


def _is_limit(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


def _row(*widgets: QWidget) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    for widget in widgets:
        layout.addWidget(widget, 1 if isinstance(widget, QKeySequenceEdit) else 0)
    layout.setAlignment(Qt.AlignmentFlag.AlignLeft)
    return row
