"""The rows of a comparison as a table: each step a row, and below it a row for each thing in which it differs."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from wsgui.core.comparison import Comparison, Row, Verdict
from wsgui.core.comparison.comparison import SIGN
from wsgui.core.comparison.printed import said, shown
from wsgui.core.i18n import N_, _
from wsgui.core.visible import one_line
from wsgui.ui import theme
from wsgui.ui.plain_tip import plain_tip

Index = QModelIndex | QPersistentModelIndex
_LONGEST = 500


class Column(IntEnum):
    """The columns, from the left."""

    VERDICT = 0
    STEP = 1
    LEFT = 2
    RIGHT = 3


HEADERS = (N_("Result"), N_("Step"), N_("Left"), N_("Right"))


class Line(NamedTuple):
    """One row of the table."""

    row: Row
    texts: tuple[str, str, str, str]
    is_difference: bool = False
    """Whether it says in what the step above it differs."""


class ComparisonModel(QAbstractTableModel):
    """Shows one comparison, whole or only what differs."""

    def __init__(self) -> None:
        super().__init__()
        self.comparison: Comparison | None = None
        self._only_differences = False
        self._lines: list[Line] = []

    def show_comparison(self, comparison: Comparison | None, *, only_differences: bool) -> None:
        """Show this one, or none."""
        self.beginResetModel()
        self.comparison = comparison
        rows = shown(comparison, only_differences=only_differences) if comparison else ()
        self._lines = [line for row in rows for line in _lines(row)]
        self.endResetModel()

    def line(self, row: int) -> Line:
        """What stands in that row."""
        return self._lines[row]

    # What Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(HEADERS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line, column = self._lines[index.row()], Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.texts[column]
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(line.texts[column])
            case Qt.ItemDataRole.ForegroundRole:
                return QColor(getattr(theme.current(), _tone(line, column)))
            case Qt.ItemDataRole.BackgroundRole:
                ground = _ground(line)
                return QColor(getattr(theme.current(), ground)) if ground else None
            case Qt.ItemDataRole.FontRole if line.row.is_heading and not line.is_difference:
                font = QFont()
                font.setWeight(QFont.Weight.DemiBold)
                return font
        return None


def _lines(row: Row) -> Iterator[Line]:
    name = row.step.name if row.is_heading else f"    {row.step.name}"
    verdict = f"{SIGN[row.verdict]}  {_(row.verdict.value)}"
    yield Line(row, (verdict, one_line(name, _LONGEST), _cell(said(row.left)), _cell(said(row.right))))
    for each in row.differences:
        indent = "    " if row.is_heading else "        "
        yield Line(row, ("", _cell(indent + each.name), _cell(each.left), _cell(each.right)), is_difference=True)


def _cell(text: str) -> str:
    return one_line(text, _LONGEST)


def _tone(line: Line, column: Column) -> str:
    verdict = line.row.verdict
    absent = {Column.LEFT: line.row.left, Column.RIGHT: line.row.right}
    if column in absent and absent[column] is None:
        return "muted"
    if column is Column.VERDICT:
        return {Verdict.EQUAL: "muted", Verdict.DIFFERENT: "warning"}.get(verdict, "changed")
    return "text"


def _ground(line: Line) -> str:
    match line.row.verdict:
        case Verdict.EQUAL:
            return ""
        case Verdict.DIFFERENT:
            return "warning_tint"
    return "raised"
