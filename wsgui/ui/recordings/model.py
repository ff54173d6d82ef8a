"""The rows of the list of recordings: those that the filter shows, in the order that the person chose."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from html import escape
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from wsgui.core.i18n import N_, _, day, number
from wsgui.core.recordings import Entry, Outcome
from wsgui.core.records import Severity
from wsgui.core.visible import one_line
from wsgui.ui import theme

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns, from the left."""

    WHEN = 0
    TITLE = 1
    OUTCOME = 2
    RECORDS = 3
    SIZE = 4


HEADERS = (N_("When"), N_("Title or URL"), N_("Outcome"), N_("Records"), N_("Size"))
_SEVERITY = {
    Outcome.CONNECTED: Severity.GOOD,
    Outcome.RUNNING: Severity.GOOD,
    Outcome.FAILED: Severity.BAD,
    Outcome.UNREADABLE: Severity.BAD,
    Outcome.INTERRUPTED: Severity.WARNING,
    Outcome.NONE: Severity.MUTED,
}
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class RecordingsModel(QAbstractTableModel):
    """Entries come in by ``add``, the newest first."""

    renamed = Signal(object, str)
    """A path and the title that the person wrote."""
    counted = Signal()
    """The number of entries or of rows has changed."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []
        self._rows: list[Entry] = []
        self._words: list[str] = []
        self._column = Column.WHEN
        self._descending = True

    # What is shown

    def clear(self) -> None:
        """Begin anew."""
        self.entries = []
        self._show()

    def add(self, entries: Sequence[Entry]) -> None:
        """More entries, older than those before."""
        self.entries += entries
        if self._column is Column.WHEN and self._descending:
            shown = [entry for entry in entries if self._fits(entry)]
            if shown:
                self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(shown) - 1)
                self._rows += shown
                self.endInsertRows()
            self.counted.emit()
        else:
            self._show()

    def replace(self, entry: Entry) -> None:
        """Another state of the same recording, or one that is new."""
        for entries in (self.entries, self._rows):
            for place, old in enumerate(entries):
                if old.path == entry.path:
                    entries[place] = entry
                    break
        if entry not in self.entries:
            self.entries.insert(0, entry)
            self._show()
        elif (row := self.row_of(entry.path)) is not None:
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))

    def remove(self, path: Path) -> None:
        """A recording that is no longer there."""
        self.entries = [entry for entry in self.entries if entry.path != path]
        if (row := self.row_of(path)) is not None:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._rows[row]
            self.endRemoveRows()
        self.counted.emit()

    def set_filter(self, text: str) -> None:
        """Show the entries that have all words of ``text``, in any case, in what a row says."""
        self._words = text.casefold().split()
        self._show()

    def entry(self, row: int) -> Entry:
        """The entry in that row."""
        return self._rows[row]

    def row_of(self, path: Path) -> int | None:
        """The row of that recording, if it is shown."""
        return next((row for row, entry in enumerate(self._rows) if entry.path == path), None)

    def _show(self) -> None:
        self.beginResetModel()
        self._rows = [entry for entry in self.entries if self._fits(entry)]
        self._rows.sort(key=self._key, reverse=self._descending)
        self.endResetModel()
        self.counted.emit()

    def _fits(self, entry: Entry) -> bool:
        if not self._words:
            return True
        said = " ".join((_when(entry), entry.title, entry.url, entry.what_came_of_it, entry.path.name)).casefold()
        return all(word in said for word in self._words)

    def _key(self, entry: Entry) -> tuple[str | float, float]:
        when = entry.started.timestamp()
        keys: dict[Column, str | float] = {
            Column.TITLE: (entry.title or entry.url).casefold(),
            Column.OUTCOME: entry.what_came_of_it.casefold(),
            Column.RECORDS: entry.count,
            Column.SIZE: entry.size,
        }
        return keys.get(self._column, when), when

    # What Qt asks for

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._column = Column(column)
        self._descending = order == Qt.SortOrder.DescendingOrder
        self._show()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == Column.TITLE else flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        entry = self._rows[index.row()]
        title = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or title == (entry.title or entry.url):
            return False
        self.renamed.emit(entry.path, title)
        return True

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry, column = self._rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return one_line(cell(entry, Column(column)), 300)
            case Qt.ItemDataRole.EditRole if column == Column.TITLE:
                return entry.title or entry.url
            case Qt.ItemDataRole.ToolTipRole if column in (Column.TITLE, Column.OUTCOME):
                return _tip(entry, Column(column))
            case Qt.ItemDataRole.TextAlignmentRole if column in (Column.RECORDS, Column.SIZE):
                return _RIGHT
            case Qt.ItemDataRole.ForegroundRole if column == Column.OUTCOME:
                return theme.severity_colour(_SEVERITY.get(entry.outcome, Severity.PLAIN))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(Column):
            if role == Qt.ItemDataRole.DisplayRole:
                return _(HEADERS[section])
            if role == Qt.ItemDataRole.TextAlignmentRole and section in (Column.RECORDS, Column.SIZE):
                return _RIGHT
        return None


def cell(entry: Entry, column: Column) -> str:
    """What stands in a cell."""
    match column:
        case Column.WHEN:
            return _when(entry)
        case Column.TITLE:
            return entry.title or entry.url or entry.path.name
        case Column.OUTCOME:
            return entry.what_came_of_it
        case Column.RECORDS:
            return number(entry.count)
    return size_text(entry.size)


def size_text(size: int) -> str:
    """Bytes for people."""
    if size < 1 << 20:
        return _("{size:,.0f} KiB").format(size=size / 1024)
    return _("{size:,.1f} MiB").format(size=size / (1 << 20))


def _when(entry: Entry) -> str:
    started = entry.started.astimezone()
    return f"{day(started)} {started:%H:%M:%S}"


def _tip(entry: Entry, column: Column) -> str:
    """Plain text, whatever it looks like: a tool tip would take it for rich text."""
    parts = [entry.what_came_of_it] if column is Column.OUTCOME else [entry.title, entry.url, str(entry.path)]
    return "<p style='white-space:pre-wrap'>" + escape("\n".join(one_line(part) for part in parts if part)) + "</p>"
