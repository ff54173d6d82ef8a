"""The editor of certificates and keys: a path typed or picked, or PEM text pasted."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QToolButton

from wsgui.core.i18n import N_, _
from wsgui.core.option_checks import is_pem
from wsgui.core.option_types import Option, OptionType, OptionValue
from wsgui.ui.options.editor import OptionEditor

_SEPARATOR = "; "


class FileEditor(OptionEditor):
    """One file, or several with ``;`` between them where the option takes more than one."""

    def __init__(self, option: Option) -> None:
        super().__init__(option)
        self._takes_several = option.type is OptionType.FILES
        self._line = QLineEdit()
        self._line.setPlaceholderText(_("not set"))
        self._line.textChanged.connect(self.edited)
        button = QToolButton()
        button.setText("…")
        button.setToolTip(_("Choose a file"))
        button.setAccessibleName(_("Choose a file for {option}").format(option=option.name))
        button.clicked.connect(self.choose)
        row = QHBoxLayout()
        row.addWidget(self._line, 1)
        row.addWidget(button)
        self._place(self._line, row)

    def read(self) -> OptionValue:
        text = self._line.text().strip()
        files = (
            [part.strip() for part in text.split(_SEPARATOR.strip()) if part.strip()] if self._takes_several else [text]
        )
        for file in files:
            if file and not is_pem(file) and not Path(file).expanduser().is_file():
                raise self.option.refuse(N_("{option}: there is no file {value}."), file)
        if len(files) > 1:
            return self.option.check(files)
        return self.option.parse(files[0] if files else "")

    def show_value(self, value: OptionValue) -> None:
        files = [str(file) for file in value] if isinstance(value, list | tuple) else [str(value or "")]
        with QSignalBlocker(self._line):
            self._line.setText(_SEPARATOR.join(files))

    def choose(self) -> QFileDialog:
        """Open the dialog; it is not waited for."""
        dialog = QFileDialog(self, _("Choose a file for {option}").format(option=self.option.name))
        dialog.setObjectName("fileDialog")
        modes = QFileDialog.FileMode
        dialog.setFileMode(modes.ExistingFiles if self._takes_several else modes.ExistingFile)
        dialog.setNameFilters([_("Certificates and keys (*.pem *.crt *.cer *.key *.p12 *.pfx)"), _("All files (*)")])
        dialog.filesSelected.connect(lambda files: self._line.setText(_SEPARATOR.join(files)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog
