"""Import…: paste or choose, see what was taken, changed and left, and only then fill it into the form."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QDir, QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from wsgui.core.i18n import _, plural
from wsgui.core.tasks import TaskOwner
from wsgui.core.visible import one_line
from wsgui.imports.imported import Imported, NotImportedError
from wsgui.imports.importing import Found, read, read_files
from wsgui.imports.source import pasted
from wsgui.ui.named import named
from wsgui.ui.plain_label import PlainLabel
from wsgui.ui.theme import fixed_font, restyle

SETTLING = 250
"""Milliseconds without a key before what is typed is read."""
LONGEST_SHOWN = 100_000
"""Characters: an editor would stand still to lay out more; a longer text is read without being shown."""
_MOST_TOLD = 40
"""Lines of one section of the preview."""


class SourceEdit(QPlainTextEdit):
    """An editor that hands on what is too long for it."""

    too_long = Signal(str)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if len(text := source.text()) > LONGEST_SHOWN:
            self.too_long.emit(text)
        else:
            super().insertFromMimeData(source)


class ImportDialog(QDialog):
    """Reads in a thread; nothing outside of it changes before ``chosen``."""

    chosen = Signal(Imported)
    """To be filled in."""
    to_save = Signal(Imported)
    """To be saved as a profile, too; after ``chosen``."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._tasks = TaskOwner("import")
        self._asked = 0
        self._found: tuple[Imported, ...] = ()
        self.setWindowTitle(_("Import a connection"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(820, 600)
        self._about = QLabel(
            _(
                "From a .env file, JavaScript or TypeScript, a curl command, an export of Postman, Insomnia or "
                "Hoppscotch, or a wsgui profile or link. It is read, and nothing of it is run."
            ),
            wordWrap=True,
        )
        self.warning_label = named(PlainLabel(), "importWarning")
        self.warning_label.setWordWrap(True)
        self.warning_label.setProperty("tone", "warning")
        self.warning_label.hide()
        self.source_edit = named(SourceEdit(), "importSource", _("What to import"))
        self.source_edit.setPlaceholderText(_("Paste it here, or choose files."))
        self.source_edit.setFont(fixed_font())
        self.source_edit.setTabChangesFocus(True)
        self.files_button = named(QPushButton(_("Choose &files…")), "importFiles")
        self.paste_button = named(QPushButton(_("&Paste")), "importPaste")
        self.said = named(PlainLabel(), "importSaid")
        self.said.setWordWrap(True)
        self.list = named(QListWidget(), "importList", _("The connections that were found"))
        self.list.setSpacing(2)
        self.list.hide()
        self.preview = named(QPlainTextEdit(), "importPreview", _("What is taken, changed and left out"))
        self.preview.setReadOnly(True)
        self.preview.setTabChangesFocus(True)
        self.use_button = named(QPushButton(_("Fill in the f&orm")), "importUse")
        self.use_button.setProperty("role", "primary")
        self.save_button = named(QPushButton(_("Fill in and sa&ve…")), "importSave")
        for button in (self.use_button, self.save_button):
            button.setEnabled(False)
        self._settling = QTimer(self, singleShot=True, interval=SETTLING)
        self._lay_out()
        self._settling.timeout.connect(self._read_typed)
        self.source_edit.textChanged.connect(self._typed)
        self.source_edit.too_long.connect(self.read_text)
        self.files_button.clicked.connect(self._ask_for_files)
        self.paste_button.clicked.connect(lambda: self.read_text(QGuiApplication.clipboard().text()))
        self.list.currentRowChanged.connect(self._show)
        self.finished.connect(self._give_up_reading)
        self.use_button.clicked.connect(lambda: self._use())
        self.save_button.clicked.connect(lambda: self._use(save=True))
        self._say("")

    def read_text(self, text: str) -> None:
        """Show a text and what is in it."""
        if len(text) > LONGEST_SHOWN:
            self._leave_editor()
            self._start(lambda: read(pasted(text)), _("the pasted text"))
            return
        self.source_edit.setPlainText(text)
        self._settling.stop()
        self._read_typed()

    def read_link(self, link: str) -> None:
        """Show what a link carries, and say that somebody else wrote it."""
        self.warning_label.setText(
            _(
                "A link asks to set up this connection. Look at what it holds, and use it only if you trust whoever "
                "gave it to you. Nothing is connected before you press Connect."
            )
        )
        self.warning_label.show()
        self.read_text(link)

    def read_paths(self, paths: Sequence[Path]) -> None:
        """Show what is in these files."""
        self._leave_editor()
        self._start(lambda: read_files(paths), ", ".join(path.name for path in paths))

    async def close_tasks(self) -> None:
        """Wait for what goes on; for the end of the window."""
        await self._tasks.close()

    # Reading

    def _give_up_reading(self) -> None:
        """It was closed: what is being read has nobody to be shown to."""
        self._settling.stop()
        self._asked += 1

    def _leave_editor(self) -> None:
        self.source_edit.blockSignals(True)
        self.source_edit.clear()
        self.source_edit.blockSignals(False)
        self._settling.stop()

    def _typed(self) -> None:
        self._asked += 1  # what is being read is not what stands there
        self._clear()
        self._settling.start()

    def _read_typed(self) -> None:
        text = self.source_edit.toPlainText()
        if text.strip():
            self._start(lambda: read(pasted(text)), "")
        else:
            self._clear()
            self._say("")

    def _start(self, work: Callable[[], Found], name: str) -> None:
        self._asked += 1
        self._clear()
        self._say(_("Reading {name}…").format(name=one_line(name, 120)) if name else "")
        self._tasks.start(self._read(work, self._asked), "read")

    async def _read(self, work: Callable[[], Found], number: int) -> None:
        try:
            found = await asyncio.to_thread(work)
        except NotImportedError as error:
            if number == self._asked:
                self._say(str(error), "bad")
            return
        if number == self._asked:
            self._offer(found)

    def _offer(self, found: Found) -> None:
        count = len(found.connections)
        several = plural("{title}: {n} connection", "{title}: {n} connections", count)
        self._say(several.format(title=found.title, n=count), "good")
        self._found = found.connections
        for each in found.connections:
            text = f"{each.title}  –  {each.url}" if each.url and each.url != each.title else each.title
            self.list.addItem(one_line(text, 160))
        self.list.setVisible(count > 1)
        self.list.setCurrentRow(0)
        self.use_button.setEnabled(True)
        self.save_button.setEnabled(True)
        self.use_button.setDefault(True)

    def _clear(self) -> None:
        self._found = ()
        self.list.clear()
        self.list.hide()
        self.preview.clear()
        self.use_button.setEnabled(False)
        self.save_button.setEnabled(False)

    # Showing

    @property
    def current(self) -> Imported | None:
        """The connection that is shown."""
        row = self.list.currentRow()
        return self._found[row] if 0 <= row < len(self._found) else None

    def _show(self, _row: int) -> None:
        each = self.current
        self.preview.setPlainText(_told(each) if each else "")

    def _use(self, *, save: bool = False) -> None:
        if each := self.current:
            self.chosen.emit(each)
            self.accept()
            if save:
                self.to_save.emit(each)

    def _say(self, sentence: str, tone: str = "muted") -> None:
        self.said.setText(one_line(sentence, 600))
        self.said.setVisible(bool(sentence))
        self.said.setProperty("tone", tone)
        restyle(self.said)

    def _ask_for_files(self) -> None:
        dialog = QFileDialog(self, _("Import from files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(
            [
                _("All files (*)"),
                _("Exports and profiles (*.json *.yaml *.yml *.wsgui)"),
                _("Code (*.js *.jsx *.ts *.tsx *.mjs)"),
            ]
        )
        dialog.setFilter(QDir.Filter.AllEntries | QDir.Filter.Hidden | QDir.Filter.NoDotAndDotDot)  # .env is hidden
        dialog.filesSelected.connect(lambda names: self.read_paths([Path(name) for name in names]))
        dialog.open()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.files_button)
        row.addWidget(self.paste_button)
        row.addWidget(self.said, 1)
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.list, 1)
        column.addWidget(self.preview, 2)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.source_edit)
        splitter.addWidget(below)
        splitter.setSizes([170, 340])
        buttons = QDialogButtonBox()
        buttons.addButton(self.use_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.save_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.setSpacing(12)
        for part in (self._about, self.warning_label):
            whole.addWidget(part)
        whole.addWidget(splitter, 1)
        whole.addWidget(buttons)


def _told(each: Imported) -> str:
    """All that is to be said of a connection, in plain text."""
    parts = [
        (_("Taken"), each.taken),
        (_("To be looked at"), each.warnings),
        (_("Changed"), each.changed),
        (_("Left out"), each.left),
    ]
    return "\n\n".join(title + "\n" + "\n".join(_lines(sentences)) for title, sentences in parts if sentences)


def _lines(sentences: Sequence[str]) -> list[str]:
    lines = [f"  • {one_line(sentence, 600)}" for sentence in sentences[:_MOST_TOLD]]
    if (more := len(sentences) - _MOST_TOLD) > 0:
        lines.append("  • " + _("and {n:,} more").format(n=more))
    return lines
