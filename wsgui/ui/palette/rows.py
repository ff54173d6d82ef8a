"""The rows of the palette: what fits, the best first, and how a row is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from wsgui.core.fuzzy import score
from wsgui.ui import theme
from wsgui.ui.palette.offers import Choice

Index = QModelIndex | QPersistentModelIndex

_AIR = 10
"""Pixels at the sides of a row, and between its texts."""
_REFUSED = 200
"""What cannot be done now stands after what fits nearly as well."""
_ON, _OFF = "✓ ", ""


class Rows(QAbstractListModel):
    """Those of the choices that fit what was typed."""

    def __init__(self) -> None:
        super().__init__()
        self._all: list[Choice] = []
        self._typed = ""
        self.shown: list[Choice] = []

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer these from now on."""
        self._all = list(choices)
        self._look()

    def add_choices(self, choices: Sequence[Choice]) -> None:
        """Offer these, too."""
        self._all += choices
        if self._typed:
            self._look()

    def search(self, typed: str) -> None:
        """Show what fits; without a word, all in the order of the menus."""
        self._typed = typed.strip()
        self._look()

    def _look(self) -> None:
        self.beginResetModel()
        self.shown = self._fitting() if self._typed else list(self._all)
        self.endResetModel()

    def _fitting(self) -> list[Choice]:
        rated = ((score(self._typed, choice.names), choice) for choice in self._all)
        found = [(points - (_REFUSED if choice.refused else 0), choice) for points, choice in rated if points]
        # Sorting keeps the order of equals: the menus come first.
        return [choice for _points, choice in sorted(found, key=itemgetter(0), reverse=True)]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        choice = self.shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return mark(choice) + choice.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return ", ".join(filter(None, (mark(choice) + choice.title, choice.place, choice.keys, choice.refused)))
        return None


def mark(choice: Choice) -> str:
    """What stands before the title of what is switched on."""
    return _ON if choice.checked else _OFF


class RowDelegate(QStyledItemDelegate):
    """The title, where it stands, and at the right its keys or why it cannot be done."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, option.fontMetrics.height() + _AIR)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, Rows):
            return
        choice = model.shown[index.row()]
        look = theme.current()
        area: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(look.selection))
        inner = area.adjusted(_AIR, 0, -_AIR, 0)
        metrics = option.fontMetrics
        right = choice.refused or choice.keys
        painter.setPen(QColor(look.muted))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, right)
        inner.setRight(inner.right() - (metrics.horizontalAdvance(right) + 2 * _AIR if right else 0))
        title = metrics.elidedText(mark(choice) + choice.title, Qt.TextElideMode.ElideRight, inner.width())
        painter.setPen(QColor(look.muted if choice.refused else look.text))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, title)
        inner.setLeft(inner.left() + metrics.horizontalAdvance(title) + 2 * _AIR)
        painter.setPen(QColor(look.muted))
        place = metrics.elidedText(choice.place, Qt.TextElideMode.ElideRight, max(0, inner.width()))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, place)
        painter.restore()
