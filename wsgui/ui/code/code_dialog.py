"""Export as code…: choose a language or a tool, see the text, copy it or save it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from wsgui.core.binary_values import BinaryValueError
from wsgui.core.connection_plan import Plan, Send
from wsgui.core.i18n import _
from wsgui.core.visible import lines
from wsgui.exports.code_formats import CodeFormat, code_formats
from wsgui.ui.icons import Icon, show_icon
from wsgui.ui.named import named
from wsgui.ui.plain_label import PlainLabel
from wsgui.ui.theme import fixed_font


class CodeDialog(QDialog):
    """Shows one connection; ``typed`` is an event that can be sent with it."""

    told = Signal(str)
    """What was done, as a sentence."""

    def __init__(self, parent: QWidget, plan: Plan, typed: Send | None) -> None:
        super().__init__(parent)
        self._plan = plan
        self._typed = typed
        self.text = ""
        """What is copied and saved."""
        self.setWindowTitle(_("Export as code"))
        self.resize(760, 560)
        self._formats = [form for form in code_formats().values() if plan.protocol in form.protocols]
        self._formats.sort(key=lambda form: form.name != "javascript")
        self.format_box = named(QComboBox(), "codeFormat", _("Language or tool"))
        for form in self._formats:
            self.format_box.addItem(_(form.title))
        self.typed_box = named(QCheckBox(_("&Send what is typed, then end")), "codeTyped")
        self.typed_box.setEnabled(typed is not None)
        self.typed_box.setToolTip(_("The event or message of the send pane, as the first and only step"))
        self.text_view = named(QPlainTextEdit(), "codeText", _("The code"))
        self.text_view.setReadOnly(True)
        self.text_view.setFont(fixed_font())
        self.text_view.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text_view.setTabChangesFocus(True)
        self._secrets = PlainLabel(
            _("Tokens, passwords and cookies stand in it as they are: it connects as this window does."), "muted"
        )
        self.copy_button = named(QPushButton(_("&Copy")), "copyCode")
        show_icon(self.copy_button, Icon.COPY)
        self.save_button = named(QPushButton(_("Sa&ve…")), "saveCode")
        show_icon(self.save_button, Icon.SAVE)
        self.copy_button.setProperty("role", "primary")
        self._lay_out()
        self.format_box.currentIndexChanged.connect(lambda _row: self._show())
        self.typed_box.toggled.connect(lambda _on: self._show())
        self.copy_button.clicked.connect(self._copy)
        self.save_button.clicked.connect(self._ask_where)
        self.finished.connect(lambda _result: self.deleteLater())
        self._show()

    @property
    def format(self) -> CodeFormat:
        """The chosen format."""
        return self._formats[self.format_box.currentIndex()]

    def save(self, path: Path) -> None:
        """Write it there."""
        try:
            path.write_text(self.text, encoding="utf-8")
        except OSError as error:
            self.told.emit(_("{path} was not written ({reason}).").format(path=path, reason=error.strerror or error))
            return
        self.told.emit(_("The code was saved to {file}.").format(file=path))

    def _show(self) -> None:
        plan = self._plan
        if self._typed is not None and self.typed_box.isChecked():
            plan = replace(plan, steps=(self._typed,), times=1)
        try:
            self.text = self.format.write(plan)
        except BinaryValueError as error:  # a file whose bytes are to be sent
            self.text = ""
            self.told.emit(str(error))
        self.text_view.setPlainText(lines(self.text))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text)
        self.told.emit(_("The code was copied."))

    def _ask_where(self) -> None:
        form = self.format
        dialog = QFileDialog(self, _("Save the code"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([f"{_(form.title)} (*{form.suffix})", _("All files (*)")])
        dialog.setDefaultSuffix(form.suffix.removeprefix("."))
        dialog.selectFile(f"connection{form.suffix}")
        dialog.fileSelected.connect(lambda path: self.save(Path(path)))
        dialog.open()

    def _lay_out(self) -> None:
        label = QLabel(_("&Language or tool"))
        label.setBuddy(self.format_box)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self.format_box, 1)
        row.addWidget(self.typed_box)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        for button in (self.copy_button, self.save_button):
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(row)
        column.addWidget(self.text_view, 1)
        column.addWidget(self._secrets)
        column.addWidget(buttons)
