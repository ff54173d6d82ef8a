"""The events that a connection has seen: how often, whether the log shows them, and which of them it marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from wsgui.core.i18n import _, number, plural
from wsgui.core.visible import one_line
from wsgui.ui import theme
from wsgui.ui.command import add_command
from wsgui.ui.listeners.listeners import MARKS
from wsgui.ui.named import named

if TYPE_CHECKING:
    from wsgui.ui.listeners.listeners import Listeners

_EVENT = Qt.ItemDataRole.UserRole
_SHOWN, _MARK, _RECEIVED, _SENT = range(4)


class ListenerPanel(QWidget):
    """``answers`` is the box in which the person chooses what is answered to events that ask for it."""

    def __init__(self, listeners: Listeners, answers: QComboBox) -> None:
        super().__init__()
        self._listeners = listeners
        self._items: dict[str, QTreeWidgetItem] = {}
        self._filling = False
        self.tree = named(QTreeWidget(), "listenerTree", _("Events that were seen"))
        self.tree.setHeaderLabels([_("Event, shown in the log"), _("Mark"), _("Received"), _("Sent")])
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(_SHOWN, QHeaderView.ResizeMode.Stretch)
        for column in (_MARK, _RECEIVED, _SENT):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(column, 96)
        self.mark_button = named(QToolButton(), "markEventButton", _("Mark in the log"))
        self.mark_button.setText(_("Mark in the log") + " ▾")
        self.mark_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.all_button = named(QPushButton(_("Show all events")), "showAllEventsButton")
        self.said = named(QLabel(), "listenerSaid")
        self.said.setProperty("tone", "muted")
        self.answer_box = named(QComboBox(), "listenerAnswerBox", _("Answer to the server's questions"))
        self.answer_box.setModel(answers.model())
        self.answer_box.setCurrentIndex(answers.currentIndex())
        self._lay_out()
        self.setFocusProxy(self.tree)
        menu = QMenu(self)  # after the proxy: the other way round Qt cuts the chain of Tab in two (6.11)
        for sign in MARKS:
            add_command(menu, sign, lambda sign=sign: self._mark(sign))  # type: ignore[misc] # bound early
        add_command(menu, _("No mark"), lambda: self._mark(""))
        self.mark_button.setMenu(menu)
        self.answer_box.currentIndexChanged.connect(answers.setCurrentIndex)
        answers.currentIndexChanged.connect(self.answer_box.setCurrentIndex)
        self.tree.itemChanged.connect(self._switch)
        self.tree.itemSelectionChanged.connect(self._show_buttons)
        self.all_button.clicked.connect(listeners.show_all)
        listeners.counted.connect(self.refresh)
        self.refresh()

    def _lay_out(self) -> None:
        bottom = QHBoxLayout()
        bottom.setSpacing(8)
        bottom.addWidget(self.mark_button)
        bottom.addWidget(self.all_button)
        bottom.addWidget(self.said, 1)
        bottom.addWidget(QLabel(_("Events that ask for an answer:")))
        bottom.addWidget(self.answer_box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.tree, 1)
        column.addLayout(bottom)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self._listeners.marks:
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._listeners.watch(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._listeners.watch(False)

    def refresh(self) -> None:
        """Show the counts and the switches as they are now."""
        tally = self._listeners.tally
        self._filling = True
        for name, count in (tally.counts if tally else {}).items():
            item = self._items.get(name) or self._add(name)
            for column, text in (_RECEIVED, number(count.received)), (_SENT, number(count.sent)):
                if item.text(column) != text:
                    item.setText(column, text)
        for name in [name for name in self._items if tally is None or name not in tally.counts]:
            self.tree.takeTopLevelItem(self.tree.indexOfTopLevelItem(self._items.pop(name)))
        for name, item in self._items.items():
            hidden = name in self._listeners.hidden
            item.setCheckState(_SHOWN, Qt.CheckState.Unchecked if hidden else Qt.CheckState.Checked)
            sign = self._listeners.marks.get(name, "")
            if item.text(_MARK) != sign:
                item.setText(_MARK, sign)
            if sign:
                item.setForeground(_MARK, QColor(getattr(theme.current(), MARKS[sign])))
        self._filling = False
        names = len(self._items)
        text = plural("{n} name", "{n} names", names).format(n=names) if names else _("No event yet.")
        if tally is not None and tally.others:
            text += " · " + _("{n:,} events of other names").format(n=tally.others)
        self.said.setText(text)
        self._show_buttons()

    def _add(self, name: str) -> QTreeWidgetItem:
        item = self._items[name] = QTreeWidgetItem([one_line(name, 200) or "“”", "", "", ""])
        item.setData(_SHOWN, _EVENT, name)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        for column in (_RECEIVED, _SENT):
            item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.tree.addTopLevelItem(item)
        return item

    def _show_buttons(self) -> None:
        self.mark_button.setEnabled(bool(self.tree.selectedItems()))
        self.all_button.setEnabled(bool(self._listeners.hidden))

    def _switch(self, item: QTreeWidgetItem, column: int) -> None:
        if not self._filling and column == _SHOWN:
            hidden = item.checkState(_SHOWN) is not Qt.CheckState.Checked
            self._listeners.hide(str(item.data(_SHOWN, _EVENT)), hidden=hidden)

    def _mark(self, sign: str) -> None:
        for item in self.tree.selectedItems():
            self._listeners.mark(str(item.data(_SHOWN, _EVENT)), sign)
