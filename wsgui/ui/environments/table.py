"""The variables of one environment as a table: name, value, whether it is secret. The last row is for a new one."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from wsgui.core.environments import MARK, Environment, problem_of
from wsgui.core.i18n import N_, _
from wsgui.core.visible import one_line
from wsgui.ui.plain_tip import plain_tip

Index = QModelIndex | QPersistentModelIndex

NAME, VALUE, SECRET = range(3)
HEADERS = (N_("Variable"), N_("Value"), N_("Secret"))
_NOWHERE = QModelIndex()
_LONGEST = 200


@dataclass
class Row:
    """A variable as it was typed."""

    name: str = ""
    value: str = ""
    secret: bool = False


class VariableTable(QAbstractTableModel):
    """``edited``: something of it is another now."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []

    def show_environment(self, environment: Environment) -> None:
        """Show these variables."""
        self.beginResetModel()
        names = [*environment.variables, *sorted(environment.secret - environment.variables.keys())]
        self.rows = [Row(name, environment.variables.get(name, ""), name in environment.secret) for name in names]
        self.endResetModel()

    def variables(self) -> tuple[dict[str, str], frozenset[str]]:
        """The variables, and which of them are secret."""
        named = [row for row in self.rows if row.name]
        secret = frozenset(row.name for row in named if row.secret)
        # A secret without a value is one that the keyring did not give: it stays where it is.
        return {row.name: row.value for row in named if row.value or not row.secret}, secret

    def problems(self) -> list[tuple[int, str]]:
        """The rows that cannot be so, and why."""
        found: list[tuple[int, str]] = []
        seen: set[str] = set()
        for number, row in enumerate(self.rows):
            if not row.name and not row.value:
                continue
            sentence = problem_of(row.name, row.value) if row.name else _("This value has no name.")
            if not sentence and row.name in seen:
                sentence = _("There is another variable of this name.")
            seen.add(row.name)
            if sentence:
                found.append((number, sentence))
        return found

    def remove(self, rows: list[int]) -> None:
        """Take variables out."""
        for number in sorted(set(rows), reverse=True):
            if number < len(self.rows):
                self.beginRemoveRows(_NOWHERE, number, number)
                del self.rows[number]
                self.endRemoveRows()
        self.edited.emit()

    # Qt's side

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows) + 1

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if way is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(HEADERS[section])
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.column() == SECRET:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()] if index.row() < len(self.rows) else Row()
        column = index.column()
        if column == SECRET:
            if role == Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if row.secret else Qt.CheckState.Unchecked
            return _("Secret") if role == Qt.ItemDataRole.AccessibleTextRole else None
        if role == Qt.ItemDataRole.EditRole:
            return row.name if column == NAME else row.value
        if role == Qt.ItemDataRole.DisplayRole:
            if column == NAME:
                return one_line(row.name, _LONGEST)
            return MARK if row.secret and row.value else one_line(row.value, _LONGEST)
        if role == Qt.ItemDataRole.ToolTipRole and (wrong := dict(self.problems()).get(index.row())):
            return plain_tip(wrong)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        number, column = index.row(), index.column()
        if column == SECRET and role == Qt.ItemDataRole.CheckStateRole:
            self._row(number).secret = Qt.CheckState(value) == Qt.CheckState.Checked
        elif role == Qt.ItemDataRole.EditRole and column != SECRET:
            text = str(value)
            if not text and number >= len(self.rows):
                return False
            row = self._row(number)
            if column == NAME:
                row.name = text.strip()
            else:
                row.value = text
        else:
            return False
        self.dataChanged.emit(self.index(number, 0), self.index(number, SECRET))
        self.edited.emit()
        return True

    def _row(self, number: int) -> Row:
        """The row, which is made if it is the one for a new variable."""
        if number >= len(self.rows):
            self.beginInsertRows(_NOWHERE, len(self.rows) + 1, len(self.rows) + 1)
            self.rows.append(Row())
            self.endInsertRows()
        return self.rows[number]
