"""The palette itself: a field and the list of what fits. Enter does it, Escape gives the keyboard back."""

from __future__ import annotations

import asyncio
import importlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QFrame, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from wsgui.core.i18n import _
from wsgui.core.tasks import TaskOwner
from wsgui.ui.named import named
from wsgui.ui.palette.offers import choices, of_faults
from wsgui.ui.palette.rows import RowDelegate, Rows

if TYPE_CHECKING:
    from wsgui.lab.offer import Offer
    from wsgui.ui.window import Window

_WIDTH, _ROWS, _TOP = 640, 14, 48
"""Pixels; rows that are shown; pixels below the upper edge of the window."""


class Palette(QDialog):
    """Made once for a window, and filled anew each time it opens."""

    def __init__(self, window: Window) -> None:
        super().__init__(window, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self._window = window
        self._tasks = TaskOwner("palette")
        self._faults: list[Offer] | None = None
        self._before: QWidget | None = None
        """What had the keyboard."""
        self.setObjectName("commandPalette")
        self.setWindowTitle(_("Find a command"))
        self.rows = Rows()
        self.rows.setParent(self)
        self.edit = named(QLineEdit(), "commandEdit", _("Command, option, page, URL or fault"))
        self.edit.setPlaceholderText(_("Command, option, page, URL or fault"))
        self.list = named(QListView(), "commandList", _("What fits"))
        self.list.setModel(self.rows)
        self.list.setItemDelegate(RowDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard stays in the field, which hands the arrows on
        self._said = named(QLabel(), "commandSaid")
        self._said.setProperty("tone", "muted")
        card = QFrame()
        card.setProperty("card", "true")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(card)
        column = QVBoxLayout(card)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.edit)
        column.addWidget(self.list, 1)
        column.addWidget(self._said)
        self.edit.textChanged.connect(self._search)
        self.list.clicked.connect(lambda _index: self.do_chosen())

    def open_anew(self) -> None:
        """Show all that can be done now."""
        if self.isVisible():
            self.edit.selectAll()
            return
        self._before = QApplication.focusWidget()
        self.rows.set_choices(choices(self._window))
        if self._faults is None:
            self._tasks.start(self._load_faults(), "faults")
        else:
            self.rows.add_choices(of_faults(self._window, self._faults))
        self.edit.clear()
        self._search("")
        below = self._window.tabs
        self.resize(min(_WIDTH, below.width()), self._height())
        self.move(below.mapToGlobal(QPoint((below.width() - self.width()) // 2, _TOP)))
        self.show()
        self.activateWindow()
        self.edit.setFocus()

    def do_chosen(self) -> None:
        """Do what is chosen, from where the keyboard was."""
        row = self.list.currentIndex().row()
        if row < 0:
            return
        choice = self.rows.shown[row]
        if choice.refused:
            self._said.setText(_("{title}: {why}.").format(title=choice.title, why=choice.refused))
            return
        self.reject()
        # In the next turn: by then the window has the keyboard again, and what is done may give it to something else.
        QTimer.singleShot(0, self._window, choice.do)

    def reject(self) -> None:
        """Close, and give the keyboard back."""
        super().reject()
        before, self._before = self._before, None
        self._window.activateWindow()
        if before in QApplication.allWidgets():  # its tab may have gone meanwhile
            assert before is not None
            before.setFocus(Qt.FocusReason.ActiveWindowFocusReason)

    async def close_tasks(self) -> None:
        """End what goes on."""
        await self._tasks.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The field has the keyboard, and leaves the keys of the list to the palette."""
        step = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: _ROWS,
            Qt.Key.Key_PageUp: -_ROWS,
        }.get(Qt.Key(event.key()))
        if step is not None:
            self._step(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.do_chosen()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """It goes when another window comes to the front."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isVisible() and not self.isActiveWindow():
            self._before = None  # the person has chosen where the keyboard is
            QDialog.reject(self)

    def _step(self, by: int) -> None:
        count = self.rows.rowCount()
        if not count:
            return
        row = self.list.currentIndex().row() + by
        if abs(by) == 1:
            row %= count
        self.list.setCurrentIndex(self.rows.index(min(max(row, 0), count - 1)))

    def _search(self, typed: str) -> None:
        self.rows.search(typed)
        found = self.rows.rowCount()
        self.list.setCurrentIndex(self.rows.index(0))
        self._said.setText(_("Enter does it, Esc goes back.") if found else _("Nothing has a name like that."))

    def _height(self) -> int:
        row = self.fontMetrics().height() + 10
        room = self._window.tabs.height() - 2 * _TOP
        return min(_ROWS * row + self.edit.sizeHint().height() + self._said.sizeHint().height() + 40, max(room, 200))

    async def _load_faults(self) -> None:
        self._faults = await asyncio.to_thread(_load)
        if self.isVisible():
            chosen = self.list.currentIndex().row()
            self.rows.add_choices(of_faults(self._window, self._faults))
            self.list.setCurrentIndex(self.rows.index(max(chosen, 0)))


def _load() -> list[Offer]:
    """A hundred and more small files: they are read in a thread."""
    catalogue = importlib.import_module("wsgui.lab.catalogue")
    return list(catalogue.offers().values())
