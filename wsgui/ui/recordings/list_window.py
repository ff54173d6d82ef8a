"""The list of recordings: a window of its own, filled by a thread, so that a thousand of them stop nothing."""

from __future__ import annotations

import asyncio
import itertools
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from wsgui.core import recordings
from wsgui.core.i18n import N_, _, day, plural
from wsgui.core.recording import folder
from wsgui.core.recordings import Entry, RecordingInUseError
from wsgui.core.tasks import TaskOwner
from wsgui.ui.elided_label import ElidedLabel
from wsgui.ui.empty_state import EmptyState
from wsgui.ui.icons import Icon, show_icon
from wsgui.ui.named import named
from wsgui.ui.recordings.model import Column, RecordingsModel, size_text
from wsgui.ui.recordings.retention import RetentionRow
from wsgui.ui.settings import Settings

_AT_ONCE = 25
"""Entries that a thread reads at once."""


class ListWindow(QDialog):
    """Says what the person wants with a recording; opening, renaming and exporting are done by who knows the tabs."""

    open_wanted = Signal(Path)
    file_wanted = Signal()
    export_wanted = Signal(Path)
    rename_wanted = Signal(Path, str)
    compare_wanted = Signal(list)
    """One path or two."""

    def __init__(self, parent: QWidget, settings: Settings) -> None:
        super().__init__(parent)
        self.setObjectName("recordingsWindow")
        self.setWindowTitle(_("Recordings"))
        self.resize(960, 520)
        self._tasks = TaskOwner("recordings")
        self._deleted: list[Path] = []
        """What can be brought back, the last one last."""
        self.model = RecordingsModel()
        self.model.setParent(self)
        self.filter_edit = named(QLineEdit(), "recordingsFilter", _("Filter the recordings"))
        self.filter_edit.setPlaceholderText(_("Filter: words of the title, the URL, the date, the outcome"))
        self.filter_edit.setClearButtonEnabled(True)
        self.filter_edit.textChanged.connect(self._filter)
        self.filter_edit.installEventFilter(self)
        self.table = named(QTableView(), "recordingsTable", _("Recordings"))
        self._lay_out_table()
        self._empty = EmptyState(self.table)
        self._reading = False
        self._count = named(QLabel(), "recordingsCount")
        self._count.setProperty("tone", "muted")
        self._said = named(ElidedLabel(), "recordingsSaid")
        self._undo = named(QPushButton(_("&Undo")), "undoButton")
        self._undo.clicked.connect(self.undo)
        self._undo.hide()
        self._buttons = self._make_buttons()
        self._lay_out(RetentionRow(settings))
        self.model.counted.connect(self._show_counts)
        self.model.renamed.connect(self.rename_wanted)
        self.table.selectionModel().selectionChanged.connect(lambda: self._show_counts())
        self._show_counts()

    # What the person does

    def refill(self) -> None:
        """Read the folder anew."""
        self._tasks.start(self._refill(), "read")

    def open_chosen(self) -> None:
        for path in self.chosen():
            self.open_wanted.emit(path)

    def export_chosen(self) -> None:
        for path in self.chosen()[:1]:
            self.export_wanted.emit(path)

    def compare_chosen(self) -> None:
        """Compare one with what the person will choose, or two with each other."""
        if paths := self.chosen()[:2]:
            self.compare_wanted.emit(paths)

    def rename_chosen(self) -> None:
        """Edit the title in its cell."""
        if rows := self._chosen_rows():
            self.table.edit(self.model.index(rows[0], Column.TITLE))

    def delete_chosen(self) -> None:
        """Delete at once, without a question: it can be brought back."""
        if paths := self.chosen():
            self._tasks.start(self._delete(paths), "delete")

    def undo(self) -> None:
        """Bring back what was deleted last."""
        if self._deleted:
            self._tasks.start(self._restore(self._deleted.pop()), "restore")

    def chosen(self) -> list[Path]:
        """The recordings in the selected rows."""
        return [self.model.entry(row).path for row in self._chosen_rows()]

    def say(self, sentence: str) -> None:
        """Say something below the list."""
        self._said.setText(sentence)
        self._undo.setVisible(bool(self._deleted))

    def show_entry(self, entry: Entry) -> None:
        """A recording is new, or something about it has changed."""
        self.model.replace(entry)

    async def close_tasks(self) -> None:
        """End what still goes on; for the end of the window."""
        await self._tasks.close()

    # How it is done

    async def _refill(self) -> None:
        self._reading = True
        self.model.clear()
        source = recordings.entries(folder())
        while entries := await asyncio.to_thread(_next, source):
            self.model.add(entries)
        self._reading = False
        self._show_empty()
        if not self._chosen_rows() and self.model.rowCount():
            self.table.selectRow(0)

    async def _delete(self, paths: Sequence[Path]) -> None:
        row = self._chosen_rows()[0]
        names = [self.model.index(row, Column.TITLE).data() for row in self._chosen_rows()]
        try:
            for path in paths:
                self._deleted.append(await asyncio.to_thread(recordings.delete, path))
                self.model.remove(path)
            one = _("“{title}” was deleted.").format(title=names[0])
            self.say(one if len(paths) == 1 else _("{n} recordings were deleted.").format(n=len(paths)))
        except (RecordingInUseError, OSError, sqlite3.Error) as error:
            self.say(str(error))
        self.table.selectRow(min(row, self.model.rowCount() - 1))

    async def _restore(self, deleted: Path) -> None:
        try:
            path = await asyncio.to_thread(recordings.restore, deleted)
            entry = await asyncio.to_thread(recordings.read_entry, path)
        except OSError as error:
            self.say(_("It cannot be brought back ({reason}).").format(reason=error.strerror or error))
            return
        self.model.replace(entry)
        self.say(_("“{title}” is back.").format(title=entry.title or entry.url or path.name))
        if (row := self.model.row_of(path)) is not None:
            self.table.selectRow(row)

    def _filter(self, text: str) -> None:
        self.model.set_filter(text)
        if self.model.rowCount():
            self.table.selectRow(0)

    def _chosen_rows(self) -> list[int]:
        return sorted(index.row() for index in self.table.selectionModel().selectedRows())

    # Layout

    def _lay_out_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QTableView.EditTrigger.EditKeyPressed)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 10)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        widths = {
            Column.WHEN: f"{day(datetime(2000, 10, 20, tzinfo=UTC))} 00:00:00",
            Column.RECORDS: "0,000,000",
            Column.SIZE: _("{size:,.1f} MiB").format(size=9999.9),
        }
        for column, longest in widths.items():
            table.setColumnWidth(column, self.fontMetrics().horizontalAdvance(longest) + 28)
        for column in (Column.TITLE, Column.OUTCOME):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        header.setSortIndicator(Column.WHEN, Qt.SortOrder.DescendingOrder)
        header.setSortIndicatorShown(True)
        header.sectionClicked.connect(lambda column: self.model.sort(column, header.sortIndicatorOrder()))
        table.doubleClicked.connect(lambda _index: self.open_chosen())
        table.installEventFilter(self)

    def _make_buttons(self) -> dict[str, QPushButton]:
        offers = (
            ("open", _("&Open"), self.open_chosen, "Return", Icon.FOLDER),
            ("rename", _("&Rename"), self.rename_chosen, "F2", Icon.EDIT),
            ("delete", _("&Delete"), self.delete_chosen, "Delete", Icon.DELETE),
            ("export", _("&Export…"), self.export_chosen, "Ctrl+E", Icon.EXPORT),
            ("compare", _("&Compare with…"), self.compare_chosen, "Ctrl+Shift+D", Icon.COMPARE),
        )
        buttons = {}
        for name, text, do, keys, which in offers:
            button = buttons[name] = named(QPushButton(text), f"{name}Recording")
            button.clicked.connect(do)
            button.setAutoDefault(False)
            show_icon(button, which)
            button.setToolTip(QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText))
        for shortcut, do in (
            (QKeySequence(QKeySequence.StandardKey.Find), self.filter_edit.setFocus),
            (QKeySequence("Ctrl+E"), self.export_chosen),
            (QKeySequence("Ctrl+Shift+D"), self.compare_chosen),
        ):
            action = QAction(self)
            action.setShortcut(shortcut)
            action.triggered.connect(lambda _checked, do=do: do())
            self.addAction(action)
        return buttons

    def _lay_out(self, retention: RetentionRow) -> None:
        file = named(QPushButton(_("Open a &file…")), "openFile")
        file.setAutoDefault(False)
        show_icon(file, Icon.FOLDER)
        file.setToolTip(_("A recording of wsgui, or an HTTP Archive (HAR) that a browser saved"))
        file.clicked.connect(self.file_wanted)
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self.filter_edit, 1)
        tools.addWidget(self._count)
        tools.addWidget(file)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in self._buttons.values():
            row.addWidget(button)
        row.addWidget(self._said, 1)
        row.addWidget(self._undo)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addLayout(tools)
        column.addWidget(self.table, 1)
        column.addLayout(row)
        column.addWidget(retention)

    def _show_counts(self) -> None:
        size = sum(entry.size for entry in self.model.entries)
        number = len(self.model.entries)
        text = plural("{n:,} recording, {size}", "{n:,} recordings, {size}", number)
        self._count.setText(text.format(n=number, size=size_text(size)))
        for button in self._buttons.values():
            button.setEnabled(bool(self._chosen_rows()))
        self._show_empty()

    def _show_empty(self) -> None:
        if self._reading or self.model.rowCount():
            self._empty.show_state("")
        elif self.filter_edit.text():
            self._empty.show_state(
                _("No recording matches the filter."), (N_("Clear the filter"), self.filter_edit.clear)
            )
        else:
            said = _("Nothing is kept yet: what a connection does is recorded, and listed here.")
            self._empty.show_state(said, (N_("Open a file…"), self.file_wanted.emit))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the list; from the filter the arrows go into the list, and Enter opens its first row."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            keys = {Qt.Key.Key_Return: self.open_chosen, Qt.Key.Key_Enter: self.open_chosen}
            if watched is self.table:
                keys |= {Qt.Key.Key_Delete: self.delete_chosen}
            elif watched is self.filter_edit:
                keys |= {Qt.Key.Key_Down: self.table.setFocus}
            if (do := keys.get(Qt.Key(event.key()))) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                do()
                return True
            if event.matches(QKeySequence.StandardKey.Undo) and watched is self.table:
                self.undo()
                return True
        return super().eventFilter(watched, event)


def _next(source: Iterator[Entry]) -> list[Entry]:
    return list(itertools.islice(source, _AT_ONCE))
