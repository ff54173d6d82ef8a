"""The list of the wire: the list of the log with other columns, of which a narrow one shows fewer."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView

from wsgui.core.clock import clock
from wsgui.core.i18n import _
from wsgui.ui import theme
from wsgui.ui.log.view import LogView
from wsgui.ui.wire.model import WireColumn, WireModel, size_text, time_text
from wsgui.ui.wire.waterfall import Waterfall

NEEDED = {
    WireColumn.WATERFALL: 680,
    WireColumn.TYPE: 600,
    WireColumn.TIME: 500,
    WireColumn.TOOK: 400,
    WireColumn.SIZE: 330,
    WireColumn.STATUS: 270,
}
"""The width of the list, in pixels, below which a column is left out."""


class WireView(LogView):
    """A table of the wire."""

    def __init__(self, model: WireModel) -> None:
        self._wire = model
        self._span = (0.0, 0.0)
        super().__init__(model)
        self.setObjectName("wireView")
        self.setAccessibleName(_("Wire"))
        self.setItemDelegateForColumn(WireColumn.WATERFALL, Waterfall(self, model.wire_row, lambda: self._span))

    def _lay_out(self) -> None:
        super()._lay_out()
        fixed = QFontMetrics(theme.fixed_font())
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(WireColumn.WHAT, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(WireColumn.TIME, fixed.horizontalAdvance(clock(0)) + 12)
        self._make_room()
        self.setColumnWidth(WireColumn.WATERFALL, 110)

    def _make_room(self) -> None:
        for column, widest in (
            (WireColumn.METHOD, max(_("upgrade"), _("binary"), _("continuation"), key=len)),
            (WireColumn.STATUS, _("Status")),
            (WireColumn.TYPE, _("disconnect")),
            (WireColumn.SIZE, size_text(999_900)),
            (WireColumn.TOOK, time_text(0.9999)),
        ):
            self.setColumnWidth(column, self.fontMetrics().horizontalAdvance(widest) + 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._span = self._visible_span()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for column, width in NEEDED.items():
            self.setColumnHidden(column, self.width() < width)

    def _visible_span(self) -> tuple[float, float]:
        """When the first of the rows in view began and the last ended."""
        first = self.rowAt(0)
        last = self.rowAt(self.viewport().height() - 1)
        if first < 0:
            return 0.0, 0.0
        rows = [
            self._wire.wire_row(row) for row in range(first, (last if last >= 0 else self._wire.rowCount() - 1) + 1)
        ]
        begin, end = min(row.begin for row in rows), max(row.end for row in rows)
        return begin, max(end, begin + 0.001)
