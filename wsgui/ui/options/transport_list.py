"""The editor of ``transports``: a list to tick and to put in order, because the first one is the one that is tried."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QToolButton, QVBoxLayout

from wsgui.core.i18n import _
from wsgui.core.option_checks import TRANSPORT_NAMES
from wsgui.core.option_types import Option, OptionValue
from wsgui.ui.options.editor import OptionEditor


class TransportList(OptionEditor):
    """Ticked and in order. Moved with the buttons, with Alt+Up and Alt+Down, or with the mouse."""

    def __init__(self, option: Option) -> None:
        super().__init__(option)
        self._list = QListWidget()
        self._list.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        self._list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._row_height = self.fontMetrics().height() + 8
        self._list.setFixedHeight(len(TRANSPORT_NAMES) * self._row_height + 4)
        self._list.itemChanged.connect(self.edited)
        self._list.model().rowsMoved.connect(self.edited)
        row = QHBoxLayout()
        row.addWidget(self._list, 1)
        buttons = QVBoxLayout()
        buttons.addWidget(self._mover(_("Move up"), Qt.ArrowType.UpArrow, "Alt+Up", -1))
        buttons.addWidget(self._mover(_("Move down"), Qt.ArrowType.DownArrow, "Alt+Down", 1))
        buttons.addStretch()
        row.addLayout(buttons)
        self._place(self._list, row)

    def read(self) -> OptionValue:
        items = map(self._list.item, range(self._list.count()))
        return self.option.check([item.text() for item in items if item.checkState() is Qt.CheckState.Checked])

    def show_value(self, value: OptionValue) -> None:
        chosen = [name for name in value if isinstance(name, str)] if isinstance(value, list | tuple) else []
        with QSignalBlocker(self._list):
            self._list.clear()
            for name in [*chosen, *(name for name in TRANSPORT_NAMES if name not in chosen)]:
                item = QListWidgetItem(name, self._list)
                item.setCheckState(Qt.CheckState.Checked if name in chosen else Qt.CheckState.Unchecked)
                item.setSizeHint(QSize(0, self._row_height))
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDropEnabled)
            self._list.setCurrentRow(0)

    def _mover(self, text: str, arrow: Qt.ArrowType, keys: str, step: int) -> QToolButton:
        action = QAction(text, self._list)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda: self._move(step))
        self._list.addAction(action)
        button = QToolButton()
        button.setDefaultAction(action)
        button.setArrowType(arrow)
        action.setToolTip(f"{text}\n{action.shortcut().toString(QKeySequence.SequenceFormat.PortableText)}")
        button.setAccessibleName(text)
        return button

    def _move(self, step: int) -> None:
        row = self._list.currentRow()
        if row < 0 or not 0 <= row + step < self._list.count():
            return
        with QSignalBlocker(self._list):
            self._list.insertItem(row + step, self._list.takeItem(row))
            self._list.setCurrentRow(row + step)
        self.edited.emit()
