"""The bar that finds a text in the log: it marks the hits, counts them, and goes from one to the next."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from wsgui.core.i18n import _, plural
from wsgui.ui import theme
from wsgui.ui.log.hits import Hits

if TYPE_CHECKING:
    from wsgui.core.filters import Wanted
    from wsgui.ui.log.model import LogModel
    from wsgui.ui.log.view import LogView

WAIT = 150
"""Milliseconds after the last key until the log is searched."""


class FindBar(QWidget):
    """Hidden until ``open``. What is looked for stays when it is closed, but is no longer marked."""

    marked = Signal(object)
    """``re.Pattern[str] | None``: what to mark."""

    def __init__(self, view: LogView, model: LogModel) -> None:
        super().__init__()
        self._view = view
        self._log = model
        self._hits = Hits(model)
        self._wanted: Wanted | None = None
        self._going = 0
        """1 or -1 while the next hit, or the one before, is asked for and not yet known."""
        self.edit = QLineEdit()
        self.edit.setObjectName("findEdit")
        self.edit.setAccessibleName(_("Find in the log"))
        self.edit.setPlaceholderText(_("Find: a text, or /regular expression/"))
        self.edit.setClearButtonEnabled(True)
        self._count = QLabel()
        self._count.setObjectName("findCount")
        self._count.setTextFormat(Qt.TextFormat.PlainText)
        self._count.setMinimumWidth(self._count.fontMetrics().horizontalAdvance("000,000 of 000,000 …"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.edit, 1)
        layout.addWidget(self._count)
        for sign, says, slot in (
            ("↑", _("Previous hit (Shift+F3)"), self.previous),
            ("↓", _("Next hit (F3)"), self.next),
            ("✕", _("Close (Esc)"), self.close_bar),
        ):
            button = _button(sign, says)
            button.clicked.connect(slot)
            layout.addWidget(button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT)
        self._timer.timeout.connect(self.apply)
        self.edit.textChanged.connect(lambda: self._timer.start())
        self.edit.returnPressed.connect(self._enter)
        self._hits.changed.connect(self._take_over)
        view.selectionModel().selectionChanged.connect(lambda: self._show_count())
        self.hide()

    # What the person does

    def open(self) -> None:
        """Show the bar, with what was looked for last, and take it over."""
        self.show()
        self.edit.setFocus()
        self.edit.selectAll()
        self.apply()

    def close_bar(self) -> None:
        """Hide the bar and all marks; the log has the keys again."""
        self.hide()
        self._timer.stop()
        self._want(None)
        self._view.setFocus()

    def next(self) -> None:
        """Go to the next hit, from the chosen row or from what is in view; behind the last comes the first."""
        self._go(1)

    def previous(self) -> None:
        """Go to the hit before; before the first comes the last."""
        self._go(-1)

    def apply(self) -> None:
        """Look for the text now."""
        from wsgui.core.filters import FilterError, wanted  # not before it is needed: the window must be there first

        self._timer.stop()
        problem = ""
        try:
            self._want(wanted(self.edit.text()))
        except FilterError as error:
            problem = str(error)
        if problem != self.edit.toolTip():
            self.edit.setToolTip(problem)
            theme.show_bad(self.edit, bad=bool(problem))
            self._count.setProperty("tone", "bad" if problem else None)
            theme.restyle(self._count)
            self._show_count()

    def _enter(self) -> None:
        self._go(-1 if QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier else 1)

    def _go(self, way: int) -> None:
        if self.isHidden():
            self.open()
        if self._timer.isActive():
            self.apply()
        self._going = way
        self._take_over()

    # What comes of it

    def _want(self, what: Wanted | None) -> None:
        if what != self._wanted:
            self._wanted = what
            self._going = 0
            self._hits.want(what.condition if what else None)
            self.marked.emit(what.pattern if what else None)

    def _take_over(self) -> None:
        if self._going:
            start = self._start(self._going)
            hit = self._hits.next(start) if self._going > 0 else self._hits.previous(start)
            if hit is not None and self._log.row_of(hit) is not None:
                self._going = 0
                self._view.follow(False)  # also where the hit is on the last page: it is what the person looks at now
                self._view.choose(hit)
            elif not self._hits.searching and not self._log.searching:
                self._going = 0
        self._show_count()

    def _start(self, way: int) -> int:
        """The number of the record from which to go: of the chosen row, else just outside of the rows in view."""
        if (seq := self._current()) is not None:
            return seq
        view = self._view
        row = view.rowAt(0) if way > 0 else view.rowAt(view.viewport().height() - 1)
        if row < 0:
            return 0 if way > 0 else sys.maxsize
        return self._log.seq(row) - way

    def _current(self) -> int | None:
        index = self._view.currentIndex()
        chosen = index.isValid() and self._view.selectionModel().isRowSelected(index.row())
        return self._log.seq(index.row()) if chosen else None

    def _show_count(self) -> None:
        if problem := self.edit.toolTip() or self._hits.problem:
            self._count.setText(problem)
            return
        if self._wanted is None:
            self._count.clear()
            return
        count, place = self._hits.count, self._hits.place(self._current())
        if place is not None:
            text = _("{place:,} of {count:,}").format(place=place + 1, count=count)
        elif count:
            text = plural("{count:,} hit", "{count:,} hits", count).format(count=count)
        else:
            text = _("Searching") if self._hits.searching else _("No hits")
        self._count.setText(f"{text} …" if self._hits.searching else text)


def _button(sign: str, says: str) -> QToolButton:
    button = QToolButton()
    button.setText(sign)
    button.setToolTip(says)
    button.setAccessibleName(says)
    return button
