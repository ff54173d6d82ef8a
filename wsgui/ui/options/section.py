"""A group of options under a title that folds it away and says how many of them are changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from wsgui.core.i18n import _, plural
from wsgui.core.option_types import Group

if TYPE_CHECKING:
    from wsgui.ui.options.row import OptionRow


_FOLDED = frozenset({Group.TLS, Group.ADVANCED})
"""The groups that few people need."""


class Section(QWidget):
    """The rows of one group. A search opens it for as long as it lasts."""

    def __init__(self, group: Group) -> None:
        super().__init__()
        self.rows: list[OptionRow] = []
        self._is_open = group not in _FOLDED
        self._is_searching = False
        self._header = QToolButton()
        self._header.setText(_(group))
        self._header.setObjectName(f"section_{group.name.lower()}")
        self._header.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._header.setAutoRaise(True)
        font = self._header.font()
        font.setBold(True)
        self._header.setFont(font)
        self._header.clicked.connect(self._toggle)
        self._count = QLabel()
        self._count.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        head = QHBoxLayout()
        head.addWidget(self._header)
        head.addStretch()
        head.addWidget(self._count)
        self._body = QWidget()
        self._body_column = QVBoxLayout(self._body)
        self._body_column.setContentsMargins(0, 0, 0, 8)
        self._body_column.setSpacing(5)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self._body)
        self._fold()

    def add(self, row: OptionRow) -> None:
        """Put a row at the end."""
        self.rows.append(row)
        self._body_column.addWidget(row)

    def arrange(self, rows: list[OptionRow]) -> None:
        """Show the rows, which are those there are, in this order."""
        self.rows = rows
        for place, row in enumerate(rows):
            self._body_column.removeWidget(row)
            self._body_column.insertWidget(place, row)

    def add_note(self, note: QWidget) -> None:
        """Put something that is no option under the last row."""
        self._body_column.addWidget(note)

    def open(self) -> None:
        """Unfold it for good."""
        self._is_open = True
        self._fold()

    def search(self, *, is_searching: bool) -> None:
        """Unfold while a search goes on; hide the section where no row is left to show."""
        self._is_searching = is_searching
        self.setVisible(any(not row.isHidden() for row in self.rows))
        self._fold()

    def count(self, n: int) -> None:
        """Say how many options are changed."""
        self._count.setText(plural("{n} changed", "{n} changed", n).format(n=n) if n else "")

    def focus_chain(self) -> list[QWidget]:
        """All that the Tab key stops at, in the order of the eye."""
        return [self._header, *(widget for row in self.rows for widget in row.focus_chain())]

    def _toggle(self) -> None:
        self._is_open = not self._is_open
        self._fold()

    def _fold(self) -> None:
        is_open = self._is_open or self._is_searching
        self._body.setVisible(is_open)
        self._header.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
        self._header.setAccessibleDescription(_("unfolded") if is_open else _("folded"))
