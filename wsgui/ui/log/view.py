"""The list of the log: it follows the end until the person scrolls up, and an empty one says what to do."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QHeaderView, QLabel, QTableView

from wsgui.core.clock import clock
from wsgui.core.i18n import _
from wsgui.core.kinds import LABEL
from wsgui.ui import theme
from wsgui.ui.log.model import Column, LogModel

if TYPE_CHECKING:
    from wsgui.ui.empty_state import EmptyState, Offer
    from wsgui.ui.log.marking import MarkingDelegate

MARK = 20
"""Pixels for the mark of a warning or a failure."""


class LogView(QTableView):
    """A table of the log. While it is ``following``, new rows scroll into view."""

    following_changed = Signal(bool)

    def __init__(self, model: LogModel) -> None:
        super().__init__()
        self.setObjectName("logView")
        self.setAccessibleName(_("Log"))
        self._log = model
        self._placeholder = ""
        # A label, and not painted: asking for the viewport to paint on costs 10 ms at the start.
        self._empty = QLabel(self)
        self._empty.setTextFormat(Qt.TextFormat.PlainText)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setProperty("tone", "muted")
        self._empty.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.offer: Offer | None = None
        """What there is to do about it; set it before the placeholder."""
        self._offered: Offer | None = None
        self._painted = False
        self._state: EmptyState | None = None
        """Made when the view was painted once, for the window to open sooner; until then a label says the same."""
        self._marking: MarkingDelegate | None = None
        self._unmarked: QAbstractItemDelegate | None = None
        self._following = True
        self._moving = False
        """Whether the scroll bar is moved by the program, not by the person."""
        self.setModel(model)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lay_out()
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self._scrolled)
        bar.rangeChanged.connect(self._stay)
        model.modelReset.connect(self._show_placeholder)
        model.rowsInserted.connect(self._show_placeholder)

    def _lay_out(self) -> None:
        fixed, text = QFontMetrics(theme.fixed_font()), self.fontMetrics()
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(max(fixed.height(), text.height()) + 6)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(24)
        self.setColumnWidth(Column.TIME, fixed.horizontalAdvance(clock(0)) + 16)
        self.setColumnWidth(Column.DIRECTION, 24)
        self._make_room()

    def _make_room(self) -> None:
        widest = max(self.fontMetrics().horizontalAdvance(_(label)) for label in LABEL.values())
        self.setColumnWidth(Column.KIND, widest + 16 + MARK)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._log.forget_lines()
            self._make_room()
            self.viewport().update()

    # Following

    @property
    def following(self) -> bool:
        """Whether new rows scroll into view."""
        return self._following

    def follow(self, on: bool) -> None:
        """Go to the end and stay there, or stay at these rows."""
        if on:
            self._go_to_end()
        if on != self._following:
            self._following = on
            self.following_changed.emit(on)

    def _go_to_end(self) -> None:
        bar = self.verticalScrollBar()
        self._moving = True
        bar.setValue(bar.maximum())
        self._moving = False

    def _stay(self) -> None:
        if self._following:
            self._go_to_end()

    def _scrolled(self, value: int) -> None:
        if not self._moving:
            self.follow(value == self.verticalScrollBar().maximum())

    def reset(self) -> None:
        self._moving = True
        super().reset()
        self.updateGeometries()
        self._moving = False
        self._stay()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_End:
            self.follow(True)
        elif event.key() == Qt.Key.Key_Home:
            self.scrollToTop()
        else:
            super().keyPressEvent(event)

    # The chosen rows

    def chosen(self) -> list[int]:
        """The numbers of the records in the selected rows, in order."""
        ranges = sorted((chosen.top(), chosen.bottom()) for chosen in self.selectionModel().selection().toList())
        return [self._log.seq(row) for top, bottom in ranges for row in range(top, bottom + 1)]

    def choose(self, seq: int) -> None:
        """Select the record with that number and bring it into view, if it is shown."""
        row = self._log.row_of(seq)
        if row is not None:
            index = self._log.index(row, Column.TIME)
            how = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().setCurrentIndex(index, how)

    def mark(self, pattern: re.Pattern[str] | None) -> None:
        """Mark what the regular expression finds in the cells; ``None`` marks nothing any more."""
        from wsgui.ui.log.marking import MarkingDelegate  # not before somebody looks for something

        if pattern is not None:
            self._marking = self._marking or MarkingDelegate(self)
            self._marking.pattern = pattern
            self._unmarked = self._unmarked or self.itemDelegate()
            self.setItemDelegate(self._marking)
        elif self._unmarked is not None:  # what is painted by Qt alone is painted sooner
            self.setItemDelegate(self._unmarked)
        self.viewport().update()

    # The empty log

    @property
    def placeholder(self) -> str:
        """What an empty log says."""
        return self._placeholder

    @placeholder.setter
    def placeholder(self, text: str) -> None:
        if text != self._placeholder or self.offer != self._offered:
            self._offered = self.offer
            self._placeholder = text
            self.setAccessibleDescription(text)
            self._show_placeholder()

    def paintEvent(self, event: QPaintEvent) -> None:
        began = time.perf_counter()
        super().paintEvent(event)
        self._log.painted(time.perf_counter() - began)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self._make_state)

    def _make_state(self) -> None:
        from wsgui.ui.empty_state import EmptyState  # the window must be there first

        self._state = EmptyState(self)
        self._show_placeholder()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._empty.setGeometry(self.rect().adjusted(16, self.horizontalHeader().height() + 4, -16, -4))

    def _show_placeholder(self) -> None:
        text = self._placeholder if self._log.rowCount() == 0 else ""
        self._empty.setText(text)
        self._empty.setVisible(bool(text) and self._state is None)
        if self._state is not None:
            self._state.show_state(text, self.offer)
