"""The rows of the log, read out of the recording when they are looked at.

The model keeps no records, only how many there are and, while a filter is on, the numbers of those that match; a row
is fetched and described when the view paints it. ``notice()`` says that something was recorded; at most 30 times a
second the model then takes over what is written by now, as one block. When nothing happens no timer runs.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QColor

from wsgui.core.clock import clock
from wsgui.core.i18n import N_, _
from wsgui.core.kinds import ARROWS, LABEL
from wsgui.core.records import Direction, Kind, Record, Severity
from wsgui.core.search import Search
from wsgui.core.visible import one_line
from wsgui.ui import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

    from wsgui.core.filters import Condition
    from wsgui.core.recorded import Recorded

Index = QModelIndex | QPersistentModelIndex

REFRESH = 33
"""Milliseconds between two looks at the recording."""
LONGEST_REST = 200
"""Milliseconds; the log is never further behind than this."""
PAINTING = 0.05
"""The part of the time that painting the log may take."""
PAGE = 64
"""Rows read at once: what a window shows."""
LONGEST = 500
"""Characters of a summary; the details have all."""
_KEPT = 1024


class Column(IntEnum):
    """The columns, from the left."""

    TIME = 0
    DIRECTION = 1
    KIND = 2
    SUMMARY = 3


HEADERS = (N_("Time"), "", N_("Kind"), N_("Summary"))
_SPOKEN = {Direction.OUT: N_("sent"), Direction.IN: N_("received"), Direction.NONE: N_("here")}


class Line(NamedTuple):
    """A record as the view shows it."""

    cells: tuple[str, ...]
    """As many as the model has columns."""
    severity: Severity
    direction: Direction
    more: object = None
    """What a subclass keeps for those that paint its rows."""


class LogModel(QAbstractTableModel):
    """The records of one recording, from :meth:`clear` on, as far as they meet the filter.

    A subclass may show other columns of them, and only those that meet a condition of its own.
    """

    counted = Signal()
    """The number of records, of rows, or what is still to be searched has changed."""

    headers: Sequence[str] = HEADERS
    direction_column: int = Column.DIRECTION
    fixed_columns: Sequence[int] = (Column.TIME, Column.SUMMARY)
    """Those in a font of which all characters are equally wide."""
    marked_column: int = Column.KIND
    """That with a mark where the row is a warning or a failure: its colour is not the only one to say so."""

    def __init__(self, always: Condition | None = None) -> None:
        super().__init__()
        self.recording: Recorded | None = None
        self._always = always
        """What a record must meet whatever the filter says."""
        self._wanted: Condition | None = None
        """What the filter says."""
        self._switched: Condition | None = None
        """What the switches of the events say."""
        self._condition = always
        self.marks: Mapping[str, tuple[str, str]] = {}
        """Event -> the sign and the colour (a field of the theme) that its rows have."""
        self._search: Search | None = None
        """For what meets the conditions; without any there is none."""
        self._hidden = 0
        """The number of the last record that ``clear`` took from view."""
        self._rows = 0
        self._grown = 0.0
        """When what a search had found was last taken over."""
        self._records: dict[int, Record] = {}
        self._lines: dict[int, Line] = {}
        self._fixed_font = theme.fixed_font()
        self._pending = False
        self._rest = REFRESH
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.refresh)

    # What is shown

    def set_recording(self, recording: Recorded | None) -> None:
        """Show another recording, from its beginning."""
        self.recording = recording
        self._hidden = 0
        self._start_over()

    def set_condition(self, condition: Condition | None) -> None:
        """Show only what meets the condition; ``None`` shows all. A long recording is searched in steps."""
        self._wanted = condition
        self._combine()

    def switch(self, condition: Condition | None) -> None:
        """Leave out what does not meet this, whatever the filter says; ``None`` leaves out nothing."""
        if condition != self._switched:
            self._switched = condition
            self._combine()

    def mark(self, marks: Mapping[str, tuple[str, str]]) -> None:
        """Show the rows of these events with a sign and a colour."""
        self.marks = dict(marks)
        self._lines.clear()
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(self._rows - 1, len(self.headers) - 1))

    def _combine(self) -> None:
        conditions = [each for each in (self._always, self._switched, self._wanted) if each is not None]
        if len(conditions) > 1:
            from wsgui.core.filters import all_of

            conditions = [all_of(conditions)]
        self._condition = conditions[0] if conditions else None
        self._start_over()

    def clear(self) -> None:
        """Hide all that was recorded up to now."""
        if self.recording is not None:
            self._hidden = self.recording.count + self.recording.backlog
            self._start_over()

    def show_all(self) -> None:
        """Show again what ``clear`` has hidden."""
        self._hidden = 0
        self._start_over()

    @property
    def cleared(self) -> bool:
        """Whether ``clear`` hides anything."""
        return self._hidden > 0

    @property
    def filtered(self) -> bool:
        """Whether a filter is on."""
        return self._wanted is not None

    @property
    def switched(self) -> bool:
        """Whether events are left out, whatever the filter says."""
        return self._switched is not None

    @property
    def total(self) -> int:
        """How many records there are to be shown or searched."""
        return max(0, self.recording.count - self._hidden) if self.recording else 0

    @property
    def searching(self) -> bool:
        """Whether records are left that were not yet compared with the filter."""
        return self._search is not None and self._search.searching

    @property
    def problem(self) -> str:
        """Why the filter was given up before it had compared all records, as a sentence."""
        return self._search.problem if self._search is not None else ""

    def search(self, condition: Condition) -> Search | None:
        """A search among the records that are shown; it has to be made anew when the model is reset."""
        if self.recording is None:
            return None
        if self._condition is not None:
            from wsgui.core.filters import all_of

            condition = all_of([self._condition, condition])
        return Search(self.recording, condition, self._hidden)

    # Taking over what is new

    def notice(self) -> None:
        """Something was appended to the recording. Costs next to nothing when called again before the refresh."""
        if not self._pending:
            self._pending = True
            self._timer.start(self._rest)

    def painted(self, seconds: float) -> None:
        """The view took so long to paint: in a flood, what comes in has the machine and painting has a small part."""
        self._rest = min(LONGEST_REST, max(REFRESH, int(seconds * 1000 / PAINTING)))

    def refresh(self) -> None:
        """Take over what is written by now; come back while there is more."""
        self._pending = False
        if self.recording is None:
            return
        unwritten = self.recording.backlog  # asked first: what is written after that is not in this turn's count
        if self._search is None:
            self._grow(self.total)
            self.counted.emit()
        else:
            self._go_on(self._search)
        if self.searching:
            self._pending = True
            self._timer.start(0)
        elif unwritten:
            self.notice()

    def _start_over(self) -> None:
        self.beginResetModel()
        self._rows = 0
        self._grown = 0.0
        self._search = None
        if self.recording is not None and self._condition is not None:
            self._search = Search(self.recording, self._condition, self._hidden)
        self._records.clear()
        self._lines.clear()
        if self._condition is None:
            self._rows = self.total
        self.endResetModel()
        self.refresh()

    def _go_on(self, search: Search) -> None:
        """Take a step. What it found has its rows later: they are painted, which takes as long as several steps."""
        search.go_on()
        now = time.perf_counter()
        if now - self._grown >= self._rest / 1000 or not search.searching:
            self._grown = now
            self._grow(len(search.matches))
            self.counted.emit()

    def _grow(self, rows: int) -> None:
        if rows > self._rows:
            self.beginInsertRows(QModelIndex(), self._rows, rows - 1)
            self._rows = rows
            self.endInsertRows()

    # From rows to records

    def seq(self, row: int) -> int:
        """The number of the record in that row."""
        return self._hidden + row + 1 if self._search is None else self._search.matches[row]

    def seqs(self) -> Sequence[int]:
        """The numbers of all records shown, in order."""
        if self._search is None:
            return range(self._hidden + 1, self._hidden + self._rows + 1)
        return self._search.matches[: self._rows]

    def row_of(self, seq: int) -> int | None:
        """The row in which that record is, if it is shown."""
        row = seq - self._hidden - 1 if self._search is None else self._search.place(seq)
        return row if row is not None and 0 <= row < self._rows else None

    def records(self, first: int, number: int) -> list[Record]:
        """The records of at most ``number`` rows from ``first`` on."""
        if self.recording is None:
            return []
        last = min(first + number, self._rows)
        if self._search is None:
            return self.recording.rows(self._hidden + first, last - first)
        return self.recording.pick(self._search.matches[first:last])

    def line(self, row: int) -> Line:
        """What is shown in that row."""
        seq = self.seq(row)
        line = self._lines.get(seq)
        if line is None:
            if seq not in self._records:
                self._records = {record.seq: record for record in self.records(row, PAGE)}
            if len(self._lines) >= _KEPT:
                self._lines.clear()
            line = self._lines[seq] = self.line_of(self._records[seq])
        return line

    def forget_lines(self) -> None:
        """Make the lines anew when they are asked for: they are to say the same in another language."""
        self._lines.clear()

    def line_of(self, record: Record) -> Line:
        """What a row shows of a record."""
        line = line_of(record)
        if not self.marks or record.kind is not Kind.EVENT:
            return line
        from wsgui.core.describe import packet_of

        packet = packet_of(record)
        mark = self.marks.get(packet.event) if packet else None
        if mark is None:
            return line
        sign, colour = mark
        time, arrow, kind, summary = line.cells
        return line._replace(cells=(time, arrow, f"{sign} {kind}", summary), more=colour)

    # What Qt asks for

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.headers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == _DISPLAY:
            return self.line(index.row()).cells[index.column()]
        if role == _FOREGROUND:
            line = self.line(index.row())
            if index.column() == self.direction_column:
                return theme.direction_colour(line.direction)
            if isinstance(line.more, str) and self.marks:
                return QColor(getattr(theme.current(), line.more))
            return theme.severity_colour(line.severity)
        if role == _FONT:
            return self._fixed_font if index.column() in self.fixed_columns else None
        if role == _DECORATION and index.column() == self.marked_column:
            return _mark(self.line(index.row()).severity)
        if role == _SPEECH and index.column() == self.direction_column:
            return _(_SPOKEN[self.line(index.row()).direction])
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(self.headers):
            if role == _DISPLAY:
                return self.headers[section] and _(self.headers[section])
            if role == _SPEECH:
                return _(self.headers[section] or N_("Direction"))
        return None


# Plain numbers: this is asked for a thousand times a repaint, and comparing enumerations takes longer.
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_FOREGROUND = int(Qt.ItemDataRole.ForegroundRole)
_FONT = int(Qt.ItemDataRole.FontRole)
_DECORATION = int(Qt.ItemDataRole.DecorationRole)
_SPEECH = int(Qt.ItemDataRole.AccessibleTextRole)


@cache
def _mark(severity: Severity) -> QIcon | None:
    """What says beside its colour that a row is a warning or a failure."""
    from wsgui.ui.icons import Icon, icon  # not before there is a line: the window must be there first

    marks = {Severity.WARNING: (Icon.WARNING, "warning"), Severity.BAD: (Icon.FAILED, "bad")}
    return icon(*marks[severity]) if severity in marks else None


def line_of(record: Record) -> Line:
    """The record as a line of the view."""
    from wsgui.core.abridged import abridged  # not before there is a line: the window must be there first
    from wsgui.core.describe import describe

    summary, severity = describe(abridged(record))
    return Line(
        (clock(record.wall), ARROWS[record.direction], _(LABEL[record.kind]), one_line(summary, LONGEST)),
        severity,
        record.direction,
    )


def text_of(record: Record) -> str:
    """The record as a line of text to be pasted elsewhere: all columns, and the summary whole."""
    from wsgui.core.describe import describe

    summary = one_line(describe(record).summary, sys.maxsize)
    return f"{clock(record.wall)}  {ARROWS[record.direction]}  {_(LABEL[record.kind])}  {summary}"
