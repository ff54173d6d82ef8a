"""Export…: the format, all records or those that the filter shows, and a bar with Cancel while it is written."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from wsgui.core.i18n import _
from wsgui.core.recorded import Recorded
from wsgui.core.redact import Redaction
from wsgui.core.tasks import TaskOwner
from wsgui.exports.catalogue import Format, formats
from wsgui.exports.exporting import export
from wsgui.ui.icons import Icon, show_icon
from wsgui.ui.motion import show_busy
from wsgui.ui.named import named
from wsgui.ui.recordings.background import Background, GivenUpError

if TYPE_CHECKING:
    from wsgui.core.filters import Condition

SHOWING = 100
"""Milliseconds between two looks at how far it is."""


class ExportDialog(QDialog):
    """Writes one file, then closes itself.

    ``condition`` is what the filter says, ``filter_text`` as it was typed; ``secrets`` are those known to be some.
    """

    written = Signal(Path, str)
    """Where, and what was taken out."""

    def __init__(
        self,
        parent: QWidget,
        recording: Recorded,
        name: str,
        condition: Condition | None = None,
        filter_text: str = "",
        secrets: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(parent)
        self._recording = recording
        self._name = name
        self._condition = condition
        self._secrets = secrets
        self._tasks = TaskOwner("export")
        self._work = Background()
        self._formats = formats()
        self.setWindowTitle(_("Export a recording"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(460)

        self._kinds = QButtonGroup(self)
        self._all = QRadioButton(_("All {n:,} records").format(n=recording.count))
        self._shown = named(QRadioButton(_("Only what the filter shows")), "exportShown")
        self._shown.setEnabled(condition is not None)
        self._shown.setToolTip(filter_text)
        (self._shown if condition is not None else self._all).setChecked(True)
        self.redact_box = named(QCheckBox(_("&Take tokens, passwords and cookies out")), "exportRedacted")
        self.redact_box.setChecked(True)
        self.redact_box.setToolTip(_("For a file that others get. What was taken out is named when it is written."))
        self._said = named(QLabel(wordWrap=True), "exportProblem")
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._said.setProperty("tone", "bad")
        self._said.hide()
        self.bar = named(QProgressBar(), "exportBar", _("How much is written"))
        self.bar.hide()
        self._buttons = QDialogButtonBox()
        self.save_button = named(QPushButton(_("&Save as…")), "saveButton")
        show_icon(self.save_button, Icon.SAVE)
        self.save_button.setProperty("role", "primary")
        self._buttons.addButton(self.save_button, QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self.save_button.clicked.connect(self._ask_where)
        self._buttons.rejected.connect(self.reject)
        self._lay_out()

        self._timer = QTimer(self)
        self._timer.setInterval(SHOWING)
        self._timer.timeout.connect(self._show_progress)

    def _lay_out(self) -> None:
        kinds, scope = QVBoxLayout(), QVBoxLayout()
        kinds.setSpacing(8)
        scope.setSpacing(8)
        for name, kind in self._formats.items():
            button = named(QRadioButton(f"{_(kind.title)} ({kind.suffix})"), f"format_{name}")
            button.setChecked(name == "har")
            self._kinds.addButton(button)
            kinds.addWidget(button)
        group = QButtonGroup(self)
        for choice in (self._all, self._shown):
            group.addButton(choice)
            scope.addWidget(choice)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(12)
        form.addRow(_("Format"), kinds)
        form.addRow(_("Records"), scope)
        form.addRow(_("Secrets"), self.redact_box)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(16)
        column.addLayout(form)
        column.addWidget(self.bar)
        column.addWidget(self._said)
        column.addWidget(self._buttons)
        self.save_button.setDefault(True)
        self.save_button.setFocus()

    @property
    def format(self) -> Format:
        """The chosen format."""
        chosen = self._kinds.checkedButton()
        assert chosen is not None
        return self._formats[chosen.objectName().removeprefix("format_")]

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, _("Save the recording as"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([f"{_(self.format.title)} (*{self.format.suffix})", _("All files (*)")])
        dialog.setDefaultSuffix(self.format.suffix.removeprefix("."))
        dialog.selectFile(self._name + self.format.suffix)
        dialog.fileSelected.connect(lambda path: self.save(Path(path)))
        dialog.open()

    def save(self, path: Path) -> None:
        """Write it there, in the place of what is there."""
        self._said.hide()
        self.save_button.setEnabled(False)
        show_busy(self.bar)
        self.bar.show()
        self._timer.start()
        self._work = Background()
        self._tasks.start(self._save(path, self._work), "write")

    async def _save(self, path: Path, work: Background) -> None:
        from wsgui.core.filters import FilterError

        kind, condition = self.format, self._condition if self._shown.isChecked() else None
        redaction = Redaction(self._secrets) if self.redact_box.isChecked() else None

        def write() -> None:
            with closing(self._recording.again()) as recording:
                export(recording, kind, path, condition, work.went_on, redaction)

        try:
            await work.run(write)
        except GivenUpError:
            self._end()
        except FilterError as error:
            self._say(str(error))
        except (OSError, sqlite3.Error) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else error
            self._say(_("{path} was not written ({reason}).").format(path=path, reason=reason))
        else:
            self.written.emit(path, redaction.summary if redaction else "")
            self._end()

    def reject(self) -> None:
        """Cancel, by the button, the key or the window's frame: give the work up, then go."""
        if self._timer.isActive():
            self._work.give_up()
        else:
            self._end()

    def _end(self) -> None:
        self._timer.stop()
        super().reject()

    def _say(self, sentence: str) -> None:
        self._timer.stop()
        self.bar.hide()
        self.save_button.setEnabled(True)
        self._said.setText(sentence)
        self._said.show()

    def _show_progress(self) -> None:
        if self._work.total:
            self.bar.setRange(0, 1000)
            self.bar.setValue(self._work.done * 1000 // self._work.total)

    async def close_tasks(self) -> None:
        """Give up what is still being written; for the end of the window."""
        self._work.give_up()
        await self._tasks.close()
