"""Headers and query values that a person marks as secrets, in the menu of their row. Some are so by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QTableWidget

from wsgui.core.i18n import _

if TYPE_CHECKING:
    from wsgui.ui.connection_tab import ConnectionTab

OPTIONS = ("extraHeaders", "query")


class SecretMarks(QObject):
    """Belongs to one tab; the rows of the form are there when it is made."""

    changed = Signal()

    def __init__(self, tab: ConnectionTab) -> None:
        super().__init__(tab)
        self._tab = tab
        for name in OPTIONS:
            table = tab.options.rows[name].editor.input
            if isinstance(table, QTableWidget):
                table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
                table.customContextMenuRequested.connect(
                    lambda point, option=name, table=table: self._show(table, option, point)
                )

    def menu_for(self, table: QTableWidget, option: str, row: int) -> QMenu | None:
        """What can be done with a row; ``None`` if nothing stands there."""
        item = table.item(row, 0)
        name = item.text().strip() if item else ""
        if not name:
            return None
        from wsgui.core.redact import names_a_secret

        place, by_name = f"{option}.{name}", names_a_secret(name)
        menu = QMenu(table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        action = menu.addAction(_("&Secret: kept in the keyring when it is saved"))
        action.setCheckable(True)
        action.setChecked(by_name or place in self._tab.marked)
        action.setEnabled(not by_name)
        action.toggled.connect(lambda on: self._mark(place, on=on))
        return menu

    def _show(self, table: QTableWidget, option: str, point: QPoint) -> None:
        row = table.rowAt(point.y()) if not point.isNull() else table.currentRow()
        if menu := self.menu_for(table, option, row):
            menu.popup(table.viewport().mapToGlobal(point))

    def _mark(self, place: str, *, on: bool) -> None:
        self._tab.marked = self._tab.marked | {place} if on else self._tab.marked - {place}
        self.changed.emit()
