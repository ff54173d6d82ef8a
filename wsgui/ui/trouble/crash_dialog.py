"""The report on an error of the program: read first, then copied or saved. Nothing is ever sent from here."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from wsgui.core.i18n import _
from wsgui.ui.named import named
from wsgui.ui.plain_label import PlainLabel
from wsgui.ui.theme import fixed_font


class CrashDialog(QDialog):
    """``path`` is the file that has the report already; ``None`` where it could not be written."""

    def __init__(self, parent: QWidget, text: str, path: Path | None) -> None:
        super().__init__(parent)
        self.setObjectName("crashDialog")
        self.setWindowTitle(_("Report on an error of wsgui"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(820, 560)
        about = PlainLabel(
            _(
                "Nothing of this has been sent anywhere. Tokens, passwords, cookies and the name of your home folder "
                "were taken out; read it before you give it to anybody."
            )
        )
        self.text_edit = named(QPlainTextEdit(text), "crashText", _("The report as text"))
        self.text_edit.setReadOnly(True)
        self.text_edit.setFont(fixed_font())
        self.text_edit.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text_edit.setTabChangesFocus(True)
        self.said = PlainLabel("", "muted")
        self.said.setObjectName("crashSaid")
        self.said.show_text(_("It is also in {path}").format(path=path) if path else "", "muted")
        self.copy_button = named(QPushButton(_("&Copy")), "copyCrash")
        self.save_button = named(QPushButton(_("&Save…")), "saveCrash")
        self.save_button.setProperty("role", "primary")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        for button in (self.copy_button, self.save_button):
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        self.copy_button.clicked.connect(self._copy)
        self.save_button.clicked.connect(self._ask_where)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(about)
        column.addWidget(self.text_edit, 1)
        column.addWidget(self.said)
        column.addWidget(buttons)

    def save(self, path: Path) -> None:
        """Write the report there, or say why it cannot be written."""
        try:
            path.write_text(self.text_edit.toPlainText(), encoding="utf-8")
        except OSError as error:
            text = _("The report cannot be written to {file}: {why}")
            self.said.show_text(text.format(file=path, why=error.strerror or error), "bad")
            return
        self.said.show_text(_("Written: {path}").format(path=path), "muted")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text_edit.toPlainText())
        self.said.show_text(_("The report is on the clipboard."), "muted")

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, _("Save the report"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("txt")
        dialog.selectFile("wsgui-error.txt")
        dialog.fileSelected.connect(lambda name: self.save(Path(name)))
        dialog.open()
