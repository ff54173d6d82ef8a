"""A sequence as a file or as code, with the connection of the tab; and one taken over from a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from wsgui.core.i18n import _

if TYPE_CHECKING:
    from wsgui.ui.code.code_dialog import CodeDialog
    from wsgui.ui.sequences.panel import SequencePanel


class SequenceFiles:
    """Belongs to a panel, whose sequence it is about."""

    def __init__(self, panel: SequencePanel) -> None:
        self._panel = panel
        self.code: CodeDialog | None = None

    def ask_what_to_import(self) -> QFileDialog:
        """Ask for a file with a sequence; it is not waited for."""
        panel = self._panel
        dialog = QFileDialog(panel, _("Import a sequence"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([_("Sequences (*.wsgui)"), _("All files (*)")])
        dialog.fileSelected.connect(lambda file: panel.store.take_over(Path(file), panel.choose))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def ask_where(self) -> QFileDialog:
        """Ask where to write the sequence, with the connection of this tab; it is not waited for."""
        dialog = QFileDialog(self._panel, _("Export the sequence, with this connection and its secrets"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([_("Sequences (*.wsgui)"), _("All files (*)")])
        dialog.setDefaultSuffix("wsgui")
        dialog.selectFile("sequence.wsgui")
        dialog.fileSelected.connect(lambda file: self._hand_out(Path(file)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def show_code(self) -> None:
        """Show the sequence as code; where its connection cannot be read, say why."""
        from wsgui.core.address import AddressError, read_address
        from wsgui.ui.code.code_dialog import CodeDialog

        panel = self._panel
        if (sequence := panel.sequence) is None:
            return
        plan = panel.runs.plan(sequence)
        try:
            read_address(plan.url, plan.protocol)
        except AddressError as error:
            panel.said.setText(str(error))
            return
        self.code = CodeDialog(panel, plan, None)
        self.code.told.connect(panel.said.setText)
        self.code.open()

    def _hand_out(self, path: Path) -> None:
        panel = self._panel
        if (sequence := panel.sequence) is not None:
            panel.store.hand_out(path, panel.runs.plan(sequence))
