"""The sheet of all keys: searched by what they do or by the keys themselves, copied or saved as a text to print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from wsgui.core.i18n import _
from wsgui.ui import theme
from wsgui.ui.named import named
from wsgui.ui.plain_label import PlainLabel
from wsgui.ui.shortcuts.groups import ShortcutGroup, as_text, groups

if TYPE_CHECKING:
    from wsgui.ui.window import Window

_TITLE, _KEYS = range(2)
_AIR = 8
"""Pixels between the texts of two rows."""


class ShortcutSheet(QDialog):
    """Stays open beside the window; what it shows follows the language."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._groups: list[ShortcutGroup] = []
        self.setObjectName("shortcutSheet")
        self.setWindowTitle(_("Keyboard shortcuts"))
        self.resize(640, 640)
        self.filter_edit = named(QLineEdit(), "shortcutFilter", _("Find a shortcut"))
        self.filter_edit.setPlaceholderText(_("Find a shortcut: what it does, or its keys"))
        self.filter_edit.setClearButtonEnabled(True)
        self.list = named(QTreeWidget(), "shortcutList", _("Keyboard shortcuts"))
        self.list.setHeaderLabels([_("What it does"), _("Keys")])
        self.list.setUniformRowHeights(True)
        self.list.setRootIsDecorated(False)
        self.list.setEditTriggers(QTreeWidget.EditTrigger.NoEditTriggers)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(_TITLE, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_KEYS, QHeaderView.ResizeMode.ResizeToContents)
        self.copy_button = named(QPushButton(_("&Copy as text")), "copyShortcuts")
        self.save_button = named(QPushButton(_("&Save as text…")), "saveShortcuts")
        self._said = PlainLabel("", "muted")
        self._said.setObjectName("shortcutsSaid")
        buttons = QHBoxLayout()
        buttons.addWidget(self._said, 1)
        buttons.addWidget(self.copy_button)
        buttons.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(self.filter_edit)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        self.filter_edit.textChanged.connect(lambda _text: self._filter())
        self.copy_button.clicked.connect(self.copy)
        self.save_button.clicked.connect(self._ask_for_file)
        theme.changed.connect(self._fill)  # also of another language, when all menus speak it
        self._fill()

    @property
    def text(self) -> str:
        """The whole sheet as plain text."""
        return as_text(self._groups)

    def copy(self) -> None:
        """Put the whole sheet onto the clipboard."""
        QGuiApplication.clipboard().setText(self.text)
        self._said.show_text(_("The sheet is on the clipboard."), "muted")

    def save(self, path: Path) -> None:
        """Write the whole sheet into a file, or say why not."""
        try:
            path.write_text(self.text, encoding="utf-8")
        except OSError as error:
            reason = error.strerror or str(error)
            self._said.show_text(_("{path} cannot be written ({reason}).").format(path=path, reason=reason), "bad")
            return
        self._said.show_text(_("Written: {path}").format(path=path), "muted")

    def _ask_for_file(self) -> None:
        dialog = QFileDialog(self, _("Save the keyboard shortcuts"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("txt")
        dialog.selectFile("wsgui-keyboard.txt")
        dialog.fileSelected.connect(lambda name: self.save(Path(name)))
        dialog.open()

    def _fill(self) -> None:
        self._groups = groups(self._window.menuBar())
        self.list.clear()
        for group in self._groups:
            head = QTreeWidgetItem([group.title])
            head.setFirstColumnSpanned(True)
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            font = self.list.font()
            font.setBold(True)
            head.setFont(_TITLE, font)
            head.setSizeHint(_TITLE, QSize(0, self.list.fontMetrics().height() + _AIR))  # all rows are as high as it
            for row in group.rows:
                item = QTreeWidgetItem([row.title, row.keys])
                item.setFont(_KEYS, theme.fixed_font())
                head.addChild(item)
            self.list.addTopLevelItem(head)
        self.list.expandAll()
        self._filter()

    def _filter(self) -> None:
        words = self.filter_edit.text().casefold().split()
        for place in range(self.list.topLevelItemCount()):
            head = self.list.topLevelItem(place)
            if head is None:
                continue
            shown = 0
            for item in filter(None, map(head.child, range(head.childCount()))):
                text = f"{head.text(_TITLE)} {item.text(_TITLE)} {item.text(_KEYS)}".casefold()
                item.setHidden(not all(word in text for word in words))
                shown += not item.isHidden()
            head.setHidden(not shown)
